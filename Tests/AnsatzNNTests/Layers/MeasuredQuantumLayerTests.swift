import AnsatzCircuits
import AnsatzMath
import AnsatzNN
import AnsatzSimulator
import Testing

@Suite("Quantum layers under noise and with shots")
struct MeasuredQuantumLayerTests {
  private let noise = NoiseModel(rules: [NoiseRule(Depolarizing.definition, [0.02])])

  private func sequential() throws -> Sequential {
    let x = Inputs("x", 2)
    let circuit = try Circuit(qubits: 2) {
      AngleEmbedding(x, on: 0..<2)
      StronglyEntangling(layers: 1, on: 0..<2)
    }
    let quantum = try QuantumLayer(circuit, measuring: [0.5 * Z(0) + X(1), Z(0) * Z(1)])
    return Sequential {
      Dense(2)
      quantum
      Dense(2)
    }
  }

  private let inputs = Tensor<Double>(shape: [2, 2], elements: [0.1, -0.4, 0.7, 0.2])
  private let targets = CrossEntropy().targets(labels: [0, 1], classes: 2) as Tensor<Double>

  private func gradients(
    noise: NoiseModel? = nil, shots: Int? = nil, _ seed: UInt64 = 0
  ) throws -> BatchResult<Double> {
    var context = ForwardContext(
      isTraining: true, dropout: RandomStream(seed: seed),
      measurement: try Measurement(noise: noise, shots: shots))
    return try Network<Double>(sequential(), inputs: 2, seed: 3).lossAndGradients(
      CrossEntropy(), inputs: inputs, targets: targets, context: &context)
  }

  @Test("Noise of probability 0 is the layer itself, values and gradients")
  func noNoise() throws {
    let plain = try gradients()
    let nothing = NoiseModel(rules: [NoiseRule(BitFlip.definition, [0])])
    let measured = try gradients(noise: nothing)
    #expect(abs(plain.loss - measured.loss) < 1e-13)
    for (a, b) in zip(plain.gradients, measured.gradients) {
      for (x, y) in zip(a.elements, b.elements) { #expect(abs(x - y) < 1e-12) }
    }
    #expect(try Measurement(noise: nil, shots: nil) == .exact)
  }

  @Test("Under noise the gradient of a network equals finite differences in every weight")
  func differences() throws {
    let network = try Network<Double>(sequential(), inputs: 2, seed: 3)
    var context = ForwardContext.inference(try Measurement(noise: noise))
    let found = try network.lossAndGradients(
      CrossEntropy(), inputs: inputs, targets: targets, context: &context)
    for (parameter, gradient) in zip(network.parameters, found.gradients) {
      for index in 0..<parameter.tensor.count {
        func loss(_ step: Double) throws -> Double {
          var (moved, tensor) = (network, parameter.tensor)
          tensor.elements[index] += step
          try moved.setParameter(parameter.name, to: tensor)
          return try moved.lossAndGradients(
            CrossEntropy(), inputs: inputs, targets: targets, context: &context
          ).loss
        }
        let expected = try (loss(1e-5) - loss(-1e-5)) / 2e-5
        #expect(abs(gradient.elements[index] - expected) < 1e-8)
      }
    }
  }

  @Test("Shots change values from draw to draw, less the more there are, and by seed alone")
  func shots() throws {
    let exact = try gradients().loss
    for noise in [nil, NoiseModel(rules: [NoiseRule(BitFlip.definition, [0])])] {
      func losses(_ shots: Int) throws -> [Double] {
        try (0..<40).map {
          try gradients(noise: noise, shots: shots, $0).loss
        }
      }
      let (few, many) = (try losses(20), try losses(2000))
      #expect(Set(few).count > 30)
      #expect(try few == losses(20))
      func spread(_ list: [Double]) -> Double {
        (list.reduce(0) { $0 + ($1 - exact) * ($1 - exact) } / 40).squareRoot()
      }
      // Ten times as small; the ratio of two spreads of 40 is off by 16 %.
      #expect(spread(few) / spread(many) > 5 && spread(few) / spread(many) < 20)
    }
  }

  @Test("A model without a circuit, and no shots, are refused")
  func refused() throws {
    let dense = Sequential { Dense(2) }
    #expect(throws: AnsatzError.self) { try Measurement(noise: noise).check(dense) }
    #expect(throws: AnsatzError.self) { try Measurement(shots: 0) }
    try Measurement(noise: noise).check(sequential())
    try Measurement(noise: noise).check(Residual(sequential().frozen()))
  }
}
