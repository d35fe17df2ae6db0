import AnsatzMath

/// A template as a record: what lists, drawings, references and tests read.
public struct Template: Sendable {
  /// What a template is for.
  public enum Kind: String, CaseIterable, Hashable, Sendable {
    /// Puts a sample into a state.
    case embedding
    /// Trained layers.
    case ansatz
    /// Makes a given state.
    case preparation
    /// Follows a Hamiltonian.
    case evolution
  }

  /// In small letters with hyphens.
  public let name: String
  /// What the template is for.
  public let kind: Kind
  /// What it does in one line.
  public let summary: String
  /// An example on the first qubits; a template without layers makes one whatever their number.
  public let component: @Sendable (_ qubits: Int, _ layers: Int) -> any CircuitComponent

  /// An example for any number of qubits and layers.
  public init(
    _ name: String, _ kind: Kind, _ summary: String,
    component: @escaping @Sendable (_ qubits: Int, _ layers: Int) -> any CircuitComponent
  ) {
    self.name = name
    self.kind = kind
    self.summary = summary
    self.component = component
  }

  /// An example on the given number of qubits, named for the template; its data are `x`.
  ///
  /// - Throws: `CircuitError` for a number of qubits no circuit has.
  public func circuit(qubits: Int, layers: Int = 1) throws(CircuitError) -> Circuit {
    guard (1...Circuit.maximumQubitCount).contains(qubits) else {
      return try Circuit(name, qubits: qubits, operations: [])
    }
    return try Circuit(name, qubits: qubits, operations: component(qubits, layers).operations)
  }
}
