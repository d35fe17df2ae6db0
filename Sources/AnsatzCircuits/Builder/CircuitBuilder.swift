/// Anything that can stand in a circuit's body: a gate, a template, another circuit.
public protocol CircuitComponent: Sendable {
  var operations: [CircuitOperation] { get }
}

/// A plain list of operations as a component.
public struct OperationList: CircuitComponent {
  public let operations: [CircuitOperation]

  public init(_ operations: [CircuitOperation]) { self.operations = operations }
}

/// Collects the lines of a circuit's body, with loops and conditionals, into one flat list.
@resultBuilder
public enum CircuitBuilder {
  public static func buildExpression(_ component: some CircuitComponent) -> [CircuitOperation] {
    component.operations
  }
  public static func buildExpression(_ components: [any CircuitComponent]) -> [CircuitOperation] {
    components.flatMap(\.operations)
  }
  public static func buildBlock(_ parts: [CircuitOperation]...) -> [CircuitOperation] {
    parts.flatMap { $0 }
  }
  public static func buildArray(_ parts: [[CircuitOperation]]) -> [CircuitOperation] {
    parts.flatMap { $0 }
  }
  public static func buildOptional(_ part: [CircuitOperation]?) -> [CircuitOperation] {
    part ?? []
  }
  public static func buildEither(first part: [CircuitOperation]) -> [CircuitOperation] { part }
  public static func buildEither(second part: [CircuitOperation]) -> [CircuitOperation] { part }
  public static func buildLimitedAvailability(_ part: [CircuitOperation]) -> [CircuitOperation] {
    part
  }
}
