import AnsatzMath
import Numerics

/// The general unitary of one qubit, in OpenQASM's angles.
///
/// `U(θ, φ, λ) = [[cos θ/2, -e^{iλ} sin θ/2], [e^{iφ} sin θ/2, e^{i(φ+λ)} cos θ/2]]`, which is
/// `Phase(φ) · RY(θ) · Phase(λ)`. The inverse is `U(-θ, -λ, -φ)`.
///
/// - Source: Cross et al., arXiv:2104.14722, without its global phase.
public struct U: Gate {
  public let angles: [Angle]
  public let qubits: [Int]

  /// - Parameters: the angles in radians, and the qubit to act on.
  public init(_ theta: Angle, _ phi: Angle, _ lambda: Angle, on qubit: Int) {
    angles = [theta, phi, lambda]
    qubits = [qubit]
  }

  /// The same with numbers for angles.
  @_disfavoredOverload public init(_ theta: Double, _ phi: Double, _ lambda: Double, on qubit: Int)
  {
    self.init(Angle(theta), Angle(phi), Angle(lambda), on: qubit)
  }

  public static let definition: GateDefinition = .init(
    name: "U", summary: "Phase(φ)·RY(θ)·Phase(λ)", parameters: ["θ", "φ", "λ"],
    structure: .product([
      .init(Phase.definition, parameters: [2], targets: [0]),
      .init(RY.definition, parameters: [0], targets: [0]),
      .init(Phase.definition, parameters: [1], targets: [0]),
    ]),
    inverse: .gate { (U.definition, [-$0[0], -$0[2], -$0[1]]) }
  ) { angles, _ in
    let (c, s) = (Double.cos(angles[0] / 2), Double.sin(angles[0] / 2))
    let (phi, lambda) = (Complex(length: 1, phase: angles[1]), Complex(length: 1, phase: angles[2]))
    return ComplexMatrix([
      [Complex(c), -lambda * Complex(s)], [phi * Complex(s), phi * lambda * Complex(c)],
    ])
  }
}
