import AnsatzCircuits
import AnsatzGradients
import AnsatzMath
import AnsatzSimulator
import AnsatzTestSupport
import Testing

@Suite("Expectation values and gradients under noise")
struct NoisyExpectationsTests {
  /// Every kind of noise, and readout errors with an offset.
  private let noise = NoiseModel(
    rules: [
      NoiseRule(gateQubits: 1, ThermalRelaxation.definition, [50, 60, 2, 0.1]),
      NoiseRule(gateQubits: 2, TwoQubitDepolarizing.definition, [0.03]),
      NoiseRule(qubits: [1], AmplitudeDamping.definition, [0.05]),
      NoiseRule(PauliChannel.definition, [0.01, 0.02, 0.03]),
    ],
    readout: [ReadoutRule(ReadoutError(zeroAsOne: 0.02, oneAsZero: 0.07))])

  private func exact(
    _ circuit: Circuit, _ observables: [any Observable], _ inputs: [Double], _ weights: [Double]
  ) throws -> [Double] {
    let density = try noise.applied(to: circuit).densityMatrix(inputs: inputs, weights: weights)
    let errors = noise.readoutErrors(qubits: circuit.qubitCount)
    return try observables.map { try density.expectation(of: errors.read($0)) }
  }

  @Test(
    "Values are the density matrix's, and gradients its central differences, on random circuits",
    arguments: 0..<12)
  func randomCircuits(seed: UInt64) throws {
    var maker = RandomCircuits(seed: seed)
    let n = 1 + Int(seed) % 3
    let isData = seed % 4 == 3
    let circuit = try maker.circuit(
      qubits: n, gates: 10, amplitudeStart: isData, fourier: false)
    let observables: [any Observable] = [maker.observable(qubits: n), Z(0)]
    let engine = try NoisyExpectations(circuit, observables: observables, noise: noise)
    let rows = 3
    let inputs = Tensor(
      shape: [rows, circuit.inputCount], elements: maker.values(rows * circuit.inputCount))
    let weights = maker.values(circuit.weightCount)
    let values = try engine.values(inputs: inputs, weights: weights)
    for row in 0..<rows {
      let truth = try exact(circuit, observables, Array(inputs.row(row)), weights)
      for k in 0..<2 { #expect(abs(values[row, k] - truth[k]) < 1e-12) }
    }
    let upstream = Tensor(shape: [rows, 2], elements: maker.values(2 * rows))
    let takesInputs = !(isData && n > 1)
    let gradient = try ParameterShift().gradient(
      of: NoisyPoint(engine, inputs: inputs, weights: weights), upstream: upstream,
      request: GradientRequest(inputs: takesInputs))
    func total(_ inputs: Tensor<Double>, _ weights: [Double]) throws -> Double {
      var sum = 0.0
      for row in 0..<rows {
        let found = try exact(circuit, observables, Array(inputs.row(row)), weights)
        for k in 0..<2 { sum += upstream[row, k] * found[k] }
      }
      return sum
    }
    // Curvature h² f''' ~ 1e-9, with factors of up to 8 from x² in angles.
    let h = 1e-5
    for i in weights.indices {
      var (up, down) = (weights, weights)
      up[i] += h
      down[i] -= h
      let expected = try (total(inputs, up) - total(inputs, down)) / (2 * h)
      #expect(abs(gradient.weights[i] - expected) < 2e-7)
    }
    guard takesInputs, let found = gradient.inputs else { return }
    for i in 0..<inputs.count {
      var (up, down) = (inputs, inputs)
      up.elements[i] += h
      down.elements[i] -= h
      let expected = try (total(up, weights) - total(down, weights)) / (2 * h)
      #expect(abs(found.elements[i] - expected) < 2e-7)
    }
  }

  /// 400 repetitions of 50 shots: means within 5 standard errors, one seed in 1.7 million each.
  @Test("Shots scatter about the exact values and gradients by as much as they must")
  func shots() throws {
    let circuit = try Circuit(qubits: 2) {
      RX(Weights("w", 1)[0], on: 0)
      CNOT(control: 0, target: 1)
    }
    let engine = try NoisyExpectations(
      circuit, observables: [Z(1)], noise: NoiseModel(rules: [NoiseRule(BitFlip.definition, [0.1])])
    )
    let inputs = Tensor<Double>(shape: [1, 0])
    let upstream = Tensor<Double>(repeating: 1, shape: [1, 1])
    let (repetitions, shots) = (400, 50)
    let z = try engine.values(inputs: inputs, weights: [0.7]).elements[0]
    // X is applied to the qubits with 0.1 after RX, and to each after CNOT: Z0 Z-flips twice.
    #expect(abs(z - Double.cos(0.7) * 0.8 * 0.8) < 1e-14)
    func gradient(_ shots: Int?, _ seed: UInt64) throws -> Double {
      try ParameterShift().gradient(
        of: NoisyPoint(engine, inputs: inputs, weights: [0.7], shots: shots, seed: seed),
        upstream: upstream, request: GradientRequest(inputs: false)
      ).weights[0]
    }
    let slope = try gradient(nil, 0)
    #expect(abs(slope + Double.sin(0.7) * 0.64) < 1e-14)
    var (values, slopes) = ([Double](), [Double]())
    for seed in 0..<UInt64(repetitions) {
      values.append(
        try engine.values(inputs: inputs, weights: [0.7], shots: shots, seed: seed).elements[0])
      slopes.append(try gradient(shots, seed))
    }
    func mean(_ list: [Double]) -> Double { list.reduce(0, +) / Double(list.count) }
    let error = ((1 - z * z) / Double(shots * repetitions)).squareRoot()
    #expect(abs(mean(values) - z) < 5 * error)
    // Two circuits with ⟨Z⟩ = ∓slope, each by one half.
    let slopeError = ((1 - slope * slope) / Double(2 * shots * repetitions)).squareRoot()
    #expect(abs(mean(slopes) - slope) < 5 * slopeError)
    let variance = mean(values.map { ($0 - z) * ($0 - z) })
    // A variance of 400 numbers is off by 7 %; five times that is allowed.
    #expect(abs(variance / ((1 - z * z) / Double(shots)) - 1) < 0.36)
    #expect(Set(values).count > 10)
  }

  @Test("What cannot be is refused")
  func refused() throws {
    let x = Inputs("x", 2)
    let data = try Circuit(qubits: 1) {
      AmplitudeEmbedding(x, on: [0])
      RX(Weights("w", 1)[0], on: 0)
    }
    let engine = try NoisyExpectations(data, observables: [Z(0)], noise: noise)
    #expect(throws: AnsatzError.self) {
      try ParameterShift().gradient(
        of: NoisyPoint(
          engine, inputs: Tensor<Double>(shape: [1, 2], elements: [1, 2]), weights: [0.1]),
        upstream: Tensor(repeating: 1, shape: [1, 1]), request: GradientRequest())
    }
    #expect(throws: CircuitError.self) {
      try NoisyExpectations(data, observables: [Z(3)], noise: noise)
    }
    #expect(throws: AnsatzError.self) {
      try engine.values(inputs: Tensor<Double>(shape: [1, 1], elements: [1]), weights: [0.1])
    }
  }
}
