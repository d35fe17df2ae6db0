import AnsatzMath
import Numerics

/// Pauli X: exchanges |0⟩ and |1⟩. Also the observable X.
///
/// `X = RX(π)` up to the global phase i.
public struct X: Gate, Observable {
  public let qubits: [Int]

  /// Acts on one qubit.
  public init(_ qubit: Int) { qubits = [qubit] }

  /// The operator X on this qubit, as an observable.
  public var pauliSum: PauliSum { PauliString([(.x, qubits[0])]).pauliSum }

  public static let definition: GateDefinition = .init(
    name: "X", summary: "exchanges |0⟩ and |1⟩", structure: .flip,
    inverse: .itself
  ) { _, _ in
    ComplexMatrix([[0, 1], [1, 0]])
  }
}
