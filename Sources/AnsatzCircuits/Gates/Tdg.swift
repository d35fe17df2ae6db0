import AnsatzMath
import Numerics

/// The inverse of `T`.
///
/// `Tdg = diag(1, e^{-iπ/4}) = Phase(-π/4)`.
public struct Tdg: Gate {
  public let qubits: [Int]

  /// Acts on one qubit.
  public init(_ qubit: Int) { qubits = [qubit] }

  public static let definition: GateDefinition = .init(
    name: "Tdg", summary: "diag(1, e^{-iπ/4})", symbol: "T†", structure: .constantPhase(-.pi / 4),
    inverse: .gate { _ in (T.definition, []) }
  ) { _, _ in
    let h = 0.5.squareRoot()
    return ComplexMatrix.diagonal([1, Complex(h, -h)])
  }
}
