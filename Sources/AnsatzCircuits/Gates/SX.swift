import AnsatzMath
import Numerics

/// The square root of X.
///
/// `SX = e^{iπ/4} RX(π/2)`; `SX² = X`.
public struct SX: Gate {
  public let qubits: [Int]

  /// Acts on one qubit.
  public init(_ qubit: Int) { qubits = [qubit] }

  public static let definition: GateDefinition = .init(
    name: "SX", summary: "√X", symbol: "√X", structure: .constant,
    inverse: .gate { _ in (SXdg.definition, []) }
  ) { _, _ in
    let (p, m) = (Complex(0.5, 0.5), Complex(0.5, -0.5))
    return ComplexMatrix([[p, m], [m, p]])
  }
}
