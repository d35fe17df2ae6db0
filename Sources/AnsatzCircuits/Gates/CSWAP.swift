/// Exchanges two qubits where the control is 1. Also known as the Fredkin gate.
public struct CSWAP: Gate {
  public let qubits: [Int]

  /// Exchanges two qubits where the control is 1.
  public init(control: Int, _ a: Int, _ b: Int) { qubits = [control, a, b] }

  public static let definition: GateDefinition = .init(
    name: "CSWAP", summary: "exchanges two qubits where the control is 1", controls: 1,
    of: SWAP.definition, inverse: .itself)
}
