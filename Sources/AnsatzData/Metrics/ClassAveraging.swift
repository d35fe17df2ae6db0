import AnsatzMath

/// How a number for each class becomes one.
public enum ClassAveraging: Equatable, Sendable {
  /// That of one class of two.
  case positiveClass(Int)
  /// The mean over the classes that occur in truth or predictions, each counting the same.
  case macro

  /// What follows a metric's name.
  var suffix: String { self == .macro ? "-macro" : "" }

  /// What follows a metric's summary.
  var words: String {
    switch self {
    case .positiveClass(let label): "of class \(label) of two"
    case .macro: "averaged over the classes, each counting the same"
    }
  }

  /// - Throws: `AnsatzError` if one class of two is asked for and there are not two.
  func value(
    _ name: String, _ predictions: ClassPredictions, of perClass: (ConfusionCounts, Int) -> Double
  ) throws -> Double {
    let counts = ConfusionCounts(predictions)
    switch self {
    case .macro:
      let labels = counts.occurringClasses
      return labels.map { perClass(counts, $0) }.reduce(0, +) / Double(labels.count)
    case .positiveClass(let label):
      guard counts.classCount == 2, (0..<2).contains(label) else {
        throw AnsatzError(
          .usage,
          "\(name) is that of class \(label) of two, and there are \(counts.classCount) classes; use "
            + "\(name)-macro")
      }
      return perClass(counts, label)
    }
  }
}
