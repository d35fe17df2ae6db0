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

    /// Whether the verdict is about it.
    public var isExamined: Bool { self == .hybrid || self == .model }
  }

  /// What tables call it.
  public let name: String
  /// What it takes part as.
  public let role: Role
  /// Makes the classifier, not yet fitted, from the seed of one fit.
  public let make: @Sendable (_ seed: UInt64) throws -> any Classifier

  /// What to try if it is too small for the data, as in `4 qubits stand against 64 features and 10
  /// classes; try --set qubits=10`.
  public var advice: String?

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
