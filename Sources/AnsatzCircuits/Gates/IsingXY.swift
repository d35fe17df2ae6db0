import AnsatzMath
import Numerics

/// Turns |01⟩ and |10⟩ into each other with the phase i.
///
/// `IsingXY(φ) = exp(iφ(X⊗X + Y⊗Y)/4)`: on |01⟩ and |10⟩ it is
/// `[[cos φ/2, i sin φ/2], [i sin φ/2, cos φ/2]]`; symmetric in its qubits.
/// `IsingXY(π)` is `ISWAP`.
///
/// Edge cases:
/// - The generator has the eigenvalues 0 and ±1/2, so the two-term shift rule is wrong for it.
///
/// - Source: Abrams et al., arXiv:1912.04424.
public struct IsingXY: Gate {
  public let angles: [Angle]
  public let qubits: [Int]

  /// - Parameter angle: In radians.
  public init(_ angle: Angle, _ a: Int, _ b: Int) {
    angles = [angle]
    qubits = [a, b]
  }

  /// The same with numbers for angles.
  @_disfavoredOverload public init(_ angle: Double, _ a: Int, _ b: Int) {
    self.init(Angle(angle), a, b)
  }

  public static let definition: GateDefinition = .init(
    name: "IsingXY", summary: "exp(iφ(X⊗X + Y⊗Y)/4)", targets: 2, parameters: ["φ"],
    structure: .product([
      .init(RXX.definition, angles: [.parameter(0, times: -0.5)], targets: [0, 1]),
      .init(RYY.definition, angles: [.parameter(0, times: -0.5)], targets: [0, 1]),
    ]),
    inverse: .negatedAngles
  ) { angles, _ in
    let c = Complex(Double.cos(angles[0] / 2))
    let m = Complex(0, Double.sin(angles[0] / 2))
    return ComplexMatrix([[1, 0, 0, 0], [0, c, m, 0], [0, m, c, 0], [0, 0, 0, 1]])
  }
}
