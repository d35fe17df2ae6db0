import AnsatzMath
import Numerics

/// The quarter turn about Z.
///
/// `S = diag(1, i) = Phase(π/2)`; `S² = Z`.
public struct S: Gate {
  public let qubits: [Int]

  /// Acts on one qubit.
  public init(_ qubit: Int) { qubits = [qubit] }

  public static let definition: GateDefinition = .init(
    name: "S", summary: "diag(1, i)", structure: .constantPhase(.pi / 2),
    inverse: .gate { _ in (Sdg.definition, []) }
  ) { _, _ in
    ComplexMatrix.diagonal([1, .i])
  }
}
