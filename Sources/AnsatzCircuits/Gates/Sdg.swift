import AnsatzMath
import Numerics

/// The inverse of `S`.
///
/// `Sdg = diag(1, -i) = Phase(-π/2)`.
public struct Sdg: Gate {
  public let qubits: [Int]

  /// Acts on one qubit.
  public init(_ qubit: Int) { qubits = [qubit] }

  public static let definition: GateDefinition = .init(
    name: "Sdg", summary: "diag(1, -i)", symbol: "S†", structure: .constantPhase(-.pi / 2),
    inverse: .gate { _ in (S.definition, []) }
  ) { _, _ in
    ComplexMatrix.diagonal([1, -.i])
  }
}
