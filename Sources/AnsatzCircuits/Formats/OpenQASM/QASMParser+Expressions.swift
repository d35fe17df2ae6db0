import AnsatzMath

// Expressions, by precedence climbing, straight into instructions.
extension QASMParser {
  mutating func expression() throws -> QASMExpression {
    var result = QASMExpression(offset: token.offset)
    try binary(above: 0, into: &result)
    return result
  }

  private func emit(
    _ instruction: QASMExpression.Instruction, into result: inout QASMExpression
  ) throws {
    guard result.instructions.count < QASMExpression.maximumLength else {
      throw source.error(
        "an expression of more than \(QASMExpression.maximumLength) parts", at: result.offset)
    }
    result.instructions.append(instruction)
  }

  /// The binary operator the token is; version 2 writes powers as `^`.
  private var binaryOperator: QASMOperator? {
    guard token.kind == .sign, let sign = QASMOperator(rawValue: word) else { return nil }
    if version == .v3 { return sign == .not || sign == .bitNot ? nil : sign }
    switch sign {
    case .bitXor: return .power
    case .add, .subtract, .multiply, .divide, .power: return sign
    default: return nil
    }
  }

  private mutating func binary(above least: Int, into result: inout QASMExpression) throws {
    try unary(into: &result)
    while let sign = binaryOperator, sign.precedence > least {
      let offset = token.offset
      try advance()
      // Powers associate to the right, the others to the left.
      let bound = sign == .power ? sign.precedence - 1 : sign.precedence
      try nested { try $0.binary(above: bound, into: &result) }
      try emit(.binary(sign, at: offset), into: &result)
    }
  }

  private mutating func unary(into result: inout QASMExpression) throws {
    var signs: [(QASMOperator, Int)] = []
    while token.kind == .sign, ["-", "+", "!", "~"].contains(word) {
      guard signs.count < QASMParser.maximumDepth else {
        throw source.error(
          "more than \(QASMParser.maximumDepth) signs in a row", at: token.offset)
      }
      if let sign = QASMOperator(rawValue: word) { signs.append((sign, token.offset)) }
      try advance()
    }
    if signs.isEmpty { return try primary(into: &result) }
    // -a ** b is -(a ** b).
    try nested { try $0.binary(above: QASMOperator.bitNot.precedence, into: &result) }
    for (sign, offset) in signs.reversed() where sign != .add {
      try emit(.unary(sign, at: offset), into: &result)
    }
  }

  private mutating func primary(into result: inout QASMExpression) throws {
    let offset = token.offset
    switch token.kind {
    case .integer, .real:
      try emit(.push(try number()), into: &result)
      try advance()
    case .sign where token.isSign("("):
      try advance()
      try nested { try $0.binary(above: 0, into: &result) }
      try expect(")")
    case .identifier:
      let name = try identifier("a number")
      if version == .v3, token.isSign("[") {
        if QASMParser.typeNames.contains(name) {
          return try cast(name, at: offset, into: &result)
        }
        let indices = try nested { try $0.indices() }
        let part = QASMOperand.Part(name: name, indices: indices, offset: offset)
        return try emit(.element(part), into: &result)
      }
      guard token.isSign("(") else { return try emit(.name(name, at: offset), into: &result) }
      try call(name, at: offset, into: &result)
    case .string where version == .v3:
      try emit(.push(try bitString()), into: &result)
      try advance()
    default: throw unexpected("a number")
    }
  }

  /// `int[8](x)`: the size, then the value.
  private mutating func cast(
    _ name: String, at offset: Int, into result: inout QASMExpression
  ) throws {
    try expect("[")
    try nested { try $0.binary(above: 0, into: &result) }
    try expect("]")
    try expect("(")
    try nested { try $0.binary(above: 0, into: &result) }
    try expect(")")
    try emit(.cast(name, at: offset), into: &result)
  }

  /// `"0110"`, the highest bit first.
  private func bitString() throws -> QASMValue {
    let digits = source.bytes[token.range].dropFirst().dropLast().filter {
      $0 != UInt8(ascii: "_")
    }
    guard !digits.isEmpty, digits.count < 64, digits.allSatisfy({ $0 | 1 == UInt8(ascii: "1") })
    else {
      throw source.error(
        "\(source.quoted(token.range)) is not a bit string of 1 to 63 digits 0 and 1",
        at: token.offset)
    }
    return .integer(digits.reduce(0) { 2 * $0 + Int($1 & 1) })
  }

  private mutating func call(
    _ name: String, at offset: Int, into result: inout QASMExpression
  ) throws {
    guard QASMEvaluator.functionNames.contains(name) else {
      throw source.error(
        "function '\(name.prefix(40))' is not known; "
          + didYouMean(name, in: QASMEvaluator.functionNames.sorted()), at: offset)
    }
    try advance()
    var count = 0
    if !token.isSign(")") {
      repeat {
        try nested { try $0.binary(above: 0, into: &result) }
        count += 1
      } while try accept(",")
    }
    try expect(")")
    try emit(.call(name, arguments: count, at: offset), into: &result)
  }

  private func number() throws -> QASMValue {
    let text = source.text(token.range).filter { $0 != "_" }
    if token.kind == .integer {
      let radix =
        text.hasPrefix("0x") || text.hasPrefix("0X")
        ? 16
        : text.hasPrefix("0b") || text.hasPrefix("0B")
          ? 2
          : text.hasPrefix("0o") || text.hasPrefix("0O") ? 8 : 10
      if let value = Int(radix == 10 ? text : String(text.dropFirst(2)), radix: radix) {
        return .integer(value)
      }
      if version == .v2, let value = Double(text), value.isFinite { return .real(value) }
      throw source.error(
        "\(source.quoted(token.range)) is not a whole number of 64 bits", at: token.offset)
    }
    let digits =
      text.hasSuffix(".")
      ? text + "0" : text.replacing(".e", with: ".0e").replacing(".E", with: ".0e")
    guard let value = Double(digits.hasPrefix(".") ? "0" + digits : digits), value.isFinite else {
      throw source.error("\(source.quoted(token.range)) is not a finite number", at: token.offset)
    }
    return .real(value)
  }
}
