import AnsatzCircuits
import AnsatzData
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

  /// Raw features: one column in thousands beside one in thousandths.
  private var raw: Tensor<Double> {
    Tensor(shape: [3, 3], elements: [900, 0.002, -40, 2500, 0.001, 3, -700, 0.004, 12])
  }

  @Test("The twin of a circuit that embeds amplitudes sees the sample as the circuit does")
  func embeddedTwin() throws {
    var model = CircuitCentric()
    model.padding = 0
    let layers = try Ablation.withoutCircuit.applied(
      to: model.network(features: 3, classes: 2), inputs: 3)
    let network = try Network<Double>(layers, inputs: 3, seed: 1)
    // Of the sample only the direction reaches the circuit, so neither does it reach the twin.
    let (near, far) = (try network(raw), try network(1000 * raw))
    for (a, b) in zip(near.elements, far.elements) { #expect(abs(a - b) < 1e-12) }
  }

  @Test("The gradient through embedded inputs equals finite differences", arguments: [0, 0.3])
  func embeddedGradient(padding: Double) throws {
    var model = CircuitCentric()
    (model.padding, model.layers) = (padding, 1)
    let circuit = try model.circuit(features: 3, outputs: 2)
    let twin = ClassicalTwin(of: circuit, outputs: 2)
    var random = RandomStream(seed: 8)
    let parameters = try twin.initialParameters(inputCount: 3, using: &random)
    try expectGradientsMatch(
      [Tensor(shape: [2, 3], elements: [0.4, -1.2, 0.7, 2, 0.1, -0.3])] + parameters.map(\.value)
    ) { tape, v in
      var context = ForwardContext.inference
      return try twin.forward(v[0], parameters: Array(v[1...]), on: tape, context: &context)
    }
  }

  @Test(
    "On raw features the twin trains as long as its circuit does", arguments: [UInt64(0), 1, 2])
  func rawFeatures(seed: UInt64) throws {
    let data = try EmbeddedDatasets.named("breast-cancer").load()
    var preprocessing = try Preprocessing(parsing: "none")
    try preprocessing.fit(data.features)
    let features = try preprocessing.transform(data.features)
    var options = CircuitCentric().training
    (options.epochs, options.seed) = (3, seed)
    var twin = NetworkClassifier<Double>(
      CircuitCentric(), options: options, ablation: .withoutCircuit)
    try twin.fit(features, labels: data.labels, classCount: 2, observer: SilentObserver())
    #expect(twin.trainer?.progress.history.count == 3)
  }
}
