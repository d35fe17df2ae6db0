import AnsatzCircuits
import AnsatzGradients
import AnsatzMath
import AnsatzNN
import AnsatzOptimizers
import AnsatzSimulator
import Testing

@Suite("Quantum layers")
struct QuantumLayerTests {
  private func network(
    _ method: any GradientMethod, amplitude: Bool = false
  ) throws -> Network<Double> {
    let x = Inputs("x", 3)
    let circuit = try Circuit(qubits: 3) {
      if amplitude { AmplitudeEmbedding(x, on: 0..<2, padding: 0.3) }
      if !amplitude { AngleEmbedding(x, on: 0..<3) }
      CRX(0.4, control: 0, target: 1)
      StronglyEntangling(layers: 1, on: 0..<3)
      if !amplitude { IQPEmbedding(x, on: 0..<3) }
      BasicEntangler(layers: 1, on: 0..<3)
    }
    let quantum = try QuantumLayer(
      circuit, measuring: [Z(0), X(1) * Z(2), 0.5 * Y(0) + Z(1)], gradientMethod: method)
    return try Network(
      Sequential {
        Dense(3)
        Tanh()
        quantum
        Dense(2)
      }, inputs: 4, seed: 3)
  }

  @Test(
    "Each bundle of weights starts in its own way, the others as they did, in the weights' order")
  func initialWeights() throws {
    let (a, b, c) = (Weights("a", 2), Weights("b", 3), Weights("c", 2))
    let circuit = try Circuit(qubits: 1) {
      RX(a[0], on: 0)
      for i in 0..<3 { RY(b[i], on: 0) }
      RX(a[1], on: 0)
      for i in 0..<2 { RZ(c[i], on: 0) }
    }
    func start(_ initial: [String: Initializer]) throws -> [Double] {
      var random = RandomStream(seed: 1, stream: "start")
      return try QuantumLayer(circuit, measuring: [Z(0)], initial: initial)
        .makeParameters(for: [1], using: &random)[0].value.elements
    }
    let plain = try start([:])
    #expect(plain.count == 7 && plain.allSatisfy { (0..<2 * .pi).contains($0) })
    let own = try start(["b": .constant(0.25), "c": .zeros])
    #expect(Array(own[..<2]) == Array(plain[..<2]))
    #expect(Array(own[2...]) == [0.25, 0.25, 0.25, 0, 0])
    #expect(try start(["c": .heNormal]).allSatisfy { $0.isFinite })
    #expect(
      throws: AnsatzError(.usage, "the circuit has no weights 'bb' to start; did you mean 'b'?")
    ) { try start(["bb": .zeros, "a": .zeros]) }
  }

  private var batch: (inputs: Tensor<Double>, targets: Tensor<Double>) {
    var random = RandomStream(seed: 8, stream: "batch")
    let inputs = Tensor<Double>(
      shape: [5, 4], elements: (0..<20).map { _ in random.uniform(in: -1..<1) })
    return (inputs, CrossEntropy().targets(labels: [0, 1, 1, 0, 1], classes: 2))
  }

  @Test(
    "The gradient of a hybrid network equals finite differences in every weight",
    arguments: [false, true])
  func finiteDifferences(amplitude: Bool) throws {
    let network = try network(Adjoint(), amplitude: amplitude)
    let (inputs, targets) = batch
    var context = ForwardContext.inference
    func loss(_ network: Network<Double>) throws -> Double {
      try network.lossAndGradients(
        CrossEntropy(), inputs: inputs, targets: targets, context: &context
      ).loss
    }
    let gradients = try network.lossAndGradients(
      CrossEntropy(), inputs: inputs, targets: targets, context: &context
    ).gradients
    for (parameter, gradient) in zip(network.parameters, gradients) {
      for index in 0..<parameter.tensor.count {
        let h = 1e-5
        var (up, down) = (network, network)
        var (plus, minus) = (parameter.tensor, parameter.tensor)
        plus.elements[index] += h
        minus.elements[index] -= h
        try up.setParameter(parameter.name, to: plus)
        try down.setParameter(parameter.name, to: minus)
        let difference = try (loss(up) - loss(down)) / (2 * h)
        // Central differences: h² times the third derivative, and rounding of 1e-16 / h.
        #expect(abs(gradient.elements[index] - difference) < 1e-8, "\(parameter.name)[\(index)]")
      }
    }
  }

  @Test("Every gradient method trains the same network")
  func methodsAgree() throws {
    let (inputs, targets) = batch
    func gradients(_ method: any GradientMethod) throws -> [Tensor<Double>] {
      var context = ForwardContext.inference
      return try network(method).lossAndGradients(
        CrossEntropy(), inputs: inputs, targets: targets, context: &context
      ).gradients
    }
    let adjoint = try gradients(Adjoint())
    for method in GradientMethods.all.dropFirst() where type(of: method).accuracy != .sampled {
      for (a, b) in zip(adjoint, try gradients(method)) {
        for (x, y) in zip(a.elements, b.elements) { #expect(abs(x - y) < 1e-10) }
      }
    }
  }

  @Test("Quantum and classical weights change in one update")
  func oneUpdate() throws {
    var network = try network(Adjoint())
    let before = network.parameters
    let (inputs, targets) = batch
    var context = ForwardContext.inference
    let gradients = try network.lossAndGradients(
      CrossEntropy(), inputs: inputs, targets: targets, context: &context
    ).gradients
    let optimizer = Adam()
    var states = network.makeStates(for: optimizer)
    network.update(along: gradients, with: optimizer, states: &states, learningRate: 0.1)
    for (old, new) in zip(before, network.parameters) { #expect(old.tensor != new.tensor) }
    #expect(before.map(\.name).contains("3.quantum.weights"))
  }

  @Test("Circuit evaluations are counted: forward, and four or two a shifted gate")
  func evaluations() throws {
    let circuit = try Circuit(qubits: 2) {
      AngleEmbedding(Inputs("x", 2), on: 0..<2)
      BasicEntangler(layers: 1, on: 0..<2)
    }
    let network = try Network<Double>(
      Sequential { try QuantumLayer(circuit, measuring: [Z(0)], gradientMethod: ParameterShift()) },
      inputs: 2, seed: 1)
    let counter = EvaluationCounter()
    var context = ForwardContext(
      isTraining: true, dropout: RandomStream(seed: 0), circuitEvaluations: counter)
    _ = try network.lossAndGradients(
      MeanSquaredError(), inputs: Tensor(repeating: 0.3, shape: [7, 2]),
      targets: Tensor(shape: [7, 1]), context: &context)
    // Seven samples forward; two weights, two evaluations each, a sample. Inputs are data.
    #expect(counter.count == 7 + 7 * 2 * 2)
  }

  @Test("A width that does not fit names both layers")
  func shapeMismatch() throws {
    let circuit = try Circuit(qubits: 2) { AngleEmbedding(Inputs("x", 2), on: 0..<2) }
    #expect {
      try Network<Double>(
        Sequential {
          Dense(3)
          try QuantumLayer(circuit, measuring: Z(0))
        }, inputs: 4, seed: 0)
    } throws: {
      "\($0)".contains("layer 2 (quantum) takes 2 inputs, but layer 1 (dense) gives 3")
    }
  }
}
