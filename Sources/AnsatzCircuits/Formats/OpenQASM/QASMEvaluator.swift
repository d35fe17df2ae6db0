import AnsatzMath
import Numerics

/// Computes what an expression is worth.
struct QASMEvaluator {
  let source: QASMSource
  let version: OpenQASM.Version
  /// Whether `1/2` is a half. In version 3 whole numbers divide to whole numbers.
  var dividesExactly = false
  let lookup: (_ name: String) -> QASMValue?
  let element: (_ part: QASMOperand.Part) throws -> QASMValue
  /// Is told of every division of whole numbers that leaves a rest.
  var rounded: (QASMRounding) -> Void = { _ in }

  /// Limits on an expression of inputs, so that nested gates cannot square its size at each level.
  static let maximumSize = 10_000
  static let maximumDepth = 400

  func value(of expression: QASMExpression) throws -> QASMValue {
    var stack: [QASMValue] = []
    for instruction in expression.instructions {
      switch instruction {
      case .push(let value): stack.append(value)
      case .name(let name, let offset):
        guard let value = lookup(name) ?? QASMEvaluator.constants[name] else {
          throw source.error(
            "'\(name.prefix(40))' is not a number known here; an angle is made of numbers, pi, "
              + "a gate's parameters" + (version == .v3 ? ", constants and inputs" : ""),
            at: offset)
        }
        stack.append(value)
      case .unary(let sign, let offset):
        let value = stack.removeLast()
        stack.append(try unary(sign, value, at: offset))
      case .binary(let sign, let offset):
        let right = stack.removeLast()
        let left = stack.removeLast()
        stack.append(try binary(sign, left, right, at: offset))
      case .call(let name, let count, let offset):
        let arguments = Array(stack.suffix(count))
        stack.removeLast(count)
        stack.append(try call(name, arguments, at: offset))
      case .cast(let type, let offset):
        let value = stack.removeLast()
        let size = try integer(stack.removeLast(), for: "a type's size", at: offset)
        stack.append(try cast(value, to: type, size: size, at: offset))
      case .element(let part): stack.append(try element(part))
      }
    }
    return stack.last ?? .integer(0)
  }

  static let constants: [String: QASMValue] = [
    "pi": .real(.pi), "π": .real(.pi), "tau": .real(2 * .pi), "τ": .real(2 * .pi),
    "euler": .real(.exp(1)), "ℇ": .real(.exp(1)), "true": .boolean(true), "false": .boolean(false),
  ]

  private func finite(_ value: Double, at offset: Int) throws -> QASMValue {
    guard value.isFinite else {
      throw source.error("the result is \(value); numbers are finite", at: offset)
    }
    return .real(value)
  }

  func symbolic(_ angle: Angle, of parts: [QASMValue], at offset: Int) throws -> QASMValue {
    if let value = angle.constant { return try finite(value, at: offset) }
    let size = parts.reduce(1) { $0 + $1.size }
    let depth = 1 + (parts.map(\.depth).max() ?? 0)
    guard size <= QASMEvaluator.maximumSize, depth <= QASMEvaluator.maximumDepth else {
      throw source.error(
        "an expression of inputs has \(size) parts, \(depth) deep; at most "
          + "\(QASMEvaluator.maximumSize) parts, \(QASMEvaluator.maximumDepth) deep", at: offset)
    }
    return .angle(angle, size: size, depth: depth)
  }

  /// A value that must be a number, not an expression of inputs.
  private func number(_ value: QASMValue, for what: String, at offset: Int) throws -> Double {
    guard let number = value.real else {
      throw source.error("\(what) of an expression of inputs is not supported", at: offset)
    }
    return number
  }

  private func integer(_ value: QASMValue, for what: String, at offset: Int) throws -> Int {
    switch value {
    case .integer(let number): return number
    case .boolean(let bit): return bit ? 1 : 0
    default: throw source.error("\(what) takes whole numbers", at: offset)
    }
  }

  private func unary(_ sign: QASMOperator, _ value: QASMValue, at offset: Int) throws -> QASMValue {
    if value.isMeasured { return try measuredUnary(sign, value, at: offset) }
    switch (sign, value) {
    case (.subtract, .integer(let number)):
      return try whole(Int(0).subtractingReportingOverflow(number), -Double(number), at: offset)
    case (.subtract, _):
      return try symbolic(-value.angle, of: [value], at: offset)
    case (.not, _): return .boolean(try number(value, for: "'!'", at: offset) == 0)
    case (.bitNot, _): return .integer(~(try integer(value, for: "'~'", at: offset)))
    default: return value
    }
  }

  /// A whole number, or where it overflows the real one in version 2 and an error in version 3.
  private func whole(
    _ result: (partialValue: Int, overflow: Bool), _ real: @autoclosure () -> Double, at offset: Int
  ) throws -> QASMValue {
    if !result.overflow { return .integer(result.partialValue) }
    if version == .v2 { return try finite(real(), at: offset) }
    throw source.error("whole numbers overflow 64 bits", at: offset)
  }

  func binary(
    _ sign: QASMOperator, _ left: QASMValue, _ right: QASMValue, at offset: Int
  ) throws -> QASMValue {
    if left.isMeasured || right.isMeasured {
      return try measuredBinary(sign, left, right, at: offset)
    }
    if case .integer(let a) = left, case .integer(let b) = right,
      let value = try wholeBinary(sign, a, b, at: offset)
    {
      return value
    }
    switch sign {
    case .add, .subtract, .multiply, .divide:
      if sign == .divide, right.real == 0 { throw source.error("division by zero", at: offset) }
      let angle =
        switch sign {
        case .add: left.angle + right.angle
        case .subtract: left.angle - right.angle
        case .multiply: left.angle * right.angle
        default: left.real == 0 ? Angle(0) : left.angle / right.angle
        }
      return try symbolic(angle, of: [left, right], at: offset)
    case .power: return try power(left, right, at: offset)
    case .remainder:
      let divisor = try number(right, for: "'%'", at: offset)
      if divisor == 0 { throw source.error("division by zero", at: offset) }
      return try finite(
        number(left, for: "'%'", at: offset).truncatingRemainder(dividingBy: divisor), at: offset)
    case .bitAnd, .bitOr, .bitXor, .shiftLeft, .shiftRight:
      let what = "'\(sign.rawValue)'"
      let (a, b) = try (
        integer(left, for: what, at: offset), integer(right, for: what, at: offset)
      )
      return try wholeBinary(sign, a, b, at: offset) ?? .integer(0)
    case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual, .and, .or, .not,
      .bitNot:
      let what = "'\(sign.rawValue)'"
      let (a, b) = try (number(left, for: what, at: offset), number(right, for: what, at: offset))
      return .boolean(QASMEvaluator.holds(sign, a, b))
    }
  }

  private static func holds(_ sign: QASMOperator, _ a: Double, _ b: Double) -> Bool {
    switch sign {
    case .equal: a == b
    case .notEqual: a != b
    case .less: a < b
    case .lessOrEqual: a <= b
    case .greater: a > b
    case .greaterOrEqual: a >= b
    case .and: a != 0 && b != 0
    default: a != 0 || b != 0
    }
  }

  /// Arithmetic of whole numbers; nil where reals serve.
  private func wholeBinary(
    _ sign: QASMOperator, _ a: Int, _ b: Int, at offset: Int
  ) throws -> QASMValue? {
    let (x, y) = (Double(a), Double(b))
    switch sign {
    case .add: return try whole(a.addingReportingOverflow(b), x + y, at: offset)
    case .subtract: return try whole(a.subtractingReportingOverflow(b), x - y, at: offset)
    case .multiply: return try whole(a.multipliedReportingOverflow(by: b), x * y, at: offset)
    case .divide:
      if b == 0 { throw source.error("division by zero", at: offset) }
      if version == .v2 || dividesExactly { return nil }
      if a.remainderReportingOverflow(dividingBy: b).partialValue != 0 {
        rounded(QASMRounding(dividend: a, divisor: b, offset: offset))
      }
      return try whole(a.dividedReportingOverflow(by: b), x / y, at: offset)
    case .remainder:
      if b == 0 { throw source.error("division by zero", at: offset) }
      return try whole(a.remainderReportingOverflow(dividingBy: b), 0, at: offset)
    case .power:
      guard b >= 0 else { return nil }
      var result = 1
      for _ in 0..<(abs(a) <= 1 ? min(b, 2 - b % 2) : b) {
        let (product, overflow) = result.multipliedReportingOverflow(by: a)
        if overflow { return try whole((0, true), Double.pow(x, y), at: offset) }
        result = product
      }
      return .integer(result)
    case .bitAnd: return .integer(a & b)
    case .bitOr: return .integer(a | b)
    case .bitXor: return .integer(a ^ b)
    case .shiftLeft, .shiftRight:
      guard (0..<64).contains(b) else {
        throw source.error("a shift by \(b) bits; 0...63 are allowed", at: offset)
      }
      return .integer(sign == .shiftLeft ? a << b : a >> b)
    default: return nil
    }
  }

  private func power(
    _ base: QASMValue, _ exponent: QASMValue, at offset: Int
  ) throws -> QASMValue {
    let exponent = try number(exponent, for: "an exponent", at: offset)
    if let value = base.real {
      if value == 0, exponent < 0 { throw source.error("division by zero", at: offset) }
      return try finite(
        exponent == exponent.rounded() && abs(exponent) < 1e9
          ? Double.pow(value, Int(exponent)) : Double.pow(value, exponent), at: offset)
    }
    if exponent == 0.5 { return try symbolic(.sqrt(base.angle), of: [base], at: offset) }
    guard let whole = Int(exactly: exponent) else {
      throw source.error(
        "the power \(exponent) of an expression of inputs is not supported; use a whole number or "
          + "sqrt", at: offset)
    }
    return try symbolic(.pow(base.angle, whole), of: [base], at: offset)
  }
}
