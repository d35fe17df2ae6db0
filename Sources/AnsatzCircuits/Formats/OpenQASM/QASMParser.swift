import AnsatzMath

/// Reads statements, one when asked.
struct QASMParser {
  let source: QASMSource
  let version: OpenQASM.Version
  private var lexer: QASMLexer
  private(set) var token: QASMToken
  /// How deeply parentheses, signs and blocks are nested just now.
  var depth = 0
  /// The statements inside gates and loops so far; those at the top are not kept.
  var storedStatements = 0
  private(set) var notices: [(text: String, offset: Int)] = []
  private var annotation: String?

  static let maximumDepth = 200
  static let maximumStoredStatements = 300_000

  /// - Parameter range: The place of an included file; nil for the program itself.
  init(
    _ source: QASMSource, _ range: Range<Int>? = nil, version: OpenQASM.Version
  ) throws {
    self.source = source
    self.version = version
    lexer = QASMLexer(source, range ?? 0..<source.end, version: version)
    token = try lexer.next()
    if range != nil { return }
    if token.kind == .identifier, word == "OPENQASM" {
      try advance()
      try advance()
      try expect(";")
    }
  }

  /// The version that the program's first line names, or nil if there is none.
  static func declaredVersion(of source: QASMSource) throws -> OpenQASM.Version? {
    var lexer = QASMLexer(source, 0..<source.end, version: .v3)
    guard let first = try? lexer.next(), first.kind == .identifier,
      source.bytes[first.range].elementsEqual("OPENQASM".utf8)
    else { return nil }
    let number = try lexer.next()
    let text = number.range.count < 10 ? source.text(number.range) : ""
    switch text {
    case "2", "2.0": return .v2
    case "3", "3.0", "3.1": return .v3
    default:
      throw source.error(
        "version \(source.quoted(number.range)) is not known; use 2.0 or 3.0", at: number.offset)
    }
  }

  // MARK: Tokens

  /// The text of the token.
  var word: String { source.text(token.range) }

  mutating func advance() throws { token = try lexer.next() }

  func isWord(_ text: String) -> Bool {
    token.kind == .identifier && token.range.count == text.utf8.count && word == text
  }

  mutating func accept(_ sign: StaticString) throws -> Bool {
    guard token.isSign(sign) else { return false }
    try advance()
    return true
  }

  mutating func expect(_ sign: StaticString) throws {
    if try !accept(sign) { throw unexpected("'\(sign)'") }
  }

  func unexpected(_ wanted: String) -> AnsatzError {
    let found = token.kind == .end ? "the end of the program" : source.quoted(token.range)
    return source.error("\(wanted) expected, not \(found)", at: token.offset)
  }

  static let maximumNameLength = 1000

  /// A name that is declared, which no keyword can be.
  mutating func newName(_ what: String) throws -> String {
    let offset = token.offset
    let name = try identifier(what)
    guard !QASMLibrary.keywords(of: version).contains(name) else {
      throw source.error(
        "'\(name)' is a keyword of OpenQASM \(version.rawValue) and cannot be \(what)", at: offset)
    }
    return name
  }

  mutating func identifier(_ what: String) throws -> String {
    guard token.kind == .identifier else { throw unexpected(what) }
    guard token.range.count <= QASMParser.maximumNameLength else {
      throw source.error(
        "a name of \(token.range.count) bytes; at most \(QASMParser.maximumNameLength)",
        at: token.offset)
    }
    let name = word
    try advance()
    return name
  }

  /// Runs a nested part, one level deeper.
  mutating func nested<T>(_ body: (inout QASMParser) throws -> T) throws -> T {
    guard depth < QASMParser.maximumDepth else {
      throw source.error(
        "nested more than \(QASMParser.maximumDepth) levels deep", at: token.offset)
    }
    depth += 1
    defer { depth -= 1 }
    return try body(&self)
  }

  mutating func notice(_ text: String, at offset: Int) {
    if notices.count < 20 { notices.append((text, offset)) }
  }

  // MARK: Statements

  /// The next statement, or nil at the end of the program.
  mutating func next() throws -> QASMStatement? {
    try skipAnnotations()
    if token.kind == .end { return nil }
    return try statement()
  }

  mutating func skipAnnotations() throws {
    annotation = nil
    while token.isSign("@") || token.kind == .pragma {
      if token.kind == .sign { token = lexer.annotation(from: token) }
      if version == .v2 {
        throw source.error(
          "\(source.quoted(token.range)): version 2 has no annotations or pragmas",
          at: token.offset)
      }
      let text = token.range.count < 4000 ? word : ""
      if QASMWeightMark.isMark(text) {
        annotation = text
      } else {
        notice(
          token.kind == .pragma ? "a pragma is skipped" : "an annotation is skipped",
          at: token.offset)
      }
      try advance()
    }
  }

  mutating func statement() throws -> QASMStatement {
    guard token.kind == .identifier else { throw unexpected("a statement") }
    let offset = token.offset
    let name = token.range.count <= 20 ? word : ""
    switch (name, version) {
    case ("gate", _): return .gate(try gateDeclaration())
    case ("opaque", .v2): return .gate(try opaqueDeclaration())
    case ("qreg", _): return .register(try register(.qubits))
    case ("creg", _): return .register(try register(.bits))
    case ("include", _): return try include()
    case ("barrier", _): return try barrier()
    case ("measure", _):
      let (qubits, bits) = try measurement()
      try expect(";")
      return .measure(qubits, into: bits, offset: offset)
    case ("reset", _):
      try advance()
      let operand = try operand()
      try expect(";")
      return .reset(operand, offset: offset)
    case ("qubit", .v3): return .register(try typedRegister(.qubits))
    case ("bit", .v3): return .register(try typedRegister(.bits))
    case ("input", .v3): return .input(try input(annotation))
    case ("const", .v3): return try constant()
    case ("let", .v3): return try alias()
    case ("for", .v3): return .loop(try loop())
    case ("if", _): return .conditional(try conditional())
    default: break
    }
    if let construct = QASMParser.unsupported[name], version == .v3 || name == "OPENQASM" {
      throw source.error("\(construct) not supported", at: offset)
    }
    return try callOrAssignment()
  }

  /// What programs may say and circuits cannot hold, by its first word.
  private static let unsupported: [String: String] = [
    "OPENQASM": "a version line that is not the first statement is",
    "else": "'else' without an 'if' before it is",
    "while": "'while' loops are", "switch": "'switch' is", "def": "'def' (subroutines) is",
    "extern": "'extern' functions are", "defcal": "'defcal' (pulses) is",
    "cal": "'cal' (pulses) is", "defcalgrammar": "'defcalgrammar' (pulses) is",
    "box": "'box' is", "delay": "'delay' is", "duration": "'duration' (timing) is",
    "stretch": "'stretch' (timing) is", "return": "'return' is", "break": "'break' is",
    "continue": "'continue' is", "end": "'end' is", "output": "'output' is",
    "array": "'array' variables are", "complex": "'complex' numbers are", "nop": "'nop' is",
    "int": "a classical variable (only 'const int') is",
    "uint": "a classical variable (only 'const uint') is",
    "float": "a classical variable (only 'const float') is",
    "angle": "a classical variable (only 'const angle') is",
    "bool": "a classical variable (only 'const bool') is",
    "opaque": "'opaque' is OpenQASM 2 and in version 3",
  ]

  static let typeNames: Set<String> = ["int", "uint", "float", "angle", "bool", "bit"]

  /// Words of version 3 that are mere names in version 2.
  private static let laterWords = typeNames.union([
    "qubit", "input", "const", "let", "for", "ctrl", "negctrl", "inv", "pow", "gphase",
  ])

  private mutating func include() throws -> QASMStatement {
    let offset = token.offset
    try advance()
    guard token.kind == .string else { throw unexpected("a file name in quotation marks") }
    let name = source.text(token.range.lowerBound + 1..<token.range.upperBound - 1)
    try advance()
    try expect(";")
    return .include(name, offset: offset)
  }

  private mutating func barrier() throws -> QASMStatement {
    try advance()
    let operands = token.isSign(";") ? [] : try operands()
    try expect(";")
    return .barrier(operands)
  }

  mutating func measurement() throws -> (QASMOperand, QASMOperand?) {
    try advance()
    let qubits = try operand()
    return (qubits, try accept("->") ? try operand() : nil)
  }

  private mutating func callOrAssignment() throws -> QASMStatement {
    let offset = token.offset
    let call = try call()
    if version == .v2, call.operands.isEmpty, QASMParser.laterWords.contains(call.name) {
      throw source.error("'\(call.name)' is OpenQASM 3; this is read as version 2", at: offset)
    }
    if version == .v3, call.modifiers.isEmpty, call.arguments.isEmpty, call.operands.isEmpty,
      token.isSign("=") || token.isSign("[") || token.kind == .sign && !token.isSign(";")
    {
      let target = QASMOperand(parts: [
        .init(name: call.name, indices: try indices(), offset: offset)
      ])
      guard try accept("="), isWord("measure") else {
        throw source.error("assignment to a classical variable is not supported", at: offset)
      }
      let (qubits, _) = try measurement()
      try expect(";")
      return .measure(qubits, into: target, offset: offset)
    }
    try expect(";")
    return .call(call)
  }
}
