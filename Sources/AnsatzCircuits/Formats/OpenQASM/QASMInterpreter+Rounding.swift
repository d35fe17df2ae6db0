import AnsatzMath

/// A division of two whole numbers that left a rest.
struct QASMRounding: Sendable {
  let dividend: Int
  let divisor: Int
  let offset: Int
}

// Where 1/2 is 0, and whether a gate's argument comes from there.
extension QASMInterpreter {
  /// What an expression is worth, with the divisions that rounded on the way to it: its own, unless
  /// the value is the same without rounding, and those of the constants it names.
  func roundedValue(
    _ expression: QASMExpression, dividesExactly: Bool = false
  ) throws -> (value: QASMValue, roundings: [QASMRounding]) {
    if expression.instructions.count == 1, case .push(let value) = expression.instructions[0] {
      return (value, [])
    }
    let outer = roundings
    roundings = Roundings()
    defer { roundings = outer }
    let value = try value(expression, dividesExactly: dividesExactly)
    guard let found = roundings, !found.own.isEmpty || !found.inherited.isEmpty else {
      return (value, [])
    }
    if found.own.isEmpty { return (value, found.inherited) }
    let exact = try? evaluator(dividesExactly: true).value(of: expression)
    let isSame = exact?.real.map { $0 == value.real } ?? false
    return (value, isSame ? found.inherited : found.inherited + found.own)
  }

  /// The value of a gate's argument, with a notice for each place where it was rounded.
  func argument(
    _ expression: QASMExpression, dividesExactly: Bool = false
  ) throws -> QASMValue {
    let (value, roundings) = try roundedValue(expression, dividesExactly: dividesExactly)
    for rounding in roundings where noticedRoundings.insert(rounding.offset).inserted {
      let (a, b) = (rounding.dividend, rounding.divisor)
      notice(
        "whole numbers divide to a whole number, here \(a)/\(b) to \(a / b); write \(a).0/\(b) for "
          + "the fraction", at: rounding.offset, repeats: true)
    }
    return value
  }
}
