import AnsatzMath
import Numerics

/// Exchanges two qubits.
///
/// `SWAP |ab⟩ = |ba⟩`; equals three CNOTs, the middle one turned around.
public struct SWAP: Gate {
  public let qubits: [Int]

  /// Acts on two qubits, in any order.
  public init(_ a: Int, _ b: Int) { qubits = [a, b] }

  public static let definition: GateDefinition = .init(
    name: "SWAP", summary: "exchanges two qubits", targets: 2, symbol: "×", structure: .swap,
    inverse: .itself
  ) { _, _ in
    ComplexMatrix([[1, 0, 0, 0], [0, 0, 1, 0], [0, 1, 0, 0], [0, 0, 0, 1]])
  }
}
