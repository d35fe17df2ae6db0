/// Multiplies |11⟩ by i.
///
/// `CS = diag(1, 1, 1, i)`; symmetric in its qubits.
public struct CS: Gate {
  public let qubits: [Int]

  /// Acts on two qubits, in any order.
  public init(_ a: Int, _ b: Int) { qubits = [a, b] }

  public static let definition: GateDefinition = .init(
    name: "CS", summary: "diag(1, 1, 1, i)", controls: 1, of: S.definition,
    inverse: .gate { _ in (CSdg.definition, []) })
}
