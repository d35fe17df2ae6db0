import AnsatzMath

/// Runs a program's statements and collects its gates.
final class QASMInterpreter {
  /// What a name stands for.
  enum Binding {
    /// With the divisions that rounded on the way to it.
    case value(QASMValue, roundings: [QASMRounding] = [])
    case qubits([Int], isRegister: Bool)
    case bits([Bit], isRegister: Bool)
  }

  let source: QASMSource
  let version: OpenQASM.Version
  private let trained: Set<String>

  var globals: [String: Binding] = [:]
  /// The scopes of loops and of the gate being expanded; the innermost last.
  var scopes: [[String: Binding]] = []
  /// Whether the innermost scope sees the ones around it.
  var isInGate = false
  var gates: [String: QASMGate] = [:]
  /// Gates declared before this position are visible; a gate's body sees only earlier ones.
  var visibleGates = Int.max

  /// The circuit so far, or the body of the conditional being read.
  var operations: [CircuitOperation] = []
  /// How many conditionals are open.
  var branchDepth = 0
  /// The steps of the gate being expanded; nil outside gates.
  var collected: [GateOperation]?
  var qubitNames: [String] = []
  var usesHardwareQubits = false
  /// The qubits that a measurement without a bit was the last to act on, and where.
  var discarded: [Int: Int] = [:]
  var touched: Set<Int> = []
  private var registers: [Bits] = []
  private var inputs: [Bundle] = []
  private var bundlesByName: [String: Bundle] = [:]
  private var hasInclude = false
  private let folder: QASMFolder?
  /// The included files that are being read.
  private var openFiles: [String] = []
  private var notices: [(text: String, offset: Int)] = []
  private var omittedNotices = 0

  /// The divisions that rounded in the expression being evaluated; nil where nobody asks.
  struct Roundings {
    var own: [QASMRounding] = []
    var inherited: [QASMRounding] = []
  }
  var roundings: Roundings?
  /// Where a notice of a rounded division was given.
  var noticedRoundings: Set<Int> = []
  var counts = GateCounts()

  /// Where the run stands in the text.
  private(set) var position = 0
  /// How far the run has come within its limits.
  struct Pace {
    var steps = 0
    /// Whether a limit on the length of the run ended it.
    var isTooLong = false
    /// The step at which the caller is told next.
    var nextReport = 0
  }
  var pace = Pace()
  private var operationCount = 0
  private let progress: ((_ fraction: Double, _ gates: Int) -> Void)?
  private var angleParts = 0

  static let maximumOperations = 1_000_000
  static let maximumSteps = 5_000_000
  static let longestCountedText = 1 << 20
  static let maximumAngleParts = 20_000_000
  static let maximumInputs = 10_000
  static let maximumRegisters = 10_000
  static let maximumBranchDepth = 32
  static let maximumIncludeDepth = 16

  /// - Parameters:
  ///   - folder: Where included files are looked for; nil for none but the built-in ones.
  ///   - progress: Is told now and then how much of the program has been read.
  init(
    _ source: QASMSource, version: OpenQASM.Version, weights: [String], folder: QASMFolder?,
    progress: ((_ fraction: Double, _ gates: Int) -> Void)? = nil
  ) {
    self.source = source
    self.version = version
    self.folder = folder
    self.progress = progress
    trained = Set(weights)
  }

  func program() throws -> OpenQASMProgram {
    var parser: QASMParser
    do {
      let limit = QASMInterpreter.maximumOperations
      if let offset = QASMStatementScan.overflow(in: source, limit: limit) {
        throw tooManyGates(at: offset)
      }
      try countGates()
      parser = try QASMParser(source, version: version)
      while true {
        position = parser.token.offset
        guard let statement = try parser.next() else { break }
        try runAtTop(statement)
      }
    } catch let error as CircuitError {
      throw source.error(error.description, at: position)
    }
    guard !qubitNames.isEmpty else {
      throw source.error("the program declares no qubits", at: source.end)
    }
    for name in trained.sorted() where !inputs.contains(where: { $0.name == name }) {
      throw AnsatzError(
        .usage,
        "\(source.name): no input named '\(name)' to train"
          + (inputs.isEmpty
            ? "; the program has no inputs"
            : "; " + didYouMean(name, in: inputs.map(\.name))))
    }
    for offset in discarded.values.sorted() {
      notice("a measurement whose result is not kept is skipped", at: offset)
    }
    let circuit = try Circuit(
      source.name, qubits: qubitNames.count, registers: registers, operations: operations)
    if omittedNotices > 0 {
      notice("\(omittedNotices) further notices are left out", at: source.end, always: true)
    }
    return OpenQASMProgram(
      version: version, circuit: circuit, inputs: inputs.filter { $0.role == .inputs },
      weights: inputs.filter { $0.role == .weights }, qubitNames: qubitNames,
      notices: (notices + parser.notices).sorted { $0.offset < $1.offset }.map {
        "\(source.place($0.offset)): \($0.text)"
      })
  }

  // MARK: Names

  func lookup(_ name: String) -> Binding? {
    for scope in scopes.reversed() { if let binding = scope[name] { return binding } }
    // A gate sees the program's numbers, and no qubits but its own.
    if isInGate, case .qubits? = globals[name] { return nil }
    return globals[name]
  }

  func declare(_ name: String, _ binding: Binding, at offset: Int) throws {
    let isTaken = scopes.isEmpty ? globals[name] != nil : scopes[scopes.count - 1][name] != nil
    if isTaken || scopes.isEmpty && gates[name] != nil {
      throw source.error("'\(name.prefix(40))' is declared twice", at: offset)
    }
    if scopes.isEmpty {
      globals[name] = binding
    } else {
      scopes[scopes.count - 1][name] = binding
    }
  }

  func evaluator(dividesExactly: Bool = false) -> QASMEvaluator {
    QASMEvaluator(
      source: source, version: version, dividesExactly: dividesExactly,
      lookup: {
        switch self.lookup($0) {
        case .value(let value, let roundings):
          if !roundings.isEmpty { self.roundings?.inherited += roundings }
          return value
        case .bits(let bits, let isRegister): return .bits(bits, isRegister: isRegister)
        case .qubits, nil: return nil
        }
      },
      element: { try self.element($0) }, rounded: { self.roundings?.own.append($0) })
  }

  /// What an expression is worth, which must not depend on measurements.
  func value(_ expression: QASMExpression, dividesExactly: Bool = false) throws -> QASMValue {
    if expression.instructions.count == 1, case .push(let value) = expression.instructions[0] {
      return value
    }
    let value = try measuredValue(expression, dividesExactly: dividesExactly)
    guard !value.isMeasured else {
      throw source.error(
        "a number that depends on classical bits is not supported here", at: expression.offset)
    }
    return value
  }

  private func measuredValue(
    _ expression: QASMExpression, dividesExactly: Bool = false
  ) throws -> QASMValue {
    try count(1 + expression.instructions.count / 16, at: expression.offset)
    return try evaluator(dividesExactly: dividesExactly).value(of: expression)
  }

  func integer(_ expression: QASMExpression, _ what: String) throws -> Int {
    let value = try value(expression)
    if case .integer(let number) = value { return number }
    throw source.error("\(what) is a whole number", at: expression.offset)
  }

  // MARK: Limits

  func count(_ amount: Int, at offset: Int) throws {
    pace.steps += amount
    if pace.steps >= pace.nextReport { try report() }
    guard pace.steps <= QASMInterpreter.maximumSteps else {
      pace.isTooLong = true
      throw source.error(
        "the program takes more than \(QASMInterpreter.maximumSteps) steps; shorten its loops",
        at: offset)
    }
  }

  /// Tells how far the run has come, and ends it if all long work shall stop.
  private func report() throws {
    pace.nextReport = pace.steps + 4096
    try StopFlag.check()
    guard let progress, source.end > 0 else { return }
    let share =
      counts.total > 0
      ? Double(operationCount) / Double(counts.total) : Double(position) / Double(source.end)
    progress(min(1, share), operationCount)
  }

  func tooManyGates(at offset: Int) -> AnsatzError {
    pace.isTooLong = true
    return source.error(
      "the program has more than \(QASMInterpreter.maximumOperations) gates", at: offset)
  }

  /// Takes a notice down, for one text once.
  ///
  /// - Parameters:
  ///   - repeats: Whether the text may be there for another place.
  ///   - always: Whether it is given however many there are.
  func notice(_ text: String, at offset: Int, repeats: Bool = false, always: Bool = false) {
    guard repeats || !notices.contains(where: { $0.text == text }) else { return }
    guard always || notices.count < 20 else {
      omittedNotices += 1
      return
    }
    notices.append((text, offset))
  }

  // MARK: Statements

  func run(_ statement: QASMStatement) throws {
    switch statement {
    case .call(let call): try run(call)
    case .gate(let gate): try declare(gate)
    case .register(let register): try declare(register)
    case .input(let input): try declare(input)
    case .constant(let type, let name, let expression, let offset):
      let (value, roundings) = try roundedValue(expression)
      if case .angle = value {
        throw source.error("a constant cannot depend on an input", at: expression.offset)
      }
      try declare(
        name,
        .value(converted(value, to: type, at: expression.offset), roundings: roundings),
        at: offset)
    case .alias(let name, let operand, let offset):
      let (qubits, _) = try qubits(operand)
      try declare(name, .qubits(qubits, isRegister: true), at: offset)
    case .loop(let loop): try run(loop)
    case .conditional(let conditional): try run(conditional)
    case .measure(let qubits, let bits, let offset):
      try measure(qubits, into: bits, at: offset)
    case .reset(let operand, let offset):
      for qubit in try qubits(operand).0 { try reset(qubit, at: offset) }
    case .include(let name, let offset): try include(name, at: offset)
    case .barrier(let operands): for operand in operands { _ = try qubits(operand) }
    }
  }

  /// A statement outside all others, which is refused before it is expanded if it is too long.
  private func runAtTop(_ statement: QASMStatement) throws {
    if counts.isOnlyCounting {
      try countGates(of: statement)
    } else {
      guard leastGateCount(of: statement) <= QASMInterpreter.maximumOperations - operationCount
      else { throw tooManyGates(at: statement.offset ?? position) }
      try run(statement)
    }
  }

  /// Counts the gates of a program that is short enough to be looked through before it is run.
  ///
  /// - Throws: For too many gates; other mistakes are left to the run.
  private func countGates() throws {
    guard source.end <= QASMInterpreter.longestCountedText else { return }
    let counter = QASMInterpreter(
      try QASMSource(bytes: Array(source.bytes[..<source.end]), name: source.name),
      version: version, weights: [], folder: folder)
    counter.counts.isOnlyCounting = true
    do {
      var parser = try QASMParser(counter.source, version: version)
      while let statement = try parser.next() { try counter.runAtTop(statement) }
    } catch {
      if counter.counts.total > QASMInterpreter.maximumOperations {
        pace.isTooLong = true
        throw error
      }
    }
    counts.total = counter.counts.total
  }

  /// The statements in braces.
  private func run(_ block: [QASMStatement]) throws {
    for statement in block {
      switch statement {
      case .gate(let gate):
        throw source.error("a gate is declared inside a block", at: gate.offset)
      case .register(let register):
        throw source.error("a register is declared inside a block", at: register.offset)
      case .input(let input):
        throw source.error("an input is declared inside a block", at: input.offset)
      case .include(_, let offset):
        throw source.error("'include' stands inside a block", at: offset)
      default: try run(statement)
      }
    }
  }

  private func run(_ conditional: QASMConditional) throws {
    let value = try measuredValue(conditional.condition)
    try count(value.size, at: conditional.offset)
    let condition = try evaluator().condition(value, at: conditional.condition.offset)
    func branch(_ body: [QASMStatement]) throws {
      scopes.append([:])
      defer { scopes.removeLast() }
      try run(body)
    }
    if case .constant(let answer) = condition {
      return try branch(answer ? conditional.body : conditional.otherwise)
    }
    guard branchDepth < QASMInterpreter.maximumBranchDepth else {
      throw source.error(
        "'if' is nested more than \(QASMInterpreter.maximumBranchDepth) levels deep",
        at: conditional.offset)
    }
    func collect(_ body: [QASMStatement]) throws -> [CircuitOperation] {
      let outer = operations
      operations = []
      branchDepth += 1
      defer {
        operations = outer
        branchDepth -= 1
      }
      try branch(body)
      return operations
    }
    let body = try collect(conditional.body)
    let otherwise = try collect(conditional.otherwise)
    if body.isEmpty, otherwise.isEmpty { return }
    try append(
      .conditional(Conditional(condition, operations: body, otherwise: otherwise)),
      of: "if", at: conditional.offset)
  }

  private func include(_ name: String, at offset: Int) throws {
    if QASMLibrary.includes.contains(name) {
      hasInclude = true
      return
    }
    let quoted = "include \"\(name.prefix(60))\""
    guard let folder else {
      throw source.error(
        "\(quoted) is not supported here; only "
          + QASMLibrary.includes.joined(separator: " and ") + ", which are built in", at: offset)
    }
    let (file, bytes): (String, [UInt8])
    do throws(QASMFolder.Problem) {
      (file, bytes) = try folder.file(name)
    } catch {
      throw source.error("\(quoted): \(error.text)", at: offset)
    }
    guard !openFiles.contains(file) else {
      throw source.error("\(quoted): the file includes itself", at: offset)
    }
    guard openFiles.count < QASMInterpreter.maximumIncludeDepth else {
      throw source.error(
        "\(quoted): files include files more than \(QASMInterpreter.maximumIncludeDepth) deep",
        at: offset)
    }
    try count(1000, at: offset)
    openFiles.append(file)
    defer { openFiles.removeLast() }
    let range = try source.append(bytes, name: name)
    var parser = try QASMParser(source, range, version: version)
    while let statement = try parser.next() { try runAtTop(statement) }
    for notice in parser.notices { self.notice(notice.text, at: notice.offset) }
  }

  private func run(_ loop: QASMLoop) throws {
    func once(_ value: QASMValue, _ roundings: [QASMRounding]) throws {
      try count(1, at: loop.offset)
      let value = try converted(value, to: loop.type, at: loop.offset)
      scopes.append([loop.variable: .value(value, roundings: roundings)])
      defer { scopes.removeLast() }
      try run(loop.body)
    }
    switch loop.values {
    case .item(let expression):
      throw source.error("a loop runs over a range [a:b] or a set {a, b}", at: expression.offset)
    case .set(let items):
      for item in items {
        let (value, roundings) = try roundedValue(item)
        try once(value, roundings)
      }
    case .range(let start?, let step, let end?):
      let last = try integer(end, "a range's end")
      let stride = try step.map { try integer($0, "a range's step") } ?? 1
      if stride == 0 { throw source.error("a range's step is 0", at: loop.offset) }
      let roundings = try roundedValue(start).roundings
      var value = try integer(start, "a range's start")
      while stride > 0 ? value <= last : value >= last {
        try once(.integer(value), roundings)
        let (next, overflow) = value.addingReportingOverflow(stride)
        if overflow { break }
        value = next
      }
    case .range:
      throw source.error("a loop's range needs a start and an end", at: loop.offset)
    }
  }

  /// A value as a constant or a loop variable of some type.
  func converted(
    _ value: QASMValue, to type: QASMType, at offset: Int
  ) throws -> QASMValue {
    try evaluator().cast(
      value, to: type.name, size: type.size.map { try integer($0, "a type's size") }, at: offset)
  }

  private func declare(_ register: QASMRegister) throws {
    let size = try register.size.map { try integer($0, "a register's size") } ?? 1
    guard size > 0 else {
      throw source.error(
        "\(register.name.prefix(40)) has \(size) elements; a register has at least 1",
        at: register.offset)
    }
    let isRegister = register.size != nil
    switch register.kind {
    case .qubits:
      if usesHardwareQubits {
        throw source.error(
          "a program has registers or hardware qubits, not both", at: register.offset)
      }
      let first = qubitNames.count
      guard size <= Circuit.maximumQubitCount - first else {
        throw source.error(
          "\(size) qubits more than \(first); a circuit has at most \(Circuit.maximumQubitCount)",
          at: register.offset)
      }
      let qubits = Array(first..<first + size)
      try declare(
        register.name, .qubits(qubits, isRegister: isRegister), at: register.offset)
      qubitNames += (0..<size).map { isRegister ? "\(register.name)[\($0)]" : register.name }
    case .bits:
      let total = registers.reduce(0) { $0 + $1.count }
      guard size <= Bits.maximumCount - total, registers.count < QASMInterpreter.maximumRegisters
      else {
        throw source.error(
          "\(size) bits more than \(total); a program has at most \(Bits.maximumCount) bits in "
            + "\(QASMInterpreter.maximumRegisters) registers", at: register.offset)
      }
      let bits = Bits(register.name, size)
      try declare(
        register.name, .bits(bits.all, isRegister: isRegister), at: register.offset)
      registers.append(bits)
      if let start = register.start, try value(start).real != 0 {
        throw source.error(
          "bits with a start value other than 0 are not supported", at: start.offset)
      }
      if let measured = register.measured {
        let bits = QASMOperand(parts: [
          .init(name: register.name, indices: [], offset: register.offset)
        ])
        try measure(measured, into: bits, at: register.offset)
      }
    }
  }

  private func declare(_ input: QASMInput) throws {
    var symbol = Symbol(
      bundle: Bundle(role: .inputs, name: input.name, shape: [1]), index: 0)
    if let annotation = input.annotation {
      if let mark = QASMWeightMark(annotation) {
        symbol = mark.symbol
      } else {
        notice("an annotation is not understood and skipped", at: input.offset)
      }
    }
    let bundle = symbol.bundle
    if trained.contains(bundle.name) || trained.contains(input.name) {
      symbol = Symbol(
        bundle: Bundle(role: .weights, name: bundle.name, shape: bundle.shape), index: symbol.index)
    }
    if let other = bundlesByName[bundle.name], other != symbol.bundle {
      throw source.error(
        "\(symbol.bundle.role.rawValue) \(symbol.bundle) clash with \(other.role.rawValue) "
          + "\(other)", at: input.offset)
    }
    if bundlesByName.updateValue(symbol.bundle, forKey: bundle.name) == nil {
      inputs.append(symbol.bundle)
    }
    // The circuit looks its bundles up in a list.
    guard inputs.count <= QASMInterpreter.maximumInputs else {
      throw source.error(
        "more than \(QASMInterpreter.maximumInputs) inputs", at: input.offset)
    }
    try declare(
      input.name, .value(QASMValue(symbol: Angle(.symbol(symbol)))), at: input.offset)
  }

  // MARK: The circuit

  /// Adds a step to the circuit or to the conditional being read.
  ///
  /// - Parameter name: What the program calls it.
  func append(_ operation: CircuitOperation, of name: String, at offset: Int) throws {
    for qubit in operation.qubits {
      touched.insert(qubit)
      if let measured = discarded[qubit] {
        throw source.error(
          "'\(name.prefix(40))' acts on \(qubitNames[qubit]) after its measurement in line "
            + "\(source.position(of: measured).line), whose result is not kept; measure into a bit",
          at: offset)
      }
    }
    // What stands in conditionals is looked at once a level.
    operationCount += 1 + branchDepth
    guard operationCount <= QASMInterpreter.maximumOperations else {
      throw tooManyGates(at: offset)
    }
    operations.append(operation)
  }

  func countAngleParts(_ values: [QASMValue], at offset: Int) throws {
    for value in values { angleParts += value.size }
    guard angleParts <= QASMInterpreter.maximumAngleParts else {
      throw source.error("the program's expressions of inputs are too long", at: offset)
    }
  }

  func noticeLibrary(_ name: String, at offset: Int) {
    if !hasInclude, name != "U", name != "CX" {
      notice("the gate library is used without an 'include'", at: offset)
    }
  }
}
