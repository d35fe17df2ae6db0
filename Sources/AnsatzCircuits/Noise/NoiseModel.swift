import AnsatzMath

/// Which noise follows which gates, and how qubits are read.
///
///     let noise = NoiseModel(
///       rules: [
///         NoiseRule(gateQubits: 1, Depolarizing.definition, [0.001]),
///         NoiseRule(gateQubits: 2, TwoQubitDepolarizing.definition, [0.01]),
///       ],
///       readout: [ReadoutRule(ReadoutError(zeroAsOne: 0.02, oneAsZero: 0.05))])
///     let noisy = try noise.applied(to: circuit)
///
/// Every rule that fits a gate acts, in order. docs/noise.md has the form that files have.
public struct NoiseModel: Hashable, Sendable {
  /// Which channels follow which gates; all that fit act, in order.
  public let rules: [NoiseRule]
  /// How measurements are misread; the last that names a qubit counts.
  public let readout: [ReadoutRule]

  /// A model of these rules.
  public init(rules: [NoiseRule], readout: [ReadoutRule] = []) {
    self.rules = rules
    self.readout = readout
  }

  /// The circuit with the rules' channels after its gates; gates inside conditionals too.
  ///
  /// - Throws: `CircuitError` if a rule's channel has parameters out of bounds, and for a rule that
  ///   can fit no gate of any circuit; `withoutEffect(on:)` tells of rules that fit none of this one.
  public func applied(to circuit: Circuit) throws(CircuitError) -> Circuit {
    let problems = rules.enumerated().compactMap { index, rule in
      rule.contradiction.map { CircuitError.Problem(message: "noise rule \(index + 1): \($0)") }
    }
    guard problems.isEmpty else { throw CircuitError(problems) }
    return try Circuit(
      circuit.name, qubits: circuit.qubitCount, registers: circuit.registers,
      operations: noisy(circuit.operations))
  }

  private func noisy(_ operations: [CircuitOperation]) -> [CircuitOperation] {
    operations.flatMap { operation -> [CircuitOperation] in
      switch operation {
      case .gate(let gate): [operation] + rules.flatMap { $0.operations(after: gate) }
      case .conditional(let conditional): [.conditional(conditional.map { noisy($0) })]
      default: [operation]
      }
    }
  }

  /// How each qubit is read; the last rule that names a qubit counts.
  public func readoutErrors(qubits count: Int) -> ReadoutErrors {
    ReadoutErrors(
      (0..<count).map { qubit in
        readout.last { $0.qubits?.contains(qubit) ?? true }?.error ?? .none
      })
  }

  /// Whether qubits are read with errors.
  public var hasReadoutErrors: Bool { readout.contains { $0.error != .none } }
}

/// A channel that follows the gates that fit.
///
/// A channel on one qubit acts on each of the gate's qubits, controls included; one on more qubits
/// follows gates on just as many, in the gate's order.
public struct NoiseRule: Hashable, Sendable {
  /// The names of the gates; nil for all.
  public let gates: [String]?
  /// The number of qubits of the gates, controls included; nil for any.
  public let gateQubits: Int?
  /// The qubits that have this noise; nil for all.
  public let qubits: [Int]?
  /// The channel that follows.
  public let channel: ChannelDefinition
  /// One value for each of the channel's parameters.
  public let parameters: [Double]

  /// A rule; what is nil fits any gate.
  public init(
    gates: [String]? = nil, gateQubits: Int? = nil, qubits: [Int]? = nil,
    _ channel: ChannelDefinition, _ parameters: [Double]
  ) {
    self.gates = gates
    self.gateQubits = gateQubits
    self.qubits = qubits
    self.channel = channel
    self.parameters = parameters
  }

  func operations(after gate: GateOperation) -> [CircuitOperation] {
    let own = gate.qubits
    guard gates.map({ $0.contains(gate.displayName) }) ?? true,
      gateQubits.map({ $0 == own.count }) ?? true
    else { return [] }
    func hasNoise(_ qubit: Int) -> Bool { qubits?.contains(qubit) ?? true }
    if channel.qubitCount == 1 {
      return own.filter(hasNoise).flatMap { channel.operations(parameters, on: [$0]) }
    }
    guard channel.qubitCount == own.count, own.allSatisfy(hasNoise) else { return [] }
    return channel.operations(parameters, on: own)
  }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(gates)
    hasher.combine(gateQubits)
    hasher.combine(qubits)
    hasher.combine(channel.name)
    hasher.combine(parameters)
  }
}

/// How some qubits are read.
public struct ReadoutRule: Hashable, Sendable {
  /// nil for all.
  public let qubits: [Int]?
  /// How results are misread.
  public let error: ReadoutError

  /// A readout error of some qubits, or of all.
  public init(qubits: [Int]? = nil, _ error: ReadoutError) {
    self.qubits = qubits
    self.error = error
  }
}
