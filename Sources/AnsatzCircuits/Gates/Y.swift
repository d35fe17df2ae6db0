import AnsatzMath
import Numerics

/// Pauli Y: |0⟩ → i|1⟩, |1⟩ → -i|0⟩. Also the observable Y.
///
/// `Y = i X Z`.
public struct Y: Gate, Observable {
  public let qubits: [Int]

  /// Acts on one qubit.
  public init(_ qubit: Int) { qubits = [qubit] }

  /// The operator Y on this qubit, as an observable.
  public var pauliSum: PauliSum { PauliString([(.y, qubits[0])]).pauliSum }

  public static let definition: GateDefinition = .init(
    name: "Y", summary: "|0⟩ → i|1⟩, |1⟩ → -i|0⟩", structure: .constant,
    inverse: .itself
  ) { _, _ in
    ComplexMatrix([[0, -.i], [.i, 0]])
  }
}
