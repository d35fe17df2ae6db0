import AnsatzMath
import AnsatzNN
import Testing

@Suite("Ablations")
struct AblationTests {
  private func trainable(_ model: any Model, _ ablation: Ablation) throws -> Int {
    let layers = try ablation.applied(to: model.network(features: 30, classes: 3), inputs: 30)
    return try Network<Double>(layers, inputs: 30, seed: 0).trainableParameterCount
  }

  @Test("The twin without the circuit has exactly as many trainable numbers")
  func equalCount() throws {
    for qubits in 1...6 {
      for layers in 1...4 {
        for ansatz in Hybrid.ansaetze {
          var model = Hybrid()
          (model.qubits, model.layers, model.ansatz) = (qubits, layers, ansatz)
          #expect(try trainable(model, .none) == trainable(model, .withoutCircuit))
        }
      }
    }
    #expect(
      try trainable(CircuitCentric(), .none) == trainable(CircuitCentric(), .withoutCircuit))
  }

  @Test("The frozen twin lacks just the circuit's weights")
  func frozen() throws {
    let circuit = try Hybrid().circuit()
    #expect(
      try trainable(Hybrid(), .frozenCircuit)
        == trainable(Hybrid(), .none) - circuit.weightCount)
  }

  @Test("The classical twin's gradient equals finite differences", arguments: 0..<12)
  func twinGradient(parameters: Int) throws {
    let layer = ClassicalTwin(inputs: 3, outputs: 2, parameterCount: parameters)
    let network = try Network<Double>(
      Sequential {
        Dense(3)
        layer
      }, inputs: 2, seed: UInt64(parameters))
    var random = RandomStream(seed: 4)
    let inputs = Tensor<Double>(shape: [4, 2], elements: (0..<8).map { _ in random.normal() })
    let targets = Tensor<Double>(shape: [4, 2], elements: (0..<8).map { _ in random.normal() })
    var context = ForwardContext.inference
    let result = try network.lossAndGradients(
      MeanSquaredError(), inputs: inputs, targets: targets, context: &context)
    for (parameter, gradient) in zip(network.parameters, result.gradients) {
      for index in 0..<parameter.tensor.count {
        var values: [Double] = []
        for h in [1e-5, -1e-5] {
          var moved = network
          var tensor = parameter.tensor
          tensor.elements[index] += h
          try moved.setParameter(parameter.name, to: tensor)
          values.append(
            try moved.lossAndGradients(
              MeanSquaredError(), inputs: inputs, targets: targets, context: &context
            ).loss)
        }
        #expect(abs((values[0] - values[1]) / 2e-5 - gradient.elements[index]) < 1e-8)
      }
    }
  }
}
