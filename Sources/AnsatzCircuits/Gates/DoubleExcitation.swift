import AnsatzMath
import Numerics

/// Moves a pair of excitations between two pairs of qubits.
///
/// `|0011⟩ → cos(φ/2)|0011⟩ + sin(φ/2)|1100⟩`, `|1100⟩ → cos(φ/2)|1100⟩ - sin(φ/2)|0011⟩`; all
/// other basis states stay. Equals `exp(φ(T - T†)/2)` with `T = |1100⟩⟨0011|`.
///
/// Edge cases:
/// - The generator has the eigenvalues 0 and ±1/2, so the two-term shift rule is wrong for it.
///
/// - Source: Arrazola et al., arXiv:2106.13839.
public struct DoubleExcitation: Gate {
  public let angles: [Angle]
  public let qubits: [Int]

  /// - Parameter angle: In radians.
  public init(_ angle: Angle, _ a: Int, _ b: Int, _ c: Int, _ d: Int) {
    angles = [angle]
    qubits = [a, b, c, d]
  }

  /// The same with numbers for angles.
  @_disfavoredOverload public init(_ angle: Double, _ a: Int, _ b: Int, _ c: Int, _ d: Int) {
    self.init(Angle(angle), a, b, c, d)
  }

  public static let definition: GateDefinition = .init(
    name: "DoubleExcitation", summary: "|0011⟩ → cos(φ/2)|0011⟩ + sin(φ/2)|1100⟩", targets: 4,
    parameters: ["φ"], symbol: "G²", structure: .product(factors), inverse: .negatedAngles
  ) { angles, _ in
    let (c, s) = (Complex(Double.cos(angles[0] / 2)), Complex(Double.sin(angles[0] / 2)))
    var matrix = ComplexMatrix.identity(16)
    (matrix[3, 3], matrix[3, 12]) = (c, -s)
    (matrix[12, 3], matrix[12, 12]) = (s, c)
    return matrix
  }

  /// T is the product of (X - iY)/2 on the first two qubits and (X + iY)/2 on the others, so
  /// i(T - T†) is an eighth of the words of X and Y with an odd number of Y: positive with more of
  /// them on the first two, else negative. The words commute.
  private static var factors: [GateStructure.Factor] {
    (0..<16).filter { $0.nonzeroBitCount % 2 == 1 }.map { places in
      let word: [Pauli] = (0..<4).map { places >> (3 - $0) & 1 == 1 ? .y : .x }
      let isFirst = (places >> 2).nonzeroBitCount > (places & 3).nonzeroBitCount
      return .init(
        PauliRotation.definition(word), angles: [.parameter(0, times: isFirst ? 0.125 : -0.125)],
        targets: [0, 1, 2, 3])
    }
  }
}
