/// One step of a circuit.
public enum CircuitOperation: Hashable, Sendable {
  /// A gate, perhaps with further controls.
  case gate(GateOperation)
  /// The start state, from data. Only the first operation of a circuit may be one.
  case amplitudes(AmplitudeEmbedding)
  /// Noise; needs the density-matrix simulator.
  case channel(ChannelOperation)
  /// A measurement of one qubit into a classical bit.
  case measurement(Measurement)
  /// A qubit set to 0.
  case reset(Reset)
  /// An outcome that is kept, all others dropped.
  case projection(Projection)
  /// Operations that depend on classical bits.
  case conditional(Conditional)

  /// What messages call it.
  public var name: String {
    switch self {
    case .gate(let gate): gate.displayName
    case .amplitudes: "AmplitudeEmbedding"
    case .channel(let channel): channel.definition.name
    case .measurement: "Measure"
    case .reset: "Reset"
    case .projection: "Postselect"
    case .conditional: "If"
    }
  }

  /// The qubits it acts on, controls first.
  public var qubits: [Int] {
    switch self {
    case .gate(let gate): gate.qubits
    case .amplitudes(let embedding): embedding.qubits
    case .channel(let channel): channel.qubits
    case .measurement(let measurement): [measurement.qubit]
    case .reset(let reset): [reset.qubit]
    case .projection(let projection): projection.qubits
    case .conditional(let conditional):
      Set((conditional.operations + conditional.otherwise).flatMap(\.qubits)).sorted()
    }
  }

  /// The expressions it depends on.
  public var angles: [Angle] {
    switch self {
    case .gate(let gate): gate.angles
    case .conditional(let conditional):
      (conditional.operations + conditional.otherwise).flatMap(\.angles)
    case .amplitudes, .channel, .measurement, .reset, .projection: []
    }
  }

  /// The bits it reads, each once.
  public var bitsRead: [Bit] {
    guard case .conditional(let conditional) = self else { return [] }
    let inner = (conditional.operations + conditional.otherwise).flatMap(\.bitsRead)
    return (conditional.condition.bits + inner).uniqued()
  }

  /// The bits it writes, each once.
  public var bitsWritten: [Bit] {
    switch self {
    case .measurement(let measurement): [measurement.bit]
    case .conditional(let conditional):
      (conditional.operations + conditional.otherwise).flatMap(\.bitsWritten).uniqued()
    case .gate, .amplitudes, .channel, .reset, .projection: []
    }
  }

  /// The operation with a note of what cannot be done to it. Gates and conditionals take none.
  func marked(_ modifier: RefusedModifier) -> CircuitOperation {
    switch self {
    case .gate, .conditional: return self
    case .amplitudes(var embedding):
      embedding.modifiers.append(modifier)
      return .amplitudes(embedding)
    case .channel(var channel):
      channel.modifiers.append(modifier)
      return .channel(channel)
    case .measurement(var measurement):
      measurement.modifiers.append(modifier)
      return .measurement(measurement)
    case .reset(var reset):
      reset.modifiers.append(modifier)
      return .reset(reset)
    case .projection(var projection):
      projection.modifiers.append(modifier)
      return .projection(projection)
    }
  }
}

extension Sequence where Element: Hashable {
  /// Each element once, in order of first appearance.
  func uniqued() -> [Element] {
    var seen: Set<Element> = []
    return filter { seen.insert($0).inserted }
  }
}

/// A gate applied to qubits, perhaps with controls beyond its own.
public struct GateOperation: Hashable, Sendable {
  /// The gate's record.
  public let definition: GateDefinition
  /// One for each of the gate's parameters.
  public let angles: [Angle]
  /// The qubits that must be 1 for the gate to act; the gate's own come last.
  public var controls: [Int]
  /// The qubits that must be 0 for the gate to act.
  public var openControls: [Int] = []
  /// The qubits that the gate's matrix acts on.
  public var targets: [Int]

  /// - Parameter qubits: The gate's own controls, then its targets.
  public init(_ definition: GateDefinition, angles: [Angle], qubits: [Int]) {
    self.definition = definition
    self.angles = angles
    controls = Array(qubits.prefix(definition.controlCount))
    targets = Array(qubits.dropFirst(definition.controlCount))
  }

  /// The controls, the open controls, the targets.
  public var qubits: [Int] { controls + openControls + targets }

  /// How many controls there are beyond the gate's own.
  public var extraControlCount: Int {
    controls.count + openControls.count - definition.controlCount
  }

  /// The name with the controls beyond the gate's own.
  public var displayName: String {
    extraControlCount > 0 ? "Controlled(\(definition.name))" : definition.name
  }

  /// The operation that undoes this one.
  public func inverse() -> GateOperation {
    let (gate, angles) = definition.inverse(of: angles)
    return replacing(gate, angles: angles)
  }

  /// Another gate with the same number of own controls on the same qubits.
  func replacing(_ gate: GateDefinition, angles: [Angle]) -> GateOperation {
    var result = GateOperation(gate, angles: angles, qubits: [])
    result.controls = controls
    result.openControls = openControls
    result.targets = targets
    return result
  }
}
