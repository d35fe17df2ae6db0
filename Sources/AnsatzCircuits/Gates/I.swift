import AnsatzMath
import Numerics

/// Does nothing. A place in a diagram, or in a list of gates.
///
/// `I = diag(1, 1)`.
public struct I: Gate {
  public let qubits: [Int]

  /// Acts on one qubit.
  public init(_ qubit: Int) { qubits = [qubit] }

  public static let definition: GateDefinition = .init(
    name: "I", summary: "the identity", structure: .product([]), inverse: .itself
  ) { _, _ in
    .identity(2)
  }
}
