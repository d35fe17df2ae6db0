import AnsatzMath
import Numerics

/// Moves one excitation between two qubits: a Givens rotation.
///
/// `|01⟩ → cos(φ/2)|01⟩ + sin(φ/2)|10⟩`, `|10⟩ → cos(φ/2)|10⟩ - sin(φ/2)|01⟩`; |00⟩ and |11⟩
/// stay. Equals `exp(-iφ(Y⊗X - X⊗Y)/4)`.
///
/// Edge cases:
/// - The generator has the eigenvalues 0 and ±1/2, so the two-term shift rule is wrong for it.
///
/// - Source: Arrazola et al., arXiv:2106.13839.
public struct SingleExcitation: Gate {
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
    name: "SingleExcitation", summary: "|01⟩ → cos(φ/2)|01⟩ + sin(φ/2)|10⟩", targets: 2,
    parameters: ["φ"], symbol: "G",
    structure: .product([
      .init(
        PauliRotation.definition([.y, .x]), angles: [.parameter(0, times: 0.5)], targets: [0, 1]),
      .init(
        PauliRotation.definition([.x, .y]), angles: [.parameter(0, times: -0.5)], targets: [0, 1]),
    ]),
    inverse: .negatedAngles
  ) { angles, _ in
    let (c, s) = (Complex(Double.cos(angles[0] / 2)), Complex(Double.sin(angles[0] / 2)))
    return ComplexMatrix([[1, 0, 0, 0], [0, c, -s, 0], [0, s, c, 0], [0, 0, 0, 1]])
  }
}
