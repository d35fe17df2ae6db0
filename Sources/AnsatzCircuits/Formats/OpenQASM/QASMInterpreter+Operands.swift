import AnsatzMath

// Which qubits and bits an operand names, and measurement.
extension QASMInterpreter {
  /// The qubits, and whether they are a register, over which a gate is broadcast.
  func qubits(_ operand: QASMOperand) throws -> ([Int], isRegister: Bool) {
    if operand.parts.count == 1 { return try qubits(operand.parts[0]) }
    var all: [Int] = []
    for part in operand.parts { all += try qubits(part).0 }
    guard Set(all).count == all.count else {
      throw source.error("a concatenation names a qubit twice", at: operand.offset)
    }
    return (all, true)
  }

  private func qubits(_ part: QASMOperand.Part) throws -> ([Int], isRegister: Bool) {
    if part.name.hasPrefix("$") { return ([try hardwareQubit(part)], false) }
    guard let binding = lookup(part.name) else {
      let known =
        isInGate
        ? []
        : globals.keys.sorted().filter {
          if case .qubits? = globals[$0] { true } else { false }
        }
      throw source.error(
        "qubit or register '\(part.name.prefix(40))' is not declared"
          + (known.isEmpty || known.count > 20 ? "" : "; \(didYouMean(part.name, in: known))"),
        at: part.offset)
    }
    guard case .qubits(let all, let isRegister) = binding else {
      throw source.error("'\(part.name.prefix(40))' is not a qubit", at: part.offset)
    }
    if part.indices.isEmpty { return (all, isRegister) }
    guard isRegister else {
      throw source.error(
        "'\(part.name.prefix(40))' is one qubit and takes no index", at: part.offset)
    }
    let (places, single) = try places(part, of: all.count)
    return (places.map { all[$0] }, !single)
  }

  private func hardwareQubit(_ part: QASMOperand.Part) throws -> Int {
    guard usesHardwareQubits || qubitNames.isEmpty, !isInGate, part.indices.isEmpty else {
      throw source.error("a program has registers or hardware qubits, not both", at: part.offset)
    }
    guard let number = Int(part.name.dropFirst()), number < Circuit.maximumQubitCount else {
      throw source.error(
        "hardware qubit \(part.name); $0...$\(Circuit.maximumQubitCount - 1) are allowed",
        at: part.offset)
    }
    usesHardwareQubits = true
    while qubitNames.count <= number { qubitNames.append("$\(qubitNames.count)") }
    return number
  }

  /// The places that the indices pick from a register, and whether they are a single one.
  private func places(
    _ part: QASMOperand.Part, of size: Int
  ) throws -> (places: [Int], single: Bool) {
    var base: Range<Int> = 0..<size
    var list: [Int]?
    var single = false
    for index in part.indices {
      if single { throw source.error("one element takes no further index", at: part.offset) }
      let count = list?.count ?? base.count
      let picked: [Int]
      switch index {
      case .item(let expression):
        picked = [try place(expression, of: count, in: part)]
        single = true
      case .set(let items): picked = try items.map { try place($0, of: count, in: part) }
      case .range(let start, let step, let end):
        picked = try range(start, step, end, of: count, in: part)
      }
      guard Set(picked).count == picked.count else {
        throw source.error(
          "an index of '\(part.name.prefix(40))' is repeated", at: part.offset)
      }
      list = picked.map { list?[$0] ?? base.lowerBound + $0 }
      base = 0..<0
    }
    return (list ?? Array(base), single)
  }

  private func place(
    _ expression: QASMExpression, of count: Int, in part: QASMOperand.Part
  ) throws -> Int {
    let index = try integer(expression, "an index")
    let fromEnd = version == .v3 && index < 0 && index >= -count
    let place = fromEnd ? index + count : index
    guard (0..<count).contains(place) else {
      throw source.error(
        "index \(index) is out of range; '\(part.name.prefix(40))' has 0...\(count - 1)",
        at: expression.offset)
    }
    return place
  }

  private func range(
    _ start: QASMExpression?, _ step: QASMExpression?, _ end: QASMExpression?, of count: Int,
    in part: QASMOperand.Part
  ) throws -> [Int] {
    let stride = try step.map { try integer($0, "a range's step") } ?? 1
    if stride == 0 { throw source.error("a range's step is 0", at: part.offset) }
    let first = try start.map { try place($0, of: count, in: part) } ?? (stride > 0 ? 0 : count - 1)
    let last = try end.map { try place($0, of: count, in: part) } ?? (stride > 0 ? count - 1 : 0)
    guard stride > 0 ? first <= last : first >= last else { return [] }
    guard abs(last - first) < 1 << 20 else {
      throw source.error("a range of more than \(1 << 20) elements", at: part.offset)
    }
    return Array(Swift.stride(from: first, through: last, by: stride))
  }

  /// The bits of a classical operand.
  private func bits(_ operand: QASMOperand, wanted: Int) throws -> [Bit] {
    guard operand.parts.count == 1, let part = operand.parts.first,
      case .bits(let all, let isRegister)? = lookup(part.name)
    else { throw source.error("a measurement goes into declared bits", at: operand.offset) }
    if !part.indices.isEmpty, !isRegister {
      throw source.error(
        "'\(part.name.prefix(40))' is one bit and takes no index", at: part.offset)
    }
    let bits = part.indices.isEmpty ? all : try places(part, of: all.count).places.map { all[$0] }
    guard bits.count == wanted else {
      throw source.error(
        "\(wanted) qubits are measured into \(bits.count) bits of '\(part.name.prefix(40))'",
        at: operand.offset)
    }
    return bits
  }

  /// `c[0]` in an expression.
  func element(_ part: QASMOperand.Part) throws -> QASMValue {
    switch lookup(part.name) {
    case .bits(let all, let isRegister):
      if part.indices.isEmpty { return .bits(all, isRegister: isRegister) }
      guard isRegister else {
        throw source.error(
          "'\(part.name.prefix(40))' is one bit and takes no index", at: part.offset)
      }
      let (places, single) = try places(part, of: all.count)
      guard !places.isEmpty else {
        throw source.error("'\(part.name.prefix(40))' is indexed by nothing", at: part.offset)
      }
      return .bits(places.map { all[$0] }, isRegister: !single)
    case .value(.integer(let number), _):
      guard part.indices.count == 1, case .item = part.indices[0] else {
        throw source.error("one bit of a whole number is one index", at: part.offset)
      }
      let place = try places(part, of: Int.bitWidth).places[0]
      return .integer(number >> place & 1)
    default:
      throw source.error(
        "'\(part.name.prefix(40))' is not declared as bits", at: part.offset)
    }
  }

  func measure(_ operand: QASMOperand, into target: QASMOperand?, at offset: Int) throws {
    let (measured, _) = try qubits(operand)
    try count(measured.count, at: offset)
    guard let target else {
      for qubit in measured { discarded[qubit] = discarded[qubit] ?? offset }
      return
    }
    for (qubit, bit) in zip(measured, try bits(target, wanted: measured.count)) {
      // A second measurement finds what the first found.
      if branchDepth == 0 { discarded[qubit] = nil }
      try append(
        .measurement(Measurement(qubit: qubit, bit: bit)), of: "measure", at: offset)
    }
  }

  func reset(_ qubit: Int, at offset: Int) throws {
    guard touched.contains(qubit) || discarded[qubit] != nil else {
      return notice("'reset' of a qubit that is 0 anyway is skipped", at: offset)
    }
    if branchDepth == 0 { discarded[qubit] = nil }
    try append(.reset(Reset(qubit)), of: "reset", at: offset)
  }
}
