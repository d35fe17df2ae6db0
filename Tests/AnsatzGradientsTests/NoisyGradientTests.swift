import AnsatzCircuits
import AnsatzGradients
import AnsatzMath
import AnsatzSimulator
import AnsatzTestSupport
import Testing

@Suite("Gradient methods under noise")
struct NoisyGradientTests {
  /// A channel with parameters away from their bounds.
  struct Case: Sendable, CustomStringConvertible {
    let channel: ChannelDefinition
    let parameters: [Double]
    var description: String { channel.name }

    static let all: [Case] =
      [
        Case(channel: Depolarizing.definition, parameters: [0.12]),
        Case(channel: TwoQubitDepolarizing.definition, parameters: [0.2]),
        Case(channel: BitFlip.definition, parameters: [0.1]),
        Case(channel: PhaseFlip.definition, parameters: [0.15]),
        Case(channel: BitPhaseFlip.definition, parameters: [0.1]),
        Case(channel: PauliChannel.definition, parameters: [0.05, 0.1, 0.02]),
        Case(channel: AmplitudeDamping.definition, parameters: [0.2]),
        Case(channel: GeneralizedAmplitudeDamping.definition, parameters: [0.2, 0.3]),
        Case(channel: PhaseDamping.definition, parameters: [0.3]),
        Case(channel: ThermalRelaxation.definition, parameters: [50, 60, 9, 0.2]),
        Case(channel: ResetChannel.definition, parameters: [0.05, 0.1]),
      ] + StandardChannels.examples.map { Case(channel: $0, parameters: []) }
  }

  @Test("Every channel is among the cases")
  func complete() {
    #expect(
      Case.all.map(\.channel.name)
        == (StandardChannels.all + StandardChannels.examples).map(\.name))
  }

  private struct Setting {
    let point: NoisyPoint<Double>
    let upstream: Tensor<Double>
  }

  /// A random circuit with the channel after every gate, and readout errors.
  private func setting(
    _ item: Case, seed: UInt64, qubits: Int, shots: Int? = nil, rows: Int = 2
  ) throws -> Setting {
    var maker = RandomCircuits(seed: 900 + seed)
    let circuit = try maker.circuit(qubits: qubits, gates: 9, fourier: false)
    let noise = NoiseModel(
      rules: [NoiseRule(item.channel, item.parameters)],
      readout: [ReadoutRule(ReadoutError(zeroAsOne: 0.02, oneAsZero: 0.07))])
    let engine = try NoisyExpectations(
      circuit, observables: [maker.observable(qubits: qubits), Z(0)], noise: noise)
    let inputs = Tensor(
      shape: [rows, circuit.inputCount], elements: maker.values(rows * circuit.inputCount))
    return Setting(
      point: NoisyPoint(
        engine, inputs: inputs, weights: maker.values(circuit.weightCount), shots: shots,
        seed: seed),
      upstream: Tensor(shape: [rows, 2], elements: maker.values(2 * rows)))
  }

  private func largest(_ a: CircuitGradient<Double>, _ b: CircuitGradient<Double>) -> Double {
    let pairs =
      Array(zip(a.weights, b.weights))
      + Array(zip(a.inputs?.elements ?? [], b.inputs?.elements ?? []))
    return pairs.map { abs($0 - $1) }.max() ?? 0
  }

  /// Differences of order 6 with steps of 2⁻⁷ are good to some 1e-9 for these angles' frequencies;
  /// angles may hold x², which brings a factor of 10.
  @Test("All methods agree pairwise under every channel, on random circuits", arguments: Case.all)
  func pairwise(item: Case) throws {
    let exact: [any GradientMethod] = [
      Adjoint(), ParameterShift(), StochasticShift(), HadamardTest(),
    ]
    var slope = 0.0
    for seed in 0..<4 as Range<UInt64> {
      let setting = try setting(item, seed: seed, qubits: 2 + Int(seed) % 2)
      let gradients = try exact.map {
        try $0.gradient(of: setting.point, upstream: setting.upstream, request: GradientRequest())
      }
      for a in gradients.indices {
        for b in gradients[..<a].indices { #expect(largest(gradients[a], gradients[b]) < 1e-10) }
      }
      let difference = try FiniteDifference(order: 6).gradient(
        of: setting.point, upstream: setting.upstream, request: GradientRequest())
      #expect(largest(gradients[0], difference) < 1e-7)
      slope = max(slope, gradients[0].weights.map(abs).max() ?? 0)
    }
    // Zeros would agree as well.
    #expect(slope > 1e-2)
  }

  /// Six standard errors: one of some 10⁹ draws is further off.
  @Test("Sampled gradients are the exact ones within six standard errors", arguments: 0..<4)
  func sampled(seed: UInt64) throws {
    let item = Case.all[Int(seed)]
    let setting = try setting(item, seed: seed, qubits: 3, shots: 400)
    let request = GradientRequest(inputs: false)
    let exact = try Adjoint().gradient(
      of: setting.point, upstream: setting.upstream, request: request)
    #expect(exact.shots == 0 && exact.weightErrors == nil)
    let still = NoisyPoint(
      setting.point.expectations, inputs: setting.point.inputs, weights: setting.point.weights)
    let all: [(any GradientMethod, NoisyPoint<Double>)] = [
      (ParameterShift(), setting.point), (StochasticShift(), setting.point),
      (HadamardTest(), setting.point), (try SPSA(draws: 400, seed: seed), still),
    ]
    for (method, point) in all {
      let found = try method.gradient(of: point, upstream: setting.upstream, request: request)
      let errors = try #require(found.weightErrors)
      for i in exact.weights.indices {
        #expect(abs(found.weights[i] - exact.weights[i]) < 6 * errors[i] + 1e-4)
        // A bound that is met by being wide would prove nothing.
        #expect(errors[i] < 3)
      }
      if point.shots != nil {
        #expect(found.shots > 0 && found.shots % (400 * found.evaluations) == 0)
        #expect(found.weights != exact.weights)
      }
    }
  }

  @Test("A noise of probability 0 gives the gradient without noise")
  func silent() throws {
    var maker = RandomCircuits(seed: 77)
    let circuit = try maker.circuit(qubits: 3, gates: 12, fourier: false)
    let observables: [any Observable] = [maker.observable(qubits: 3), X(1)]
    let noise = NoiseModel(rules: [NoiseRule(Depolarizing.definition, [0])])
    let inputs = Tensor(
      shape: [2, circuit.inputCount], elements: maker.values(2 * circuit.inputCount))
    let weights = maker.values(circuit.weightCount)
    let upstream = Tensor(shape: [2, 2], elements: maker.values(4))
    let point = NoisyPoint(
      try NoisyExpectations(circuit, observables: observables, noise: noise), inputs: inputs,
      weights: weights)
    let compiled = try CompiledObservables(observables, qubitCount: 3)
    for method in GradientMethods.all where type(of: method).accuracy == .exact {
      let pass = try Program(circuit).forward(compiled, inputs: inputs, weights: weights)
      let pure = try method.gradient(of: pass, upstream: upstream, request: GradientRequest())
      let noisy = try method.gradient(of: point, upstream: upstream, request: GradientRequest())
      #expect(largest(pure, noisy) < 1e-10)
    }
  }

  @Test("The inputs of an amplitude embedding are differentiated by values alone")
  func amplitudes() throws {
    let x = Inputs("x", 4)
    let circuit = try Circuit(qubits: 2) {
      AmplitudeEmbedding(x, on: 0..<2)
      RY(Weights("w", 1)[0], on: 0)
    }
    let engine = try NoisyExpectations(
      circuit, observables: [Z(0)],
      noise: NoiseModel(rules: [NoiseRule(AmplitudeDamping.definition, [0.1])]))
    let point = NoisyPoint(
      engine, inputs: Tensor(shape: [1, 4], elements: [0.3, -0.2, 0.6, 0.1]), weights: [0.4])
    let upstream = Tensor<Double>(repeating: 1, shape: [1, 1])
    let fine = try FiniteDifference(order: 6).gradient(
      of: point, upstream: upstream, request: GradientRequest())
    // Values do not change when the data are scaled: the slope along them is zero.
    let slopes = try #require(fine.inputs).elements
    let along = zip(slopes, point.inputs.elements).reduce(0) { $0 + $1.0 * $1.1 }
    #expect(abs(along) < 1e-8 && slopes.contains { abs($0) > 0.1 })
    for method in GradientMethods.all where type(of: method).accuracy == .exact {
      let error = #expect(throws: AnsatzError.self) {
        try method.gradient(of: point, upstream: upstream, request: GradientRequest())
      }
      #expect(error?.message.contains("finite-difference") == true)
    }
  }

  private struct Pure: GradientMethod {
    static let name = "pure"
    static let summary = "knows nothing of noise"
    static let accuracy = GradientAccuracy.exact

    func gradient<S: Scalar>(
      of pass: ForwardPass<S>, upstream: Tensor<S>, request: GradientRequest
    ) throws(AnsatzError) -> CircuitGradient<S> {
      try Adjoint().gradient(of: pass, upstream: upstream, request: request)
    }

    func gradient(
      of function: StateFunction, at point: CircuitPoint, request: GradientRequest
    ) throws -> CircuitGradient<Double> {
      try Adjoint().gradient(of: function, at: point, request: request)
    }
  }

  @Test("A method that is not defined under noise says which are")
  func undefined() throws {
    let setting = try setting(Case.all[0], seed: 0, qubits: 2)
    let error = #expect(throws: AnsatzError.self) {
      try Pure().gradient(
        of: setting.point, upstream: setting.upstream, request: GradientRequest())
    }
    #expect(error?.message.contains("'adjoint' or 'parameter-shift'") == true)
  }
}
