/// Flips the target where both controls are 1. Also known as CCX.
public struct Toffoli: Gate {
  public let qubits: [Int]

  /// Acts on the target where both controls are 1.
  public init(controls first: Int, _ second: Int, target: Int) {
    qubits = [first, second, target]
  }

  public static let definition: GateDefinition = .init(
    name: "Toffoli", summary: "X on the target where both controls are 1", controls: 2,
    of: X.definition, inverse: .itself)
}
