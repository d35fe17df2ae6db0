import AnsatzMath
import Numerics

/// The general unitary of the target, its phase included, where the control is 1.
///
/// `CU(θ, φ, λ, γ) = |0⟩⟨0| ⊗ I + |1⟩⟨1| ⊗ e^{iγ} U(θ, φ, λ)`, control first. The inverse is
/// `CU(-θ, -λ, -φ, -γ)`.
///
/// - Source: Cross et al., arXiv:2104.14722 (`cu`).
public struct CU: Gate {
  public let angles: [Angle]
  public let qubits: [Int]

  /// - Parameters: the angles in radians, and the qubits to act on.
  public init(
    _ theta: Angle, _ phi: Angle, _ lambda: Angle, _ gamma: Angle, control: Int, target: Int
  ) {
    angles = [theta, phi, lambda, gamma]
    qubits = [control, target]
  }

  /// The same with numbers for angles.
  @_disfavoredOverload public init(
    _ theta: Double, _ phi: Double, _ lambda: Double, _ gamma: Double, control: Int, target: Int
  ) {
    self.init(
      Angle(theta), Angle(phi), Angle(lambda), Angle(gamma), control: control, target: target)
  }

  public static let definition: GateDefinition = .init(
    name: "CU", summary: "e^{iγ} U(θ, φ, λ) on the target where the control is 1", controls: 1,
    parameters: ["θ", "φ", "λ", "γ"], symbol: "U",
    structure: .product([
      .init(U.definition, parameters: [0, 1, 2], targets: [0]),
      .init(GlobalPhase.definition, parameters: [3], targets: []),
    ]),
    inverse: .gate { (CU.definition, [-$0[0], -$0[2], -$0[1], -$0[3]]) }
  ) { angles, _ in
    let (c, s) = (Double.cos(angles[0] / 2), Double.sin(angles[0] / 2))
    let (phi, lambda, gamma) = (angles[1], angles[2], angles[3])
    return ComplexMatrix([
      [Complex(length: c, phase: gamma), -Complex(length: s, phase: gamma + lambda)],
      [Complex(length: s, phase: gamma + phi), Complex(length: c, phase: gamma + phi + lambda)],
    ])
  }
}
