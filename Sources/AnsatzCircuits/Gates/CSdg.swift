/// Multiplies |11⟩ by -i: the inverse of `CS`.
///
/// `CSdg = diag(1, 1, 1, -i)`; symmetric in its qubits.
public struct CSdg: Gate {
  public let qubits: [Int]

  /// Acts on two qubits, in any order.
  public init(_ a: Int, _ b: Int) { qubits = [a, b] }

  public static let definition: GateDefinition = .init(
    name: "CSdg", summary: "diag(1, 1, 1, -i)", controls: 1, of: Sdg.definition,
    inverse: .gate { _ in (CS.definition, []) })
}
