/// One step of a circuit.
public enum CircuitOperation: Hashable, Sendable {
  case gate(GateOperation)
  /// The start state, from data. Only the first operation of a circuit may be one.
  case amplitudes(AmplitudeEmbedding)
  /// Noise; needs the density-matrix simulator.
  case channel(ChannelOperation)

  public var name: String {
    switch self {
    case .gate(let gate): gate.displayName
    case .amplitudes: "AmplitudeEmbedding"
    case .channel(let channel): channel.definition.name
    }
  }

  /// The qubits it acts on, controls first.
  public var qubits: [Int] {
    switch self {
    case .gate(let gate): gate.controls + gate.targets
    case .amplitudes(let embedding): embedding.qubits
    case .channel(let channel): channel.qubits
    }
  }

  /// The expressions it depends on.
  public var angles: [Angle] {
    switch self {
    case .gate(let gate): gate.angles
    case .amplitudes, .channel: []
    }
  }
}

/// A gate applied to qubits, perhaps with controls beyond its own.
public struct GateOperation: Hashable, Sendable {
  public let definition: GateDefinition
  public let angles: [Angle]
  /// The qubits that must be 1 for the gate to act; the gate's own come last.
  public var controls: [Int]
  public var targets: [Int]

  /// - Parameter qubits: The gate's own controls, then its targets.
  public init(_ definition: GateDefinition, angles: [Angle], qubits: [Int]) {
    self.definition = definition
    self.angles = angles
    controls = Array(qubits.prefix(definition.controlCount))
    targets = Array(qubits.dropFirst(definition.controlCount))
  }

  public var displayName: String {
    let extra = controls.count - definition.controlCount
    return extra > 0 ? "Controlled(\(definition.name))" : definition.name
  }

  public func inverse() -> GateOperation {
    let (gate, angles) = definition.inverse(of: angles)
    var result = GateOperation(gate, angles: angles, qubits: [])
    result.controls = controls
    result.targets = targets
    return result
  }
}
