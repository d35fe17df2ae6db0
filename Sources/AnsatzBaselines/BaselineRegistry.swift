import AnsatzData
import AnsatzMath
import AnsatzSettings

/// A classical classifier the command line can name.
public struct Baseline: Sendable {
  /// What options and tables call it.
  public let name: String
  /// What it is, in one line.
  public let summary: String
  /// Makes the classifier, not yet fitted.
  public let make: @Sendable () -> any Classifier
}

/// The classical classifiers that are not networks.
public enum BaselineRegistry {
  /// Every baseline, in the order of tables.
  public static let all: [Baseline] = [
    Baseline(
      name: LogisticRegression().name, summary: "multinomial logistic regression, L2, C = 1",
      make: { LogisticRegression() }),
    Baseline(
      name: SupportVectorMachine().name,
      summary:
        "support vector machine, RBF kernel, C = 1, gamma = 1/(features · variance) (libsvm)",
      make: { SupportVectorMachine() }),
    Baseline(
      name: KNearestNeighbors().name, summary: "majority among the 5 nearest training rows",
      make: { KNearestNeighbors() }),
    Baseline(
      name: MajorityClass().name, summary: "always the most frequent class",
      make: { MajorityClass() }),
  ]

  /// The baseline of a name.
  ///
  /// - Throws: `AnsatzError` with the near miss if there is no baseline of that name.
  public static func named(_ name: String) throws -> Baseline {
    try Catalogue("baseline", all) { $0.name }.named(name)
  }
}
