import AnsatzMath
import Numerics

/// The inverse of `SX`.
///
/// `SXdg = e^{-iπ/4} RX(-π/2)`.
public struct SXdg: Gate {
  public let qubits: [Int]

  /// Acts on one qubit.
  public init(_ qubit: Int) { qubits = [qubit] }

  public static let definition: GateDefinition = .init(
    name: "SXdg", summary: "the inverse of √X", symbol: "√X†", structure: .constant,
    inverse: .gate { _ in (SX.definition, []) }
  ) { _, _ in
    let (p, m) = (Complex(0.5, 0.5), Complex(0.5, -0.5))
    return ComplexMatrix([[m, p], [p, m]])
  }
}
