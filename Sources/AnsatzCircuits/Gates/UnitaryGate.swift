import AnsatzMath
import Numerics

/// Any unitary, given as a matrix.
///
/// Row and column index have the first qubit as the most significant bit.
///
/// - Complexity: O(2^(n+k)) time for k of n qubits.
public struct UnitaryGate: CircuitComponent {
  public let operations: [CircuitOperation]

  /// - Parameter matrix: `[2ᵏ, 2ᵏ]` for k qubits; a circuit refuses one that is not unitary to
  ///   1e-8.
  public init(_ matrix: ComplexMatrix, on qubits: some Sequence<Int>) {
    operations = [
      .gate(GateOperation(Self.definition(matrix), angles: [], qubits: Array(qubits)))
    ]
  }

  /// The record of the gate with this matrix.
  public static func definition(_ matrix: ComplexMatrix) -> GateDefinition {
    definition(matrix, problem: problem(matrix))
  }

  private static func definition(_ matrix: ComplexMatrix, problem: String?) -> GateDefinition {
    let targets = matrix.rows.trailingZeroBitCount
    return GateDefinition(
      name: "UnitaryGate", summary: "the unitary given",
      targets: problem == nil ? targets : nil, symbol: "Unitary", structure: .constant,
      inverse: .gate { _ in (definition(matrix.adjoint, problem: problem), []) },
      data: .matrix(matrix), problem: problem
    ) { _, _ in
      matrix
    }
  }

  /// Numbers typed with nine digits pass.
  private static let tolerance = 1e-8

  private static func problem(_ matrix: ComplexMatrix) -> String? {
    let order = matrix.rows
    guard order == matrix.columns, order > 1, order.nonzeroBitCount == 1 else {
      return "the matrix is \(order)×\(matrix.columns); use 2ᵏ×2ᵏ for k qubits"
    }
    guard matrix.elements.allSatisfy(\.isFinite) else {
      return "the matrix holds numbers that are not finite"
    }
    let error = (matrix * matrix.adjoint).maximumDifference(from: .identity(order))
    return error < tolerance
      ? nil
      : "the matrix is not unitary: U U† differs from 1 by \(error); at most \(tolerance) is "
        + "allowed"
  }
}
