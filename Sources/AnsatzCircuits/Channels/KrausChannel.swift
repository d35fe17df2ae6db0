import AnsatzMath
import Numerics

/// Any channel, given by its Kraus operators.
///
/// `ρ → Σ KρK†`. Row and column index have the first qubit as the most significant bit.
///
/// Elsewhere: PennyLane's `QubitChannel`, Cirq's `KrausChannel`, and Qiskit's `Kraus`, whose first qubit
/// is the least significant bit.
public struct KrausChannel: CircuitComponent {
  public let operations: [CircuitOperation]

  /// - Parameter operators: `[2ᵏ, 2ᵏ]` each, for k qubits, at most 4; a circuit refuses operators
  ///   that are not complete to 1e-8: Σ K†K = 1.
  public init(_ operators: [ComplexMatrix], on qubits: some Sequence<Int>) {
    operations = Self.definition(operators).operations([], on: Array(qubits))
  }

  /// The record of the channel with these operators.
  public static func definition(_ operators: [ComplexMatrix]) -> ChannelDefinition {
    let order = operators.first?.rows ?? 2
    return ChannelDefinition(
      name: "KrausChannel", summary: "the Kraus operators given",
      qubits: max(1, order.trailingZeroBitCount), symbol: "K", parameters: [], data: operators,
      problem: { _ in problem(operators) }
    ) { _ in
      operators
    }
  }

  private static let largest = 4
  /// Numbers typed with nine digits pass.
  private static let tolerance = 1e-8

  private static func problem(_ operators: [ComplexMatrix]) -> String? {
    guard let order = operators.first?.rows else {
      return "no Kraus operator given; a channel has at least 1"
    }
    for (index, matrix) in operators.enumerated() {
      guard matrix.rows == order, matrix.columns == order, order > 1, order.nonzeroBitCount == 1
      else {
        return
          "Kraus operator \(index) is \(matrix.rows)×\(matrix.columns); use 2ᵏ×2ᵏ for k qubits, "
          + "all of one size"
      }
      guard matrix.elements.allSatisfy(\.isFinite) else {
        return "Kraus operator \(index) holds numbers that are not finite"
      }
    }
    guard order <= 1 << largest else {
      return
        "the Kraus operators act on \(order.trailingZeroBitCount) qubits; at most \(largest) are "
        + "possible"
    }
    let zero = ComplexMatrix.diagonal([Complex<Double>](repeating: 0, count: order))
    let sum = operators.reduce(zero) { $0 + $1.adjoint * $1 }
    let error = sum.maximumDifference(from: .identity(order))
    return error < tolerance
      ? nil
      : "the Kraus operators are not complete: Σ K†K differs from 1 by \(error); at most "
        + "\(tolerance) is allowed"
  }
}
