import AnsatzMath

/// Writes a circuit as a program.
struct QASMWriter {
  private let circuit: Circuit
  private let version: OpenQASM.Version
  private var values: [Symbol: Double] = [:]
  private var angleText = QASMAngleText(names: [:])
  private var inputLines: [String] = []
  private var definitions: [String] = []
  private var definedNames: [Definition: String] = [:]
  /// What else may not be called the same.
  private var taken = QASMLibrary.reservedWords
  private var registerNames: [Bits: String] = [:]

  /// What one `gate` definition is for.
  private struct Definition: Hashable {
    let gate: GateDefinition
    let controls: Int
    let targets: Int
  }

  init(
    _ circuit: Circuit, version: OpenQASM.Version, inputs: [Double]?, weights: [Double]?
  ) throws {
    self.circuit = circuit
    self.version = version
    try bind(circuit.inputs, to: inputs, what: "inputs")
    try bind(circuit.weights, to: weights, what: "weights")
    nameInputs()
    for register in circuit.registers {
      registerNames[register] = unused(QASMWriter.identifier(register.name, version))
    }
  }

  /// The name, changed if it is taken.
  private mutating func unused(_ wanted: String) -> String {
    var name = wanted
    while taken.contains(name) { name += "_" }
    taken.insert(name)
    return name
  }

  private mutating func bind(_ bundles: [Bundle], to numbers: [Double]?, what: String) throws {
    let count = bundles.reduce(0) { $0 + $1.count }
    guard let numbers else {
      if version == .v2, count > 0 {
        throw AnsatzError(
          .usage,
          "OpenQASM 2 has no inputs, and the circuit has \(count) \(what); give their values or "
            + "write version 3")
      }
      return
    }
    guard numbers.count == count else {
      throw AnsatzError(.usage, "\(numbers.count) \(what) given; the circuit takes \(count)")
    }
    var position = 0
    for bundle in bundles {
      for index in 0..<bundle.count {
        guard numbers[position].isFinite else {
          throw AnsatzError(
            .usage, "\(what) \(position) is \(numbers[position]); values are finite numbers")
        }
        values[Symbol(bundle: bundle, index: index)] = numbers[position]
        position += 1
      }
    }
  }

  /// Gives each symbol that is left without a value a name and a declaration.
  private mutating func nameInputs() {
    var names: [Symbol: String] = [:]
    for symbol in circuit.operations.flatMap(\.angles).flatMap(\.symbols)
    where values[symbol] == nil && names[symbol] == nil {
      let bundle = symbol.bundle
      let isPlain = bundle.role == .inputs && bundle.shape == [1]
      var name = QASMWriter.identifier(bundle.name, version)
      if bundle.shape != [1] {
        let places = "\(symbol)".dropFirst(bundle.name.count + 1).dropLast()
        name += "_" + places.replacing(", ", with: "_")
      }
      name = unused(name)
      let isChanged = name != bundle.name
      names[symbol] = name
      if !isPlain || isChanged { inputLines.append(QASMWeightMark(symbol).text) }
      inputLines.append("input float[64] \(name);")
    }
    angleText = QASMAngleText(names: names)
  }

  /// The name with everything replaced that an identifier cannot have: version 2 takes ASCII
  /// letters, the first small.
  private static func identifier(_ name: String, _ version: OpenQASM.Version) -> String {
    func isKept(_ scalar: Unicode.Scalar) -> Bool {
      scalar == "_" || ("0"..."9").contains(scalar)
        || scalar.properties.isAlphabetic && (version == .v3 || scalar.isASCII)
    }
    let kept = String(name.unicodeScalars.map { isKept($0) ? Character($0) : "_" })
    guard let first = kept.unicodeScalars.first else { return version == .v2 ? "r" : "_" }
    if version == .v2 { return ("a"..."z").contains(first) ? kept : "r" + kept }
    return ("0"..."9").contains(first) ? "_" + kept : kept
  }

  mutating func written() throws -> String {
    let lines = try lines(for: circuit.operations)
    let head =
      version == .v2
      ? ["OPENQASM 2.0;", "include \"qelib1.inc\";"]
      : ["OPENQASM 3.0;", "include \"stdgates.inc\";"]
    let registers =
      [(name: "q", count: circuit.qubitCount, isQuantum: true)]
      + circuit.registers.map { (name(of: $0), $0.count, false) }
    let declarations = registers.map { name, count, isQuantum in
      version == .v2
        ? "\(isQuantum ? "qreg" : "creg") \(name)[\(count)];"
        : "\(isQuantum ? "qubit" : "bit")[\(count)] \(name);"
    }
    return (head + definitions + inputLines + declarations + lines).joined(separator: "\n") + "\n"
  }

  private mutating func lines(for operations: [CircuitOperation]) throws -> [String] {
    try operations.flatMap { try lines(for: $0) }
  }

  private mutating func lines(for operation: CircuitOperation) throws -> [String] {
    switch operation {
    case .gate(let gate): return try lines(for: gate)
    case .measurement(let measurement):
      let (qubit, bit) = ("q[\(measurement.qubit)]", text(measurement.bit))
      return [version == .v2 ? "measure \(qubit) -> \(bit);" : "\(bit) = measure \(qubit);"]
    case .reset(let reset): return ["reset q[\(reset.qubit)];"]
    case .conditional(let conditional):
      if version == .v2 { return try lines(for: conditional, under: .constant(true)) }
      let condition = QASMConditionText(name: name(of:)).text(conditional.condition)
      let body = try lines(for: conditional.operations).map { "  " + $0 }
      let otherwise = try lines(for: conditional.otherwise).map { "  " + $0 }
      return ["if (\(condition)) {"] + body
        + (otherwise.isEmpty ? [] : ["} else {"] + otherwise) + ["}"]
    case .projection:
      throw AnsatzError(.unavailable, "Postselect cannot be written as OpenQASM")
    case .amplitudes:
      throw AnsatzError(
        .unavailable, "AmplitudeEmbedding, a start state from data, cannot be written as OpenQASM")
    case .channel(let channel):
      throw AnsatzError(
        .unavailable, "the channel \(channel.definition.name) cannot be written as OpenQASM")
    }
  }

  private func name(of register: Bits) -> String { registerNames[register] ?? register.name }

  private func text(_ bit: Bit) -> String { "\(name(of: bit.register))[\(bit.index)]" }

  /// The largest register of which version 2 can list the values that a condition holds for.
  private static let maximumListedBits = 8

  /// A conditional in version 2, whose one question is whether a register has a value: a line for
  /// each value and each step.
  ///
  /// - Parameter outer: The condition of the conditionals around it.
  private mutating func lines(
    for conditional: Conditional, under outer: Condition
  ) throws -> [String] {
    var result: [String] = []
    var bodies: [(Condition, [CircuitOperation])] = []
    if !conditional.operations.isEmpty {
      bodies.append((conditional.condition, conditional.operations))
    }
    if !conditional.otherwise.isEmpty {
      bodies.append((.not(conditional.condition), conditional.otherwise))
    }
    for (own, body) in bodies {
      let condition: Condition = outer == .constant(true) ? own : .and(outer, own)
      for operation in body {
        if case .conditional(let inner) = operation {
          result += try lines(for: inner, under: condition)
          continue
        }
        let lines = try lines(for: operation)
        result += try prefixes(of: condition).flatMap { prefix in lines.map { prefix + $0 } }
      }
    }
    let read = Set(conditional.condition.bits.map(\.register))
    let written = Set(CircuitOperation.conditional(conditional).bitsWritten.map(\.register))
    guard read.isDisjoint(with: written) || result.count <= 1 else {
      throw AnsatzError(
        .unavailable,
        "a conditional on \(conditional.condition) that also measures into the same register "
          + "cannot be written as OpenQASM 2; write version 3")
    }
    return result
  }

  private func prefixes(of condition: Condition) throws -> [String] {
    let registers = condition.bits.map(\.register).uniqued()
    guard let register = registers.first else { return condition.holds { _ in false } ? [""] : [] }
    if case .comparison(register.all, .equal, let number) = condition {
      return number < 0 ? [] : ["if (\(name(of: register)) == \(number)) "]
    }
    guard registers.count == 1, register.count <= QASMWriter.maximumListedBits else {
      throw AnsatzError(
        .unavailable,
        "OpenQASM 2 asks for the value of one register, so the condition \(condition) cannot be "
          + "written; write version 3")
    }
    return (0..<1 << register.count).filter { value in
      condition.holds { value >> $0.index & 1 == 1 }
    }.map { "if (\(name(of: register)) == \($0)) " }
  }

  func text() throws -> String {
    var writer = self
    return try writer.written()
  }

  /// A global phase with controls is a phase on the last of them; version 2 has no words for one
  /// without, and no use of it.
  private mutating func lines(forPhase gate: GateOperation) throws -> [String] {
    let isOpen = gate.controls.isEmpty
    guard let last = gate.controls.last ?? gate.openControls.last else {
      return version == .v2 ? [] : ["gphase(\(try angles(of: gate)[0]));"]
    }
    var phase = GateOperation(Phase.definition, angles: gate.angles, qubits: [last])
    phase.controls = Array(gate.controls.dropLast())
    phase.openControls = isOpen ? Array(gate.openControls.dropLast()) : gate.openControls
    let flip = isOpen ? ["x q[\(last)];"] : []
    return flip + (try lines(for: phase)) + flip
  }

  private func angles(of gate: GateOperation) throws -> [String] {
    try gate.angles.map { angle in
      guard angle.symbols.contains(where: { values[$0] != nil }) else {
        return angleText.text(angle)
      }
      guard angle.symbols.allSatisfy({ values[$0] != nil }) else {
        throw AnsatzError(
          .usage,
          "give the values of the inputs and of the weights, or of neither: the angle "
            + "\(angle) depends on both")
      }
      let value = angle.value { values[$0] ?? 0 }
      guard value.isFinite else {
        throw AnsatzError(.usage, "the angle \(angle) is \(value) at these values")
      }
      return QASMAngleText.text(value)
    }
  }

  private mutating func lines(for gate: GateOperation) throws -> [String] {
    if gate.definition == GlobalPhase.definition { return try lines(forPhase: gate) }
    let angles = try angles(of: gate)
    let arguments = angles.isEmpty ? "" : "(\(angles.joined(separator: ", ")))"
    let own = gate.definition.controlCount
    let open = gate.openControls
    // Version 2 turns open controls round; version 3 has a word for them.
    let isFlipped = version == .v2 && !open.isEmpty
    let extra = gate.controls.count - own + (isFlipped ? open.count : 0)
    let (name, modifier) = try name(of: gate, extra: extra, open: isFlipped ? 0 : open.count)
    let outer: [Int] = gate.controls.dropLast(own)
    let qubits: [Int] = outer + open + gate.controls.suffix(own) + gate.targets
    let operands = qubits.map { "q[\($0)]" }.joined(separator: ", ")
    let flips = isFlipped ? open.map { "x q[\($0)];" } : []
    return flips + ["\(modifier)\(name)\(arguments) \(operands);"] + flips
  }

  /// The name to call a gate by, after defining it if no library has it.
  private mutating func name(
    of gate: GateOperation, extra: Int, open: Int
  ) throws -> (name: String, modifier: String) {
    let definition = gate.definition
    if open == 0,
      let known = QASMLibrary.name(of: definition, controls: extra, in: version)
    {
      return (known.name, "")
    }
    if version == .v2 { return (try defined(gate, controls: extra), "") }
    func word(_ word: String, _ count: Int) -> String {
      count == 0 ? "" : count == 1 ? "\(word) @ " : "\(word)(\(count)) @ "
    }
    let modifier = word("ctrl", extra) + word("negctrl", open)
    if let known = QASMLibrary.name(of: definition, controls: 0, in: version) {
      return (known.name, modifier)
    }
    return (try defined(gate, controls: 0), modifier)
  }

  private mutating func defined(_ gate: GateOperation, controls: Int) throws -> String {
    let definition = gate.definition
    let own = controls + definition.controlCount
    let key = Definition(gate: definition, controls: controls, targets: gate.targets.count)
    if let name = definedNames[key] { return name }
    var name = definition.name.lowercased()
    switch definition.data {
    case .word(let word): name += "_" + word.map(\.rawValue).joined().lowercased()
    case .matrix, .phases: name += "_\(definedNames.count)"
    case .none: if definition.targetCount == nil { name += "_\(gate.targets.count)" }
    }
    if controls > 0 { name = "c\(controls)_" + name }
    name = QASMLibrary.names.contains(name) ? name : unused(name)
    definedNames[key] = name
    let controlNames = (0..<own).map { "c\($0)" }
    let targetNames = gate.targets.indices.map { "t\($0)" }
    let parameters = definition.parameterNames.indices.map { "a\($0)" }
    var body = QASMDecomposition(version: version)
    try body.gate(definition, angles: parameters, controls: controlNames, targets: targetNames)
    let head =
      name + (parameters.isEmpty ? "" : "(\(parameters.joined(separator: ", ")))") + " "
      + (controlNames + targetNames).joined(separator: ", ")
    definitions.append("gate \(head) {\n  \(body.lines.joined(separator: "\n  "))\n}")
    return name
  }
}
