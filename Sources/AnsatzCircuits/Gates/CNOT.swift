/// Flips the target where the control is 1. Also known as CX.
///
/// `CNOT = |0⟩⟨0| ⊗ I + |1⟩⟨1| ⊗ X`, control first.
public struct CNOT: Gate {
  public let qubits: [Int]

  /// Acts on the target where the control is 1.
  public init(control: Int, target: Int) { qubits = [control, target] }

  public static let definition: GateDefinition = .init(
    name: "CNOT", summary: "X on the target where the control is 1", controls: 1, of: X.definition,
    inverse: .itself)
}
