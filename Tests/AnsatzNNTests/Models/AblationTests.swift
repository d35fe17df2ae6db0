import AnsatzCircuits
import AnsatzData
import AnsatzMath
import AnsatzNN
import Testing

@Suite("Ablations")
struct AblationTests {
  private func trainable(_ model: any Model, _ ablation: Ablation) throws -> Int {
    let layers = ablation.applied(to: try model.network(features: 30, classes: 3))
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

  @Test("Circuits are found and taken away however deep they are, frozen ones too")
  func nested() throws {
    let quantum = try #require(Hybrid().network(features: 4, classes: 2).quantumLayers.first)
    let width = quantum.circuit.inputCount
    let network = Sequential {
      Dense(width)
      Residual { Residual(quantum.frozen()) }
      Residual { Residual(quantum) }
    }
    #expect(network.quantumLayers.count == 2)
    #expect(Ablation.withoutCircuit.changes(network) && Ablation.frozenCircuit.changes(network))
    #expect(!Ablation.withoutCircuit.applied(to: network).hasCircuit)
    func trainable(_ network: Sequential) throws -> Int {
      try Network<Double>(network, inputs: 3, seed: 0).trainableParameterCount
    }
    #expect(try trainable(Ablation.withoutCircuit.applied(to: network)) == trainable(network))
    #expect(
      try trainable(Ablation.frozenCircuit.applied(to: network))
        == trainable(network) - quantum.circuit.weightCount)
    let frozen = Sequential([Dense(width), quantum.frozen()])
    #expect(frozen.hasCircuit && !Ablation.frozenCircuit.changes(frozen))
    #expect(Ablation.withoutCircuit.changes(frozen))
  }

  /// Raw features: one column in thousands beside one in thousandths.
  private var raw: Tensor<Double> {
    Tensor(shape: [3, 3], elements: [900, 0.002, -40, 2500, 0.001, 3, -700, 0.004, 12])
  }

  @Test("The twin of a circuit that embeds amplitudes sees the sample as the circuit does")
  func embeddedTwin() throws {
    var model = CircuitCentric()
    model.padding = 0
    let layers = Ablation.withoutCircuit.applied(
      to: try model.network(features: 3, classes: 2))
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
    let parameters = try twin.makeParameters(for: [3], using: &random)
    try expectGradientsMatch(
      [Tensor(shape: [2, 3], elements: [0.4, -1.2, 0.7, 2, 0.1, -0.3])] + parameters.map(\.value)
    ) { tape, v in
      var pass = Pass(on: tape)
      return try twin.forward(v[0], ParameterView(Array(v[1...])), in: &pass)
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
