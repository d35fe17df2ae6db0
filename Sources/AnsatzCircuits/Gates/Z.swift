import AnsatzMath
import Numerics

/// Pauli Z: changes the sign of |1⟩. Also the observable Z, +1 on |0⟩ and -1 on |1⟩.
///
/// `Z = Phase(π)`.
public struct Z: Gate, Observable {
  public let qubits: [Int]

  /// Acts on one qubit.
  public init(_ qubit: Int) { qubits = [qubit] }

  /// The operator Z on this qubit, as an observable.
  public var pauliSum: PauliSum { PauliString([(.z, qubits[0])]).pauliSum }

  public static let definition: GateDefinition = .init(
    name: "Z", summary: "diag(1, -1)", structure: .constantPhase(.pi),
    inverse: .itself
  ) { _, _ in
    ComplexMatrix.diagonal([1, -1])
  }
}
