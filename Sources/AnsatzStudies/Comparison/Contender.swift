import AnsatzData

/// One classifier that takes part in a comparison.
public struct Contender: Sendable {
  /// What a classifier takes part as.
  public enum Role: String, Codable, Sendable {
    /// The classifier under examination, with a circuit in it.
    case hybrid
    /// The classifier under examination, without one.
    case model
    /// The hybrid with its circuit removed or frozen.
    case twin
    /// A classical classifier.
    case baseline

    var isExamined: Bool { self == .hybrid || self == .model }
  }

  /// What tables call it.
  public let name: String
  /// What it takes part as.
  public let role: Role
  /// Makes the classifier, not yet fitted, from the seed of one fit.
  public let make: @Sendable (_ seed: UInt64) throws -> any Classifier

  /// A classifier under a name; `make` is called for each fit.
  public init(
    _ name: String, _ role: Role,
    make: @escaping @Sendable (_ seed: UInt64) throws -> any Classifier
  ) {
    self.name = name
    self.role = role
    self.make = make
  }
}
