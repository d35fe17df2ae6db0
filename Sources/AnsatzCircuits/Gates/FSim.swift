import AnsatzMath
import Numerics

/// The fermionic simulation gate: an excitation hops, and a pair takes a phase.
///
/// `FSim(θ, φ) = exp(-iθ(X⊗X + Y⊗Y)/2) · CPhase(-φ)`: on |01⟩ and |10⟩ it is
/// `[[cos θ, -i sin θ], [-i sin θ, cos θ]]`, on |11⟩ `e^{-iφ}`; symmetric in its qubits.
///
/// - Source: Foxen et al., arXiv:2001.08343.
public struct FSim: Gate {
  public let angles: [Angle]
  public let qubits: [Int]

  /// - Parameters: the angles in radians, and the qubits to act on.
  public init(_ theta: Angle, _ phi: Angle, _ a: Int, _ b: Int) {
    angles = [theta, phi]
    qubits = [a, b]
  }

  /// The same with numbers for angles.
  @_disfavoredOverload public init(_ theta: Double, _ phi: Double, _ a: Int, _ b: Int) {
    self.init(Angle(theta), Angle(phi), a, b)
  }

  public static let definition: GateDefinition = .init(
    name: "FSim", summary: "exp(-iθ(X⊗X + Y⊗Y)/2)·CPhase(-φ)", targets: 2, parameters: ["θ", "φ"],
    structure: .product([
      .init(CPhase.definition, angles: [.parameter(1, times: -1)], targets: [0, 1]),
      .init(RXX.definition, parameters: [0], targets: [0, 1]),
      .init(RYY.definition, parameters: [0], targets: [0, 1]),
    ]),
    inverse: .negatedAngles
  ) { angles, _ in
    let c = Complex(Double.cos(angles[0]))
    let m = Complex(0, -Double.sin(angles[0]))
    let p = Complex(length: 1, phase: -angles[1])
    return ComplexMatrix([[1, 0, 0, 0], [0, c, m, 0], [0, m, c, 0], [0, 0, 0, p]])
  }
}
