import AnsatzMath

/// What is taken from a hybrid network to see whether its circuit earns its place.
///
/// Two dense layers alone can score well, so a hybrid is only worth something against its twins.
public enum Ablation: String, CaseIterable, Codable, Sendable {
  /// The network as it is.
  case none
  /// The circuit stays, but its weights keep their random start.
  case frozenCircuit = "frozen-circuit"
  /// Every circuit is replaced by a `ClassicalTwin` with as many trainable numbers.
  case withoutCircuit = "without-circuit"

  /// The network with the part taken away.
  public func applied(to network: Sequential) -> Sequential {
    switch self {
    case .none: network
    case .frozenCircuit:
      network.mapChildren { $0.replacing { part in part.quantumLayer.map { $0.frozen() } } }
    case .withoutCircuit:
      network.mapChildren { $0.replacing { part in part.quantumLayer?.classicalTwin } }
    }
  }

  /// Whether the network without the part would be another: it has a circuit, and for a frozen twin
  /// one that is trained.
  public func changes(_ network: Sequential) -> Bool {
    switch self {
    case .none: false
    case .frozenCircuit: network.hasTrainedCircuit
    case .withoutCircuit: network.hasCircuit
    }
  }
}

extension Layer {
  /// Whether training changes the weights of some circuit in it.
  var hasTrainedCircuit: Bool {
    guard isTrainable else { return false }
    if let quantumLayer { return quantumLayer.circuit.weightCount > 0 }
    return children.contains { $0.hasTrainedCircuit }
  }
}
