import AnsatzMath
import AnsatzNN

/// What is done to the circuits of a hybrid to make its twin.
public enum TwinKind: String, CaseIterable, Codable, Sendable {
  /// Each circuit gives way to a classical layer of as many trainable numbers.
  case withoutCircuit = "without circuit"
  /// Each circuit keeps the random weights it starts with.
  case frozenCircuit = "frozen circuit"
}

extension Model {
  /// Whether there is a circuit in the network that the model makes for data of that size.
  public func hasCircuit(features: Int, classes: Int) throws -> Bool {
    try network(features: features, classes: classes).layers.contains { $0 is QuantumLayer }
  }

  /// The same model with its circuits removed or frozen, and all else equal.
  public func twin(_ kind: TwinKind) -> any Model { Twin(base: self, kind: kind) }
}

private struct Twin<Base: Model>: Model {
  static var name: String { "\(Base.name) twin" }
  static var summary: String { "\(Base.name) with its circuits removed or frozen" }

  var base = Base()
  var kind = TwinKind.withoutCircuit

  var loss: String { base.loss }
  var training: TrainingOptions { base.training }
  var preprocessing: String { base.preprocessing }

  func network(features: Int, classes: Int) throws -> Sequential {
    let original = try base.network(features: features, classes: classes)
    let widths = try original.widths(inputs: features)
    return Sequential(
      try original.layers.enumerated().map { index, layer in
        guard let circuit = layer as? QuantumLayer else { return layer }
        switch kind {
        case .frozenCircuit: return circuit.frozen()
        case .withoutCircuit:
          var random = RandomStream(seed: 0)
          let inputs = index == 0 ? features : widths[index - 1]
          let parameters = try circuit.initialParameters(inputCount: inputs, using: &random)
          return ClassicalStandIn(
            inputs: inputs, outputs: widths[index],
            parameterCount: parameters.reduce(0) { $0 + $1.value.count })
        }
      })
  }
}
