// How many gates a statement becomes, before it is expanded.
extension QASMInterpreter {
  /// What was counted so far.
  struct GateCounts {
    /// Whether gates are counted and not expanded.
    var isOnlyCounting = false
    /// The gates of the whole program, as far as they can be told beforehand.
    var total = 0
    /// The statements that are looked at while counting, in the whole program.
    var budget = 300_000
    /// By the gates' order.
    var bodies: [Int: Int] = [:]
    /// By the loops' places: the names on which the number of gates depends.
    var shapingNames: [Int: Set<String>] = [:]
  }

  /// A number of gates that a statement has at least; 0 where only running it can tell.
  func leastGateCount(of statement: QASMStatement) -> Int {
    switch statement {
    // The usual statement of a long program.
    case .call(let call) where call.modifiers.isEmpty && gates[call.name] == nil: return 0
    case .call, .loop, .conditional: break
    default: return 0
    }
    return leastAside(statement)
  }

  /// Counting is no part of the run.
  private func leastAside(_ statement: QASMStatement) -> Int {
    let outer = (scopes, pace)
    defer { (scopes, pace) = outer }
    return least(statement)
  }

  /// Takes in what a statement declares, and counts what it becomes.
  func countGates(of statement: QASMStatement) throws {
    switch statement {
    case .call, .loop, .conditional:
      counts.total = QASMInterpreter.sum(counts.total, leastAside(statement))
    case .measure, .reset, .barrier: break
    case .gate, .register, .input, .constant, .alias, .include: try run(statement)
    }
    guard counts.total <= QASMInterpreter.maximumOperations else {
      throw tooManyGates(at: statement.offset ?? position)
    }
  }

  private func least(_ block: [QASMStatement]) -> Int {
    let depth = scopes.count
    scopes.append([:])
    defer { scopes.removeLast(scopes.count - depth) }
    return block.reduce(0) { QASMInterpreter.sum($0, least($1)) }
  }

  private func least(_ statement: QASMStatement) -> Int {
    guard counts.budget > 0 else { return 0 }
    counts.budget -= 1
    switch statement {
    case .call(let call): return least(call)
    case .loop(let loop): return least(loop)
    case .conditional(let conditional):
      guard let value = try? evaluator().value(of: conditional.condition) else { return 0 }
      if value.isMeasured {
        return QASMInterpreter.sum(least(conditional.body), least(conditional.otherwise))
      }
      return value.real.map { least($0 != 0 ? conditional.body : conditional.otherwise) } ?? 0
    case .constant(let type, let name, let expression, let offset):
      let value = try? converted(
        evaluator().value(of: expression), to: type, at: offset)
      bind(name, to: value)
      return 0
    default: return 0
    }
  }

  /// Gives a name a value; without one it hides what the name stands for outside.
  private func bind(_ name: String, to value: QASMValue?) {
    guard !scopes.isEmpty else { return }
    scopes[scopes.count - 1][name] = value.map { .value($0) } ?? .qubits([], isRegister: false)
  }

  private func least(_ call: QASMCall) -> Int {
    var count: Int
    var single: GateDefinition?
    if let gate = gates[call.name], gate.order < visibleGates {
      count = least(bodyOf: gate)
    } else if let gate = QASMLibrary.byName[call.name] {
      count = 1
      single = gate.definition
    } else {
      count = QASMLibrary.defined[call.name]?.body?.count ?? (call.name == "gphase" ? 1 : 0)
    }
    for (modifier, _) in call.modifiers.reversed() {
      guard case .power(let expression) = modifier else { continue }
      guard
        let exponent = (try? evaluator(dividesExactly: true).value(of: expression))?.real
      else { return 0 }
      count = QASMInterpreter.least(count, raisedTo: exponent, single)
      single = nil
    }
    return QASMInterpreter.product(count, isInGate ? 1 : repeats(of: call))
  }

  /// - Parameter single: The one gate that is raised, if it is known.
  private static func least(
    _ count: Int, raisedTo exponent: Double, _ single: GateDefinition?
  ) -> Int {
    guard let whole = Int(exactly: exponent) else { return min(count, 1) }
    let times = Int(clamping: whole.magnitude)
    guard count == 1 else { return product(count, times) }
    guard let single else { return 0 }
    switch single.structure {
    case .pauliRotation, .uniformRotation, .phase: return min(times, 1)
    default: break
    }
    if case .itself = single.inverse { return times % 2 }
    return times
  }

  /// How often a call is made for the registers it is given.
  private func repeats(of call: QASMCall) -> Int {
    for operand in call.operands where !operand.parts.contains(where: { $0.name.first == "$" }) {
      guard let (qubits, isRegister) = try? qubits(operand) else { return 0 }
      if isRegister { return qubits.count }
    }
    return 1
  }

  private func least(bodyOf gate: QASMGate) -> Int {
    if let known = counts.bodies[gate.order] { return known }
    let outer = (scopes, visibleGates, isInGate)
    defer { (scopes, visibleGates, isInGate) = outer }
    scopes = [[:]]
    for name in gate.parameters { bind(name, to: nil) }
    visibleGates = min(visibleGates, gate.order)
    isInGate = true
    let count = least(gate.body ?? [])
    counts.bodies[gate.order] = count
    return count
  }

  private func least(_ loop: QASMLoop) -> Int {
    func once(_ value: QASMValue?) -> Int {
      scopes.append([:])
      defer { scopes.removeLast() }
      bind(loop.variable, to: value)
      return least(loop.body)
    }
    func whole(_ expression: QASMExpression) -> Int? {
      guard case .integer(let value)? = try? evaluator().value(of: expression) else { return nil }
      return value
    }
    switch loop.values {
    case .set(let items):
      return items.reduce(0) {
        QASMInterpreter.sum($0, once(try? evaluator().value(of: $1)))
      }
    case .range(let start?, let step, let end?):
      guard let first = whole(start), let last = whole(end),
        let stride = step.map({ whole($0) }) ?? 1, stride != 0,
        stride > 0 ? first <= last : first >= last
      else { return 0 }
      let (distance, overflow) = last.subtractingReportingOverflow(first)
      let times = overflow ? Int.max : Int(clamping: distance.magnitude / stride.magnitude) + 1
      guard shapingNames(of: loop).contains(loop.variable) else {
        return QASMInterpreter.product(once(.integer(first)), times)
      }
      var (total, value) = (0, first)
      for _ in 0..<times {
        total = QASMInterpreter.sum(total, once(.integer(value)))
        if total > QASMInterpreter.maximumOperations || counts.budget <= 0 { break }
        value &+= stride
      }
      return total
    case .item, .range: return 0
    }
  }

  private func shapingNames(of loop: QASMLoop) -> Set<String> {
    if let known = counts.shapingNames[loop.offset] { return known }
    var names: Set<String> = []
    loop.body.insertShapingNames(into: &names)
    counts.shapingNames[loop.offset] = names
    return names
  }

  private static func sum(_ a: Int, _ b: Int) -> Int {
    let (sum, overflow) = a.addingReportingOverflow(b)
    return overflow ? .max : sum
  }

  private static func product(_ a: Int, _ b: Int) -> Int {
    let (product, overflow) = a.multipliedReportingOverflow(by: b)
    return overflow ? .max : product
  }
}

extension [QASMStatement] {
  /// Adds the names that ranges, conditions, powers and constants depend on.
  fileprivate func insertShapingNames(into names: inout Set<String>) {
    for statement in self {
      switch statement {
      case .loop(let loop):
        loop.values.insertNames(into: &names)
        loop.body.insertShapingNames(into: &names)
      case .conditional(let conditional):
        conditional.condition.insertNames(into: &names)
        conditional.body.insertShapingNames(into: &names)
        conditional.otherwise.insertShapingNames(into: &names)
      case .constant(_, _, let value, _): value.insertNames(into: &names)
      case .alias(_, let operand, _): operand.insertRanges(into: &names)
      case .call(let call):
        for (modifier, _) in call.modifiers {
          if case .power(let exponent) = modifier { exponent.insertNames(into: &names) }
        }
        for operand in call.operands { operand.insertRanges(into: &names) }
      default: break
      }
    }
  }
}

extension QASMOperand {
  /// Adds the names that decide how many qubits it has.
  fileprivate func insertRanges(into names: inout Set<String>) {
    for index in parts.flatMap(\.indices) {
      if case .item = index { continue }
      index.insertNames(into: &names)
    }
  }
}

extension QASMOperand.Index {
  fileprivate func insertNames(into names: inout Set<String>) {
    switch self {
    case .item(let item): item.insertNames(into: &names)
    case .set(let items): for item in items { item.insertNames(into: &names) }
    case .range(let start, let step, let end):
      for part in [start, step, end] { part?.insertNames(into: &names) }
    }
  }
}

extension QASMExpression {
  fileprivate func insertNames(into names: inout Set<String>) {
    for instruction in instructions {
      switch instruction {
      case .name(let name, _): names.insert(name)
      case .element(let part):
        names.insert(part.name)
        for index in part.indices { index.insertNames(into: &names) }
      default: break
      }
    }
  }
}
