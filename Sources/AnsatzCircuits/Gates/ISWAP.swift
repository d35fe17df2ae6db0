import AnsatzMath
import Numerics

/// Exchanges two qubits and multiplies what it exchanged by i.
///
/// `ISWAP = exp(iπ(X⊗X + Y⊗Y)/4)`: `|01⟩ → i|10⟩`, `|10⟩ → i|01⟩`; symmetric in its qubits. Equals
/// `SWAP`, `RZZ(π/2)` and the phase `e^{iπ/4}`.
public struct ISWAP: Gate {
  public let qubits: [Int]

  /// Acts on two qubits, in any order.
  public init(_ a: Int, _ b: Int) { qubits = [a, b] }

  public static let definition: GateDefinition = .init(
    name: "ISWAP", summary: "|01⟩ → i|10⟩, |10⟩ → i|01⟩", targets: 2, symbol: "iSWAP",
    structure: .product([
      .init(SWAP.definition, targets: [0, 1]),
      .init(RZZ.definition, angles: [.constant(.pi / 2)], targets: [0, 1]),
      .init(GlobalPhase.definition, angles: [.constant(.pi / 4)], targets: []),
    ]),
    inverse: .gate { _ in (ISWAPdg.definition, []) }
  ) { _, _ in
    ComplexMatrix([[1, 0, 0, 0], [0, 0, .i, 0], [0, .i, 0, 0], [0, 0, 0, 1]])
  }
}
