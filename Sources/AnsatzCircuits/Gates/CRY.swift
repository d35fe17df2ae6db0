/// Rotates the target about the Y axis where the control is 1.
///
/// `CRY(θ) = |0⟩⟨0| ⊗ I + |1⟩⟨1| ⊗ RY(θ)`, control first. Its period is 4π, and its expectation
/// values have the frequencies 1/2 and 1, so the two-term shift rule is wrong for it.
public struct CRY: Gate {
  public let angles: [Angle]
  public let qubits: [Int]

  /// - Parameter angle: In radians.
  public init(_ angle: Angle, control: Int, target: Int) {
    angles = [angle]
    qubits = [control, target]
  }

  /// The same with numbers for angles.
  @_disfavoredOverload public init(_ angle: Double, control: Int, target: Int) {
    self.init(Angle(angle), control: control, target: target)
  }

  public static let definition: GateDefinition = .init(
    name: "CRY", summary: "RY(θ) on the target where the control is 1", controls: 1,
    of: RY.definition,
    inverse: .negatedAngles)
}
