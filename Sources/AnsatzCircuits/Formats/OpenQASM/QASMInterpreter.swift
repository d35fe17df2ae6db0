import AnsatzMath

/// Runs a program's statements and collects its gates.
final class QASMInterpreter {
  /// What a name stands for.
  enum Binding {
    case value(QASMValue)
    case qubits([Int], isRegister: Bool)
    case bits(name: String, size: Int, isRegister: Bool)
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

  var operations: [GateOperation] = []
  /// The steps of the gate being expanded; nil outside gates.
  var collected: [GateOperation]?
  var qubitNames: [String] = []
  var usesHardwareQubits = false
  var measurements: [OpenQASMProgram.Measurement] = []
  var measuredAt: [Int: Int] = [:]
  private var touched: Set<Int> = []
  private var classicalRegisters: [OpenQASMProgram.ClassicalRegister] = []
  private var inputs: [Bundle] = []
  private var bundlesByName: [String: Bundle] = [:]
  private var hasInclude = false
  private var notices: [(text: String, offset: Int)] = []

  /// Where the run stands in the text.
  private(set) var position = 0
  private var steps = 0
  private var angleParts = 0

  static let maximumOperations = 1_000_000
  static let maximumSteps = 5_000_000
  static let maximumAngleParts = 20_000_000
  static let maximumInputs = 10_000

  init(_ source: QASMSource, version: OpenQASM.Version, weights: [String]) {
    self.source = source
    self.version = version
    trained = Set(weights)
  }

  func program() throws -> OpenQASMProgram {
    var parser: QASMParser
    do {
      parser = try QASMParser(source, version: version)
      while true {
        position = parser.token.offset
        guard let statement = try parser.next() else { break }
        try run(statement)
      }
    } catch let error as CircuitError {
      throw source.error(error.description, at: position)
    }
    guard !qubitNames.isEmpty else {
      throw source.error("the program declares no qubits", at: source.bytes.count)
    }
    for name in trained.sorted() where !inputs.contains(where: { $0.name == name }) {
      throw AnsatzError(
        .usage,
        "\(source.name): no input named '\(name)' to train"
          + (inputs.isEmpty
            ? "; the program has no inputs"
            : "; " + didYouMean(name, in: inputs.map(\.name))))
    }
    let circuit = try Circuit(
      source.name, qubits: qubitNames.count, operations: operations.map { .gate($0) })
    return OpenQASMProgram(
      version: version, circuit: circuit, inputs: inputs.filter { $0.role == .inputs },
      weights: inputs.filter { $0.role == .weights }, qubitNames: qubitNames,
      classicalRegisters: classicalRegisters, measurements: measurements,
      notices: (notices + parser.notices).sorted { $0.offset < $1.offset }.map {
        let (line, column) = source.position(of: $0.offset)
        return "\(source.name):\(line):\(column): \($0.text)"
      })
  }

  // MARK: Names

  func lookup(_ name: String) -> Binding? {
    for scope in scopes.reversed() { if let binding = scope[name] { return binding } }
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
    QASMEvaluator(source: source, version: version, dividesExactly: dividesExactly) {
      if case .value(let value)? = self.lookup($0) { value } else { nil }
    }
  }

  func value(_ expression: QASMExpression, dividesExactly: Bool = false) throws -> QASMValue {
    if expression.instructions.count == 1, case .push(let value) = expression.instructions[0] {
      return value
    }
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
    steps += amount
    guard steps <= QASMInterpreter.maximumSteps else {
      throw source.error(
        "the program takes more than \(QASMInterpreter.maximumSteps) steps; shorten its loops",
        at: offset)
    }
  }

  func notice(_ text: String, at offset: Int) {
    guard notices.count < 20, !notices.contains(where: { $0.text == text }) else { return }
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
      let value = try converted(value(expression), to: type, at: expression.offset)
      try declare(name, .value(value), at: offset)
    case .alias(let name, let operand, let offset):
      let (qubits, _) = try qubits(operand)
      try declare(name, .qubits(qubits, isRegister: true), at: offset)
    case .loop(let loop): try run(loop)
    case .measure(let qubits, let bits, let offset):
      try measure(qubits, into: bits, at: offset)
    case .reset(let operand, let offset):
      for qubit in try qubits(operand).0 where touched.contains(qubit) || measuredAt[qubit] != nil {
        throw source.error(
          "'reset' of \(qubitNames[qubit]), which is in use, is not supported", at: offset)
      }
      notice("'reset' of an unused qubit does nothing and is skipped", at: offset)
    case .include(let name, let offset):
      guard QASMLibrary.includes.contains(name) else {
        throw source.error(
          "include \"\(name.prefix(60))\" is not supported; only "
            + QASMLibrary.includes.joined(separator: " and ") + ", which are built in", at: offset)
      }
      hasInclude = true
    case .barrier: break
    }
  }

  private func run(_ loop: QASMLoop) throws {
    func once(_ value: Int) throws {
      try count(1, at: loop.offset)
      scopes.append([loop.variable: .value(.integer(value))])
      defer { scopes.removeLast() }
      for statement in loop.body {
        if case .call(let call) = statement { try run(call); continue }
        if case .gate(let gate) = statement {
          throw source.error("a gate is declared inside a loop", at: gate.offset)
        }
        if case .register(let register) = statement {
          throw source.error("a register is declared inside a loop", at: register.offset)
        }
        if case .input(let input) = statement {
          throw source.error("an input is declared inside a loop", at: input.offset)
        }
        try run(statement)
      }
    }
    switch loop.values {
    case .item(let expression):
      throw source.error("a loop runs over a range [a:b] or a set {a, b}", at: expression.offset)
    case .set(let items): for item in items { try once(integer(item, "a loop's value")) }
    case .range(let start?, let step, let end?):
      let last = try integer(end, "a range's end")
      let stride = try step.map { try integer($0, "a range's step") } ?? 1
      if stride == 0 { throw source.error("a range's step is 0", at: loop.offset) }
      var value = try integer(start, "a range's start")
      while stride > 0 ? value <= last : value >= last {
        try once(value)
        let (next, overflow) = value.addingReportingOverflow(stride)
        if overflow { break }
        value = next
      }
    case .range:
      throw source.error("a loop's range needs a start and an end", at: loop.offset)
    }
  }

  private func converted(_ value: QASMValue, to type: String, at offset: Int) throws -> QASMValue {
    switch (type, value) {
    case (_, .angle):
      throw source.error("a constant cannot depend on an input", at: offset)
    case ("int", .integer), ("bool", .boolean): return value
    case ("uint", .integer(let number)) where number >= 0: return value
    case ("uint", .integer(let number)):
      throw source.error("\(number) is negative; 'uint' is not", at: offset)
    case ("int", _), ("uint", _), ("bool", _):
      return try evaluator().call(type, [value], at: offset)
    default: return .real(value.real ?? 0)
    }
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
      try declare(
        register.name, .bits(name: register.name, size: size, isRegister: isRegister),
        at: register.offset)
      classicalRegisters.append(.init(name: register.name, size: size))
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

  /// Adds gates to the circuit; `call` is what the program says.
  func append(_ gates: [GateOperation], for call: QASMCall) throws {
    for gate in gates {
      for qubit in gate.controls + gate.targets {
        touched.insert(qubit)
        if let offset = measuredAt[qubit] {
          throw source.error(
            "'\(call.name.prefix(40))' acts on \(qubitNames[qubit]) after its measurement in line "
              + "\(source.position(of: offset).line); measurement before the end is not supported",
            at: call.offset)
        }
      }
      angleParts += gate.angles.count
    }
    operations += gates
    guard operations.count <= QASMInterpreter.maximumOperations else {
      throw source.error(
        "the program has more than \(QASMInterpreter.maximumOperations) gates", at: call.offset)
    }
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
