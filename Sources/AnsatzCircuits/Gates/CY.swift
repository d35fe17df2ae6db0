/// Applies Y to the target where the control is 1.
///
/// `CY = |0⟩⟨0| ⊗ I + |1⟩⟨1| ⊗ Y`, control first.
public struct CY: Gate {
  public let qubits: [Int]

  /// Acts on the target where the control is 1.
  public init(control: Int, target: Int) { qubits = [control, target] }

  public static let definition: GateDefinition = .init(
    name: "CY", summary: "Y on the target where the control is 1", controls: 1, of: Y.definition,
    inverse: .itself)
}
