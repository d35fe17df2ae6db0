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
    var taken = QASMLibrary.reservedWords
    for symbol in circuit.operations.flatMap(\.angles).flatMap(\.symbols)
    where values[symbol] == nil && names[symbol] == nil {
      let bundle = symbol.bundle
      let isPlain = bundle.role == .inputs && bundle.shape == [1]
      var name = QASMWriter.identifier(bundle.name)
      if bundle.shape != [1] {
        let places = "\(symbol)".dropFirst(bundle.name.count + 1).dropLast()
        name += "_" + places.replacing(", ", with: "_")
      }
      let isChanged = taken.contains(name) || name != bundle.name
      while taken.contains(name) { name += "_" }
      taken.insert(name)
      names[symbol] = name
      if !isPlain || isChanged { inputLines.append(QASMWeightMark(symbol).text) }
      inputLines.append("input float[64] \(name);")
    }
    angleText = QASMAngleText(names: names)
  }

  /// The name with everything replaced that an identifier cannot have.
  private static func identifier(_ name: String) -> String {
    let kept = String(
      name.unicodeScalars.map { scalar in
        scalar.properties.isAlphabetic || scalar == "_" || ("0"..."9").contains(scalar)
          ? Character(scalar) : "_"
      })
    guard let first = kept.unicodeScalars.first, !("0"..."9").contains(first) else {
      return "_" + kept
    }
    return kept
  }

  mutating func written() throws -> String {
    var lines: [String] = []
    for operation in circuit.operations {
      switch operation {
      case .gate(let gate) where gate.definition == GlobalPhase.definition:
        if let line = try line(forPhase: gate) { lines.append(line) }
      case .gate(let gate): lines.append(try line(for: gate))
      case .amplitudes:
        throw AnsatzError(
          .unavailable,
          "AmplitudeEmbedding, a start state from data, cannot be written as OpenQASM")
      case .channel(let channel):
        throw AnsatzError(
          .unavailable, "the channel \(channel.definition.name) cannot be written as OpenQASM")
      }
    }
    let head =
      version == .v2
      ? ["OPENQASM 2.0;", "include \"qelib1.inc\";"]
      : ["OPENQASM 3.0;", "include \"stdgates.inc\";"]
    let register =
      version == .v2 ? "qreg q[\(circuit.qubitCount)];" : "qubit[\(circuit.qubitCount)] q;"
    return (head + definitions + inputLines + [register] + lines).joined(separator: "\n") + "\n"
  }

  func text() throws -> String {
    var writer = self
    return try writer.written()
  }

  /// A global phase, which version 2 has no words for and no use of; with controls it is a phase.
  private mutating func line(forPhase gate: GateOperation) throws -> String? {
    guard let last = gate.controls.last else {
      return version == .v2 ? nil : "gphase(\(try angles(of: gate)[0]));"
    }
    var phase = GateOperation(Phase.definition, angles: gate.angles, qubits: [last])
    phase.controls = Array(gate.controls.dropLast())
    return try line(for: phase)
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

  private mutating func line(for gate: GateOperation) throws -> String {
    let angles = try angles(of: gate)
    let extra = gate.controls.count - gate.definition.controlCount
    let (name, modifier) = try name(of: gate, extra: extra)
    let arguments = angles.isEmpty ? "" : "(\(angles.joined(separator: ", ")))"
    let qubits = (gate.controls + gate.targets).map { "q[\($0)]" }.joined(separator: ", ")
    return "\(modifier)\(name)\(arguments) \(qubits);"
  }

  /// The name to call a gate by, after defining it if no library has it.
  private mutating func name(
    of gate: GateOperation, extra: Int
  ) throws -> (name: String, modifier: String) {
    let definition = gate.definition
    if let known = QASMLibrary.name(of: definition, controls: extra, in: version) {
      return (known.name, "")
    }
    if version == .v2 { return (try defined(gate, controls: extra), "") }
    let modifier = extra == 0 ? "" : extra == 1 ? "ctrl @ " : "ctrl(\(extra)) @ "
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
