/// The general rotation of the target, as three turns, where the control is 1.
///
/// `CRot(α, β, γ) = |0⟩⟨0| ⊗ I + |1⟩⟨1| ⊗ RZ(γ) RY(β) RZ(α)`, control first. The inverse is
/// `CRot(-γ, -β, -α)`.
public struct CRot: Gate {
  public let angles: [Angle]
  public let qubits: [Int]

  /// - Parameters: the angles in radians, and the qubits to act on.
  public init(_ alpha: Angle, _ beta: Angle, _ gamma: Angle, control: Int, target: Int) {
    angles = [alpha, beta, gamma]
    qubits = [control, target]
  }

  /// The same with numbers for angles.
  @_disfavoredOverload public init(
    _ alpha: Double, _ beta: Double, _ gamma: Double, control: Int, target: Int
  ) {
    self.init(Angle(alpha), Angle(beta), Angle(gamma), control: control, target: target)
  }

  public static let definition: GateDefinition = .init(
    name: "CRot", summary: "Rot(α, β, γ) on the target where the control is 1", controls: 1,
    of: Rot.definition, inverse: .gate { (CRot.definition, [-$0[2], -$0[1], -$0[0]]) })
}
