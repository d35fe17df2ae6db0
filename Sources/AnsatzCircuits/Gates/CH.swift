/// Applies a Hadamard gate to the target where the control is 1.
///
/// `CH = |0⟩⟨0| ⊗ I + |1⟩⟨1| ⊗ H`, control first.
public struct CH: Gate {
  public let qubits: [Int]

  /// Acts on the target where the control is 1.
  public init(control: Int, target: Int) { qubits = [control, target] }

  public static let definition: GateDefinition = .init(
    name: "CH", summary: "H on the target where the control is 1", controls: 1, of: H.definition,
    inverse: .itself)
}
