import AnsatzMath

// Gate declarations and gate calls.
extension QASMInterpreter {
  static let maximumGateDepth = 100

  func declare(_ gate: QASMGate) throws {
    if globals[gate.name] != nil || gates[gate.name] != nil {
      throw source.error("'\(gate.name.prefix(40))' is declared twice", at: gate.offset)
    }
    var gate = gate
    gate.order = gates.count
    gate.depth = 1 + (try depth(of: gate.body ?? [], in: gate))
    guard gate.depth <= QASMInterpreter.maximumGateDepth else {
      throw source.error(
        "gate '\(gate.name.prefix(40))' nests other gates more than "
          + "\(QASMInterpreter.maximumGateDepth) deep", at: gate.offset)
    }
    gates[gate.name] = gate
  }

  /// The depth of the deepest gate that a body calls; all of them must be declared by now.
  private func depth(of body: [QASMStatement], in gate: QASMGate) throws -> Int {
    var deepest = 0
    for statement in body {
      switch statement {
      case .barrier, .constant: break
      case .loop(let loop): deepest = max(deepest, try depth(of: loop.body, in: gate))
      case .call(let call):
        if call.name == gate.name {
          throw source.error(
            "gate '\(gate.name.prefix(40))' calls itself; gates cannot be recursive",
            at: call.offset)
        }
        guard let callee = gates[call.name] else {
          try checkBuiltIn(call.name, at: call.offset)
          continue
        }
        deepest = max(deepest, callee.depth)
      default:
        throw source.error(
          "only gates stand in the body of a gate", at: statement.offset ?? gate.offset)
      }
    }
    return deepest
  }

  private func checkBuiltIn(_ name: String, at offset: Int) throws {
    if QASMLibrary.byName[name] != nil || QASMLibrary.defined[name] != nil { return }
    if version == .v3, name == "gphase" { return }
    let names = QASMLibrary.names + gates.keys
    throw source.error(
      "gate '\(name.prefix(40))' is not declared"
        + ((name.count == 1 ? nil : nearestMatch(to: String(name.prefix(40)), in: names.sorted()))
          .map {
            "; did you mean '\($0)'?"
          } ?? ""),
      at: offset)
  }

  func run(_ call: QASMCall) throws {
    let arguments = try call.arguments.map { try argument($0) }
    let modifiers = try modifiers(of: call)
    let operands = try call.operands.map { try qubits($0) }
    let sizes = operands.filter(\.isRegister).map { $0.0.count }
    let repeats = sizes.first ?? 1
    guard sizes.allSatisfy({ $0 == repeats }) else {
      throw source.error(
        "registers of \(sizes.map(String.init).joined(separator: " and ")) qubits in one gate; "
          + "their sizes must agree", at: call.offset)
    }
    for place in 0..<repeats {
      let qubits = operands.map { $0.isRegister ? $0.0[place] : $0.0[0] }
      guard Set(qubits).count == qubits.count else {
        throw source.error(
          "'\(call.name.prefix(40))' is given a qubit twice", at: call.offset)
      }
      let steps = try expand(call, arguments: arguments, modifiers: modifiers, qubits: qubits)
      if collected != nil {
        collected?.append(contentsOf: steps)
      } else {
        for step in steps { try append(.gate(step), of: call.name, at: call.offset) }
      }
    }
  }

  /// The gates of one call on certain qubits, modifiers applied.
  private func expand(
    _ call: QASMCall, arguments: [QASMValue], modifiers: [Modifier], qubits: [Int]
  ) throws -> [GateOperation] {
    var first = 0
    let controls = modifiers.map { modifier -> Range<Int> in
      guard case .control(let count, _) = modifier else { return first..<first }
      defer { first += count }
      return first..<first + count
    }
    guard first <= qubits.count else {
      throw source.error(
        "\(qubits.count) qubits given; the modifiers alone take \(first)", at: call.offset)
    }
    var steps = try expand(
      call, arguments: arguments, qubits: Array(qubits.dropFirst(first)))
    for (modifier, range) in zip(modifiers, controls).reversed() {
      steps = try applying(modifier, controls: Array(qubits[range]), to: steps, at: call.offset)
      try count(steps.count, at: call.offset)
    }
    return steps
  }

  /// The gates of one call without its modifiers.
  private func expand(
    _ call: QASMCall, arguments: [QASMValue], qubits: [Int]
  ) throws -> [GateOperation] {
    try count(1, at: call.offset)
    if let gate = gates[call.name], gate.order < visibleGates {
      return try expand(gate, call, arguments: arguments, qubits: qubits)
    }
    if version == .v3, call.name == "gphase" {
      try check(call, arguments.count, takes: 1, qubits.count, 0)
      return [
        GateOperation(GlobalPhase.definition, angles: [arguments[0].angle], qubits: [])
      ]
    }
    if let gate = QASMLibrary.byName[call.name] {
      noticeLibrary(call.name, at: call.offset)
      try check(call, arguments.count, takes: gate.parameterCount, qubits.count, gate.qubitCount)
      try countAngleParts(arguments, at: call.offset)
      let ordered = gate.order.map { $0.map { qubits[$0] } } ?? qubits
      var operation = GateOperation(
        gate.definition, angles: gate.angles(arguments.map(\.angle)),
        qubits: Array(ordered.dropFirst(gate.controls)))
      operation.controls = ordered.prefix(gate.controls) + operation.controls
      return [operation]
    }
    if let gate = QASMLibrary.defined[call.name] {
      noticeLibrary(call.name, at: call.offset)
      let visible = visibleGates
      visibleGates = -1
      defer { visibleGates = visible }
      return try expand(gate, call, arguments: arguments, qubits: qubits)
    }
    try checkBuiltIn(call.name, at: call.offset)
    return []
  }

  private func check(
    _ call: QASMCall, _ angles: Int, takes wantedAngles: Int, _ qubits: Int, _ wantedQubits: Int
  ) throws {
    let name = call.name.prefix(40)
    guard angles == wantedAngles else {
      throw source.error(
        "\(angles) angles given; '\(name)' takes \(wantedAngles)", at: call.offset)
    }
    guard qubits == wantedQubits else {
      throw source.error(
        "\(qubits) qubits given; '\(name)' takes \(wantedQubits)", at: call.offset)
    }
  }

  private func expand(
    _ gate: QASMGate, _ call: QASMCall, arguments: [QASMValue], qubits: [Int]
  ) throws -> [GateOperation] {
    try check(call, arguments.count, takes: gate.parameters.count, qubits.count, gate.qubits.count)
    guard let body = gate.body else {
      throw source.error(
        "gate '\(gate.name.prefix(40))' is opaque: it has no definition to run", at: call.offset)
    }
    var scope: [String: Binding] = [:]
    // A gate's parameter is an angle, whatever number it is given.
    for (name, value) in zip(gate.parameters, arguments) {
      scope[name] = .value(value.real.map { .real($0) } ?? value)
    }
    for (name, qubit) in zip(gate.qubits, qubits) {
      scope[name] = .qubits([qubit], isRegister: false)
    }
    let outer = (scopes, visibleGates, collected, isInGate)
    scopes = [scope]
    visibleGates = min(visibleGates, gate.order)
    collected = []
    isInGate = true
    defer { (scopes, visibleGates, collected, isInGate) = outer }
    for statement in body {
      try run(statement)
      guard collected?.count ?? 0 <= QASMInterpreter.maximumOperations else {
        throw tooManyGates(at: call.offset)
      }
    }
    return collected ?? []
  }
}
