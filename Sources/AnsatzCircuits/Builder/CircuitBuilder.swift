/// Anything that can stand in a circuit's body: a gate, a template, another circuit.
public protocol CircuitComponent: Sendable {
  /// What it does, in order.
  var operations: [CircuitOperation] { get }
}

/// A plain list of operations as a component.
public struct OperationList: CircuitComponent {
  public let operations: [CircuitOperation]

  /// These operations, as one component.
  public init(_ operations: [CircuitOperation]) { self.operations = operations }
}

/// Collects the lines of a circuit's body, with loops and conditionals, into one flat list.
@resultBuilder
public enum CircuitBuilder {
  /// A line of the block: a component, or several.
  public static func buildExpression(_ component: some CircuitComponent) -> [CircuitOperation] {
    component.operations
  }
  /// A line of the block: a component, or several.
  public static func buildExpression(_ components: [any CircuitComponent]) -> [CircuitOperation] {
    components.flatMap(\.operations)
  }
  /// The lines one after the other.
  public static func buildBlock(_ parts: [CircuitOperation]...) -> [CircuitOperation] {
    parts.flatMap { $0 }
  }
  /// What a loop made, one pass after the other.
  public static func buildArray(_ parts: [[CircuitOperation]]) -> [CircuitOperation] {
    parts.flatMap { $0 }
  }
  /// An `if` without `else`.
  public static func buildOptional(_ part: [CircuitOperation]?) -> [CircuitOperation] {
    part ?? []
  }
  /// The first branch of an `if` or `switch`.
  public static func buildEither(first part: [CircuitOperation]) -> [CircuitOperation] { part }
  /// The other branches of an `if` or `switch`.
  public static func buildEither(second part: [CircuitOperation]) -> [CircuitOperation] { part }
  /// A branch behind `#available`.
  public static func buildLimitedAvailability(_ part: [CircuitOperation]) -> [CircuitOperation] {
    part
  }
}
