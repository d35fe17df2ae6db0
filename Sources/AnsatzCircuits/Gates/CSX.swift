/// Applies the square root of X to the target where the control is 1.
///
/// `CSX = |0⟩⟨0| ⊗ I + |1⟩⟨1| ⊗ SX`, control first.
public struct CSX: Gate {
  public let qubits: [Int]

  /// Acts on the target where the control is 1.
  public init(control: Int, target: Int) { qubits = [control, target] }

  public static let definition: GateDefinition = .init(
    name: "CSX", summary: "√X on the target where the control is 1", controls: 1, of: SX.definition,
    inverse: .gate { _ in (CSXdg.definition, []) })
}
