/// One body or another, as classical bits say when the circuit gets there.
///
///     If(c[0]) { X(1) }
///     If(c == 3) { Z(0) } else: { H(0) }
public struct If: CircuitComponent {
  public let operations: [CircuitOperation]

  /// One block where the condition holds, the other where it does not.
  public init(
    _ condition: some ClassicalExpression,
    @CircuitBuilder then body: () -> [CircuitOperation],
    @CircuitBuilder else otherwise: () -> [CircuitOperation] = { [] }
  ) {
    operations = [
      .conditional(
        Conditional(condition.condition, operations: body(), otherwise: otherwise()))
    ]
  }
}

/// Operations that run where a condition holds, and others where it does not.
public struct Conditional: Hashable, Sendable {
  /// What decides.
  public let condition: Condition
  /// What is done where the condition holds.
  public let operations: [CircuitOperation]
  /// What is done where it does not.
  public let otherwise: [CircuitOperation]

  /// The two branches of a condition.
  public init(
    _ condition: Condition, operations: [CircuitOperation], otherwise: [CircuitOperation] = []
  ) {
    self.condition = condition
    self.operations = operations
    self.otherwise = otherwise
  }

  /// The same question with both bodies changed.
  func map(_ change: ([CircuitOperation]) -> [CircuitOperation]) -> Conditional {
    Conditional(condition, operations: change(operations), otherwise: change(otherwise))
  }
}
