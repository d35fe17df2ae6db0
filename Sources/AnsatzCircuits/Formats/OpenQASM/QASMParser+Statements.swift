import AnsatzMath

// Declarations, loops, gate calls and their operands.
extension QASMParser {
  /// The words between a gate's name and its body.
  private mutating func gateHead() throws -> (name: String, parameters: [String], qubits: [String])
  {
    try advance()
    let name = try newName("a gate's name")
    var parameters: [String] = []
    if try accept("(") {
      if !token.isSign(")") { parameters = try names("a parameter's name") }
      try expect(")")
    }
    return (name, parameters, try names("a qubit's name"))
  }

  private mutating func names(_ what: String) throws -> [String] {
    var names: [String] = []
    var seen: Set<String> = []
    repeat {
      let offset = token.offset
      let name = try newName(what)
      guard seen.insert(name).inserted else {
        throw source.error("'\(name.prefix(40))' is declared twice", at: offset)
      }
      names.append(name)
    } while try accept(",")
    return names
  }

  mutating func gateDeclaration() throws -> QASMGate {
    let offset = token.offset
    let (name, parameters, qubits) = try gateHead()
    guard token.isSign("{") else { throw unexpected("'{'") }
    let body = try block()
    return QASMGate(
      name: name, parameters: parameters, qubits: qubits, body: body, offset: offset)
  }

  mutating func opaqueDeclaration() throws -> QASMGate {
    let offset = token.offset
    let (name, parameters, qubits) = try gateHead()
    try expect(";")
    return QASMGate(name: name, parameters: parameters, qubits: qubits, body: nil, offset: offset)
  }

  /// Statements in braces, or one without.
  private mutating func block() throws -> [QASMStatement] {
    guard try accept("{") else { return [try storedStatement()] }
    var statements: [QASMStatement] = []
    while !token.isSign("}") {
      if token.kind == .end { throw unexpected("'}'") }
      statements.append(try storedStatement())
    }
    try advance()
    return statements
  }

  private mutating func storedStatement() throws -> QASMStatement {
    storedStatements += 1
    guard storedStatements <= QASMParser.maximumStoredStatements else {
      throw source.error(
        "more than \(QASMParser.maximumStoredStatements) statements inside gates and loops",
        at: token.offset)
    }
    return try nested {
      try $0.skipAnnotations()
      return try $0.statement()
    }
  }

  /// `qreg q[2];` and `creg c[2];`
  mutating func register(_ kind: QASMRegister.Kind) throws -> QASMRegister {
    try advance()
    let offset = token.offset
    let name = try newName("a register's name")
    var size: QASMExpression?
    if try accept("[") {
      size = try expression()
      try expect("]")
    } else if version == .v2 {
      throw unexpected("'['")
    }
    try expect(";")
    return QASMRegister(kind: kind, name: name, size: size, offset: offset)
  }

  /// `qubit[2] q;` and `bit[2] c = measure q;`
  mutating func typedRegister(_ kind: QASMRegister.Kind) throws -> QASMRegister {
    try advance()
    let size = try designator()
    let offset = token.offset
    let name = try newName("a register's name")
    var register = QASMRegister(kind: kind, name: name, size: size, offset: offset)
    if kind == .bits, try accept("=") {
      if isWord("measure") {
        register.measured = try measurement().0
      } else {
        register.start = try expression()
      }
    }
    try expect(";")
    return register
  }

  private mutating func designator() throws -> QASMExpression? {
    guard try accept("[") else { return nil }
    let size = try expression()
    try expect("]")
    return size
  }

  private mutating func type(_ allowed: [String]) throws -> QASMType {
    let offset = token.offset
    let name = try identifier("a type")
    guard allowed.contains(name) else {
      throw source.error(
        "type '\(name.prefix(40))' is not supported here; use \(allowed.joined(separator: ", "))",
        at: offset)
    }
    return QASMType(name: name, size: try designator())
  }

  mutating func input(_ annotation: String?) throws -> QASMInput {
    try advance()
    _ = try type(["angle", "float"])
    let offset = token.offset
    let name = try newName("an input's name")
    try expect(";")
    return QASMInput(name: name, annotation: annotation, offset: offset)
  }

  mutating func constant() throws -> QASMStatement {
    try advance()
    let type = try type(QASMParser.constantTypes)
    let offset = token.offset
    let name = try newName("a constant's name")
    try expect("=")
    let value = try expression()
    try expect(";")
    return .constant(type: type, name: name, value: value, offset: offset)
  }

  mutating func alias() throws -> QASMStatement {
    try advance()
    let offset = token.offset
    let name = try newName("an alias's name")
    try expect("=")
    let operand = try operand()
    try expect(";")
    return .alias(name: name, operand, offset: offset)
  }

  mutating func loop() throws -> QASMLoop {
    let offset = token.offset
    try advance()
    let type = try type(QASMParser.constantTypes)
    let variable = try newName("a loop variable")
    guard isWord("in") else { throw unexpected("'in'") }
    try advance()
    let values: QASMOperand.Index
    if token.isSign("{") {
      values = try set()
    } else if token.isSign("[") {
      values = try bracket()
    } else {
      throw source.error("a loop runs over a range [a:b] or a set {a, b}", at: token.offset)
    }
    return QASMLoop(
      type: type, variable: variable, values: values, body: try block(), offset: offset)
  }

  /// The types of constants and of loop variables.
  private static let constantTypes = ["int", "uint", "float", "angle", "bool", "bit"]

  mutating func conditional() throws -> QASMConditional {
    let offset = token.offset
    try advance()
    try expect("(")
    let condition = version == .v2 ? try equality() : try expression()
    try expect(")")
    let body = version == .v2 ? [try action()] : try block()
    var otherwise: [QASMStatement] = []
    if version == .v3, isWord("else") {
      try advance()
      otherwise = try block()
    }
    return QASMConditional(
      condition: condition, body: body, otherwise: otherwise, offset: offset)
  }

  /// `c == 3`, the one kind of question that version 2 has.
  private mutating func equality() throws -> QASMExpression {
    var result = QASMExpression(offset: token.offset)
    let part = QASMOperand.Part(
      name: try identifier("a classical register"), indices: try indices(), offset: result.offset)
    let sign = token
    try expect("==")
    let number = try expression()
    result.instructions = [.element(part)] + number.instructions
    result.instructions.append(.binary(.equal, at: sign.offset))
    return result
  }

  /// What version 2 lets stand behind an `if`.
  private mutating func action() throws -> QASMStatement {
    let offset = token.offset
    let statement = try storedStatement()
    switch statement {
    case .call, .measure, .reset: return statement
    default:
      throw source.error("a gate, 'measure' or 'reset' stands behind 'if'", at: offset)
    }
  }

  private mutating func set() throws -> QASMOperand.Index {
    try expect("{")
    let items = try expressions(until: "}")
    try expect("}")
    return .set(items)
  }

  private mutating func expressions(until sign: StaticString) throws -> [QASMExpression] {
    var items: [QASMExpression] = []
    if token.isSign(sign) { return items }
    repeat { items.append(try expression()) } while try accept(",")
    return items
  }

  /// What stands in one pair of square brackets.
  private mutating func bracket() throws -> QASMOperand.Index {
    try expect("[")
    if token.isSign("{") {
      let items = try set()
      try expect("]")
      return items
    }
    let start = token.isSign(":") ? nil : try expression()
    guard try accept(":") else {
      try expect("]")
      return start.map { .item($0) } ?? .set([])
    }
    let middle = token.isSign(":") || token.isSign("]") ? nil : try expression()
    if try accept(":") {
      let end = token.isSign("]") ? nil : try expression()
      try expect("]")
      return .range(start: start, step: middle, end: end)
    }
    try expect("]")
    return .range(start: start, step: nil, end: middle)
  }

  mutating func indices() throws -> [QASMOperand.Index] {
    var indices: [QASMOperand.Index] = []
    while token.isSign("[") {
      if indices.count == 16 { throw source.error("too many indices", at: token.offset) }
      indices.append(try bracket())
    }
    return indices
  }

  mutating func operand() throws -> QASMOperand {
    var parts: [QASMOperand.Part] = []
    repeat {
      let offset = token.offset
      let name: String
      if token.kind == .hardwareQubit, token.range.count < 10 {
        name = word
        try advance()
      } else {
        name = try identifier("a qubit or register")
      }
      parts.append(.init(name: name, indices: try indices(), offset: offset))
    } while try accept("++")
    return QASMOperand(parts: parts)
  }

  mutating func operands() throws -> [QASMOperand] {
    var operands: [QASMOperand] = []
    repeat { operands.append(try operand()) } while try accept(",")
    return operands
  }

  /// A gate call without its semicolon; without operands if none follow.
  mutating func call() throws -> QASMCall {
    var modifiers: [(modifier: QASMCall.Modifier, offset: Int)] = []
    while version == .v3, token.kind == .identifier,
      ["ctrl", "negctrl", "inv", "pow"].contains(word)
    {
      let offset = token.offset
      let name = try identifier("a modifier")
      var argument: QASMExpression?
      if try accept("(") {
        argument = try expression()
        try expect(")")
      }
      switch (name, argument) {
      case ("inv", nil): modifiers.append((.inverse, offset))
      case ("pow", let exponent?): modifiers.append((.power(exponent), offset))
      case ("ctrl", let count), ("negctrl", let count):
        modifiers.append((.control(count, on: name == "ctrl"), offset))
      default: throw source.error("'inv' takes no argument and 'pow' takes one", at: offset)
      }
      guard modifiers.count <= 64 else {
        throw source.error("more than 64 modifiers on one gate", at: offset)
      }
      try expect("@")
    }
    let offset = token.offset
    let name = try identifier("a gate")
    var arguments: [QASMExpression] = []
    if try accept("(") {
      arguments = try expressions(until: ")")
      try expect(")")
    }
    let hasOperands = token.kind == .identifier || token.kind == .hardwareQubit
    return QASMCall(
      modifiers: modifiers, name: name, arguments: arguments,
      operands: hasOperands ? try operands() : [], offset: offset)
  }
}
