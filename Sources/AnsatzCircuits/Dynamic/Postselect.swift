/// Keeps only the part of the state where the qubits have the given values, and normalises it.
///
///     Postselect("01", on: [0, 1])
///
/// The projector |01⟩⟨01| applied as a step of the circuit. What is computed afterwards is
/// conditional on this outcome; where its probability is 0, running the circuit throws.
public struct Postselect: CircuitComponent {
  public let operations: [CircuitOperation]

  /// - Parameter outcome: Letters 0 and 1, the first for the first qubit; a circuit refuses others.
  public init(_ outcome: String, on qubits: some Sequence<Int>) {
    operations = [.projection(Projection(outcome: outcome, qubits: Array(qubits)))]
  }
}

/// A projection onto one outcome of some qubits.
public struct Projection: Hashable, Sendable {
  /// The outcome as it was given; a valid circuit has one letter 0 or 1 a qubit.
  public let outcome: String
  /// The qubits, in the order of the outcome's letters.
  public let qubits: [Int]
  var modifiers: [RefusedModifier] = []

  /// The outcome kept, one letter for each qubit.
  public init(outcome: String, qubits: [Int]) {
    self.outcome = outcome
    self.qubits = qubits
  }

  /// The qubits that are to be 1.
  public var ones: [Int] { zip(outcome, qubits).filter { $0.0 == "1" }.map(\.1) }

  var problem: String? {
    if qubits.isEmpty { return "no qubit given; Postselect takes at least 1" }
    if outcome.count != qubits.count {
      return
        "the outcome '\(outcome)' has \(outcome.count) letters for \(qubits.count) qubits; use "
        + "one for each qubit"
    }
    return outcome.first { !"01".contains($0) }.map {
      "'\($0)' in the outcome '\(outcome)' is no bit; use 0 and 1"
    }
  }
}
