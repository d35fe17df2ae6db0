import AnsatzMath
import Numerics

/// Hadamard: maps the Z basis to the X basis.
///
/// `H = (X + Z)/√2`. `H X H = Z`. Real and its own inverse.
///
/// - Source: Nielsen and Chuang, eq. (1.15).
public struct H: Gate {
  public let qubits: [Int]

  /// Acts on one qubit.
  public init(_ qubit: Int) { qubits = [qubit] }

  public static let definition: GateDefinition = .init(
    name: "H", summary: "(X + Z)/√2", structure: .constant,
    inverse: .itself
  ) { _, _ in
    let h = Complex(0.5.squareRoot())
    return ComplexMatrix([[h, h], [h, -h]])
  }
}
