/// Changes the sign of |111⟩.
///
/// `CCZ = diag(1, 1, 1, 1, 1, 1, 1, -1)`; symmetric in its qubits.
public struct CCZ: Gate {
  public let qubits: [Int]

  /// Acts on three qubits, in any order.
  public init(_ a: Int, _ b: Int, _ c: Int) { qubits = [a, b, c] }

  public static let definition: GateDefinition = .init(
    name: "CCZ", summary: "diag(1, 1, 1, 1, 1, 1, 1, -1)", controls: 2, of: Z.definition,
    inverse: .itself)
}
