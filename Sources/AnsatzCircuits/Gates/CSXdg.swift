/// The inverse of `CSX`.
///
/// `CSXdg = |0⟩⟨0| ⊗ I + |1⟩⟨1| ⊗ SXdg`, control first.
public struct CSXdg: Gate {
  public let qubits: [Int]

  /// Acts on the target where the control is 1.
  public init(control: Int, target: Int) { qubits = [control, target] }

  public static let definition: GateDefinition = .init(
    name: "CSXdg", summary: "the inverse of √X on the target where the control is 1", controls: 1,
    of: SXdg.definition,
    inverse: .gate { _ in (CSX.definition, []) })
}
