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
  ///
  /// - Parameter inputs: The width of the data.
  /// - Throws: `AnsatzError` if the network does not fit data of that width.
  public func applied(to network: Sequential, inputs: Int) throws -> Sequential {
    switch self {
    case .none: return network
    case .frozenCircuit:
      return Sequential(network.layers.map { $0 is QuantumLayer ? $0.frozen() : $0 })
    case .withoutCircuit:
      let widths = try network.widths(inputs: inputs)
      return Sequential(
        network.layers.enumerated().map { index, layer in
          guard let quantum = layer as? QuantumLayer else { return layer }
          return ClassicalTwin(of: quantum.circuit, outputs: widths[index])
        })
    }
  }
}

extension Sequential {
  /// Whether a circuit is among the layers, so that there is something to take away.
  public var hasCircuit: Bool {
    layers.contains { $0 is QuantumLayer || $0 is MeasuredQuantumLayer }
  }

  /// The circuits among the layers.
  public var quantumLayers: [QuantumLayer] {
    layers.compactMap { $0 as? QuantumLayer ?? ($0 as? Frozen)?.layer as? QuantumLayer }
  }
}
