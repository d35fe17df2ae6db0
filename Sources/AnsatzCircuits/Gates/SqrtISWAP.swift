import AnsatzMath
import Numerics

/// The square root of `ISWAP`.
///
/// `SqrtISWAP = exp(iπ(X⊗X + Y⊗Y)/8)`: on |01⟩ and |10⟩ it is `[[1, i], [i, 1]]/√2`;
/// symmetric in its qubits.
public struct SqrtISWAP: Gate {
  public let qubits: [Int]

  /// Acts on two qubits, in any order.
  public init(_ a: Int, _ b: Int) { qubits = [a, b] }

  public static let definition: GateDefinition = .init(
    name: "SqrtISWAP", summary: "exp(iπ(X⊗X + Y⊗Y)/8)", targets: 2, symbol: "√iSWAP",
    structure: .product([
      .init(RXX.definition, angles: [.constant(-.pi / 4)], targets: [0, 1]),
      .init(RYY.definition, angles: [.constant(-.pi / 4)], targets: [0, 1]),
    ]),
    inverse: .gate { _ in (SqrtISWAPdg.definition, []) }
  ) { _, _ in
    let h = Complex(0.5.squareRoot())
    let m = Complex(0, 0.5.squareRoot())
    return ComplexMatrix([[1, 0, 0, 0], [0, h, m, 0], [0, m, h, 0], [0, 0, 0, 1]])
  }
}
