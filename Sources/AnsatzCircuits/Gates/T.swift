import AnsatzMath
import Numerics

/// The eighth turn about Z.
///
/// `T = diag(1, e^{iπ/4}) = Phase(π/4)`; `T² = S`.
public struct T: Gate {
  public let qubits: [Int]

  /// Acts on one qubit.
  public init(_ qubit: Int) { qubits = [qubit] }

  public static let definition: GateDefinition = .init(
    name: "T", summary: "diag(1, e^{iπ/4})", structure: .constantPhase(.pi / 4),
    inverse: .gate { _ in (Tdg.definition, []) }
  ) { _, _ in
    let h = 0.5.squareRoot()
    return ComplexMatrix.diagonal([1, Complex(h, h)])
  }
}
