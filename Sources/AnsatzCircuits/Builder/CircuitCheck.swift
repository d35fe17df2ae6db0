import AnsatzMath

/// Validates a list of operations once, at the public edge; everything behind it may trust.
struct CircuitCheck {
  private(set) var problems: [CircuitError.Problem] = []
  /// All bundles mentioned, in order of first appearance.
  private(set) var bundles: [Bundle] = []
  /// All registers, those declared first, then in order of first appearance.
  private(set) var registers: [Bits] = []
  private let qubitCount: Int
  // A circuit may mention many of them many times, too often to search the lists.
  private var knownBundles: Set<Bundle> = []
  private var knownRegisters: Set<Bits> = []
  private var bundleOfName: [String: Bundle] = [:]
  private var registerOfName: [String: Bits] = [:]
  private var bitCount = 0

  init(qubitCount: Int, registers: [Bits], operations: [CircuitOperation]) {
    self.qubitCount = qubitCount
    guard (1...Circuit.maximumQubitCount).contains(qubitCount) else {
      problems.append(
        .init(
          message: "\(qubitCount) qubits; a circuit has 1...\(Circuit.maximumQubitCount), so set "
            + "`qubits:` to a number in that range"))
      return
    }
    for register in registers { problems += note(register).map { .init(message: $0) } }
    for (index, operation) in operations.enumerated() {
      problems += faults(of: operation, at: index).map {
        .init(index: index, name: operation.name, message: $0)
      }
    }
  }

  private mutating func faults(of operation: CircuitOperation, at index: Int) -> [String] {
    let faults =
      switch operation {
      case .gate(let gate): check(gate)
      case .amplitudes(let embedding): check(embedding, at: index)
      case .channel(let channel): check(channel)
      case .measurement(let measurement):
        check(measurement.bit) + measurement.modifiers.map { $0.problem(of: "a measurement") }
      case .reset(let reset): reset.modifiers.map { $0.problem(of: "a reset") }
      case .projection(let projection):
        (projection.problem.map { [$0] } ?? [])
          + projection.modifiers.map { $0.problem(of: "a postselection") }
      case .conditional(let conditional): check(conditional, at: index)
      }
    return check(qubits: operation.qubits) + faults
  }

  private mutating func check(_ conditional: Conditional, at index: Int) -> [String] {
    var faults = conditional.condition.bits.flatMap { check($0) }
    for operation in conditional.operations + conditional.otherwise {
      if case .amplitudes = operation {
        faults.append("a start state cannot depend on a measurement; move it to the top")
      }
      faults += self.faults(of: operation, at: index).map { "\(operation.name): \($0)" }
    }
    return faults
  }

  private mutating func check(_ bit: Bit) -> [String] {
    let faults = note(bit.register)
    guard faults.isEmpty, !(0..<bit.register.count).contains(bit.index) else { return faults }
    return ["bit \(bit) is out of range; \(bit.register) has bits 0...\(bit.register.count - 1)"]
  }

  private func check(qubits: [Int]) -> [String] {
    let range = "this circuit has qubits 0...\(qubitCount - 1)"
    var faults = Set(qubits).sorted().filter { !(0..<qubitCount).contains($0) }.map {
      "qubit \($0) is out of range; \(range)"
        + ($0 >= qubitCount ? "; use at least \($0 + 1) qubits or another qubit" : "")
    }
    if Set(qubits).count != qubits.count {
      faults.append(
        "qubits \(qubits) repeat; " + (qubits.count == 2 ? "the two" : "controls and targets")
          + " must differ")
    }
    return faults
  }

  private mutating func check(_ gate: GateOperation) -> [String] {
    var faults: [String] = []
    let definition = gate.definition
    if let problem = definition.problem { faults.append(problem) }
    if let count = definition.targetCount, gate.targets.count != count {
      faults.append(
        "\(gate.targets.count) target qubits given; \(definition.name) takes \(count)")
    } else if definition.targetCount == nil, gate.targets.isEmpty {
      faults.append("no qubit given; \(definition.name) takes at least 1")
    }
    if gate.angles.count != definition.parameterNames.count {
      faults.append(
        "\(gate.angles.count) angles given; \(definition.name) takes "
          + "\(definition.parameterNames.count)")
    }
    for (angle, parameter) in zip(gate.angles, definition.parameterNames) {
      if let value = angle.constant, !value.isFinite {
        faults.append("angle \(parameter) is \(value); angles are finite numbers in radians")
      } else if let message = angle.invalidity {
        faults.append("angle \(parameter): \(message)")
      }
      for symbol in angle.symbols { faults += note(symbol.bundle) }
    }
    return faults
  }

  private mutating func check(_ embedding: AmplitudeEmbedding, at index: Int) -> [String] {
    var faults = note(embedding.inputs.bundle)
    faults += embedding.modifiers.map { $0.problem(of: "a start state") }
    if !embedding.modifiers.contains(.inverted), index > 0 {
      faults.append("a start state must come first; move it to the top of the circuit")
    }
    let size = embedding.qubits.count < 62 ? 1 << embedding.qubits.count : Int.max
    if embedding.inputs.count > size {
      faults.append(
        "\(embedding.inputs.count) inputs do not fit into \(size) amplitudes; use "
          + "\(AmplitudeEmbedding.qubitsNeeded(for: embedding.inputs.count)) qubits")
    }
    if !embedding.padding.isFinite {
      faults.append("padding \(embedding.padding) is not a finite number; use 0")
    }
    return faults
  }

  private func check(_ channel: ChannelOperation) -> [String] {
    var faults: [String] = []
    let definition = channel.definition
    if channel.qubits.count != definition.qubitCount {
      faults.append(
        "\(channel.qubits.count) qubits given; \(definition.name) takes \(definition.qubitCount)")
    }
    if let problem = definition.problem(channel.parameters) { faults.append(problem) }
    faults += channel.modifiers.map { $0.problem(of: "a channel") }
    return faults
  }

  private mutating func note(_ bundle: Bundle) -> [String] {
    if knownBundles.contains(bundle) { return [] }
    if bundle.count <= 0 || bundle.shape.contains(where: { $0 <= 0 }) {
      return ["\(bundle) is empty; every extent must be at least 1"]
    }
    if bundle.count > Bundle.maximumCount {
      return ["\(bundle) is too large; a bundle has at most \(Bundle.maximumCount) numbers"]
    }
    guard let other = bundleOfName[bundle.name] else {
      bundles.append(bundle)
      knownBundles.insert(bundle)
      bundleOfName[bundle.name] = bundle
      return []
    }
    return [
      "\(bundle.role.rawValue) \(bundle) clash with \(other.role.rawValue) \(other); give one of "
        + "them another name"
    ]
  }

  private mutating func note(_ register: Bits) -> [String] {
    if knownRegisters.contains(register) { return [] }
    if register.count <= 0 {
      return ["register \(register) is empty; give it at least 1 bit"]
    }
    if register.count > Bits.maximumCount - bitCount {
      return ["register \(register) is too large; a circuit has at most \(Bits.maximumCount) bits"]
    }
    if let other = registerOfName[register.name] {
      return ["registers \(register) and \(other) clash; give one of them another name"]
    }
    registers.append(register)
    knownRegisters.insert(register)
    registerOfName[register.name] = register
    bitCount += register.count
    return []
  }
}
