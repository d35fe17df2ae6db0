/// The body undone: the inverse operations in reverse order.
public struct Inverse: CircuitComponent {
  public let operations: [CircuitOperation]

  /// The block backwards, each gate undone.
  public init(@CircuitBuilder body: () -> [CircuitOperation]) {
    operations = body().inverse()
  }
}

extension [CircuitOperation] {
  /// The inverse operations in reverse order.
  func inverse() -> [CircuitOperation] {
    reversed().map { operation in
      switch operation {
      case .gate(let gate): .gate(gate.inverse())
      // The bits stay as they are: what writes them has no inverse.
      case .conditional(let conditional): .conditional(conditional.map { $0.inverse() })
      default: operation.marked(.inverted)
      }
    }
  }
}
