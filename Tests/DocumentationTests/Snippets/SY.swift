import AnsatzCircuits
import AnsatzMath
import Numerics

/// The square root of Y.
///
/// `SY = e^{iπ/4} RY(π/2)`; `SY² = Y`.
public struct SY: Gate {
  public let qubits: [Int]

  public init(_ qubit: Int) { qubits = [qubit] }

  public static let definition: GateDefinition = .init(
    name: "SY", summary: "√Y", symbol: "√Y", structure: .constant,
    inverse: .gate { _ in (SYdg.definition, []) }
  ) { _, _ in
    let h = Complex(0.5, 0.5)
    return ComplexMatrix([[h, -h], [h, h]])
  }
}
