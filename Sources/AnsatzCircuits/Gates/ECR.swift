import AnsatzMath
import Numerics

/// The echoed cross-resonance gate.
///
/// `ECR = (X⊗I - Y⊗X)/√2`, which is `RZX(π/4)`, then `X` on the first qubit, then `RZX(-π/4)`.
public struct ECR: Gate {
  public let qubits: [Int]

  /// Acts on two qubits, the first as in the formula.
  public init(_ a: Int, _ b: Int) { qubits = [a, b] }

  public static let definition: GateDefinition = .init(
    name: "ECR", summary: "(X⊗I - Y⊗X)/√2", targets: 2,
    structure: .product([
      .init(RZX.definition, angles: [.constant(.pi / 2)], targets: [0, 1]),
      .init(X.definition, targets: [0]),
    ]),
    inverse: .itself
  ) { _, _ in
    let h = Complex(0.5.squareRoot())
    let m = Complex(0, 0.5.squareRoot())
    return ComplexMatrix([[0, 0, h, m], [0, 0, m, h], [h, -m, 0, 0], [-m, h, 0, 0]])
  }
}
