/// Changes the sign of |11⟩.
///
/// `CZ = diag(1, 1, 1, -1)`; symmetric in its qubits.
public struct CZ: Gate {
  public let qubits: [Int]

  /// Acts on two qubits, in any order.
  public init(_ a: Int, _ b: Int) { qubits = [a, b] }

  public static let definition: GateDefinition = .init(
    name: "CZ", summary: "diag(1, 1, 1, -1)", controls: 1, of: Z.definition, inverse: .itself)
}
