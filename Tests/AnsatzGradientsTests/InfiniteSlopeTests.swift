import AnsatzCircuits
import AnsatzGradients
import AnsatzMath
import AnsatzSimulator
import Testing

@Suite("Infinite slopes")
struct InfiniteSlopeTests {
  private func gradient(
    _ circuit: Circuit, inputs: [[Double]], weights: [Double] = [], by method: any GradientMethod,
    request: GradientRequest = GradientRequest()
  ) throws -> CircuitGradient<Double> {
    let observables = try CompiledObservables([Z(0)], qubitCount: circuit.qubitCount)
    let pass = try Program(circuit).forward(
      observables,
      inputs: Tensor(shape: [inputs.count, circuit.inputCount], elements: inputs.flatMap { $0 }),
      weights: weights, keepStates: true)
    return try method.gradient(
      of: pass, upstream: Tensor(repeating: 1, shape: [inputs.count, 1]), request: request)
  }

  private static let exact: [any GradientMethod] = [Adjoint(), ParameterShift(), HadamardTest()]

  @Test("RY(acos x) measured by Z is x, and its derivative 1 up to the ends of the domain")
  func interior() throws {
    let x = Inputs("x", 1)
    let circuit = try Circuit(qubits: 1) { RY(.acos(x[0]), on: 0) }
    for method in Self.exact {
      for gap in [0.5, 1e-3, 1e-6, 1e-10, 1e-14] {
        for sign in [1.0, -1.0] {
          let found = try gradient(circuit, inputs: [[sign * (1 - gap)]], by: method)
          // Rounding of the amplitudes, 1e-16, over the sine of the angle.
          let tolerance = 1e-15 + 4e-16 / (2 * gap).squareRoot()
          #expect(abs((found.inputs?.elements[0] ?? 0) - 1) < tolerance, "\(method) \(gap)")
        }
      }
    }
  }

  @Test(
    "At the ends, where the chain rule meets an infinite slope, an error names the input and no number comes out",
    arguments: [1.0, -1.0])
  func ends(at value: Double) throws {
    let x = Inputs("x", 1)
    let circuit = try Circuit(qubits: 1) { RY(.acos(x[0]), on: 0) }
    for method in Self.exact {
      let error = #expect(throws: AnsatzError.self) {
        try gradient(circuit, inputs: [[0.2], [value]], by: method)
      }
      #expect(
        error?.message.contains("sample 1: input x[0] is \(value): there acos(x[0]) has no finite")
          == true)
    }
    let noisy = try NoisyExpectations(
      circuit, observables: [Z(0).pauliSum],
      noise: NoiseModel(rules: [NoiseRule(Depolarizing.definition, [0.1])]))
    #expect(throws: AnsatzError.self) {
      try Adjoint().gradient(
        of: NoisyPoint(noisy, inputs: Tensor(shape: [1, 1], elements: [value]), weights: []),
        upstream: Tensor(repeating: 1, shape: [1, 1]), request: GradientRequest())
    }
  }

  @Test("Derivatives that are not asked for may be infinite")
  func notAsked() throws {
    let (x, w) = (Inputs("x", 1), Weights("w", 1))
    let circuit = try Circuit(qubits: 1) {
      RY(.acos(x[0]), on: 0)
      RX(w[0], on: 0)
    }
    let found = try gradient(
      circuit, inputs: [[1]], weights: [0.3], by: Adjoint(),
      request: GradientRequest(weights: true, inputs: false))
    #expect(found.weights.allSatisfy { $0.isFinite })
  }

  @Test("Shots cost nothing: gradients by 10¹² shots agree with the exact ones")
  func shots() throws {
    let w = Weights("w", 1)
    let circuit = try Circuit(qubits: 1) { RX(w[0], on: 0) }
    let sampled = try gradient(
      circuit, inputs: [[]], weights: [0.7], by: ParameterShift(shots: 1_000_000_000_000))
    let exact = try gradient(circuit, inputs: [[]], weights: [0.7], by: Adjoint())
    #expect(abs(sampled.weights[0] - exact.weights[0]) < 1e-5)
    #expect(sampled.shots == 2_000_000_000_000)
    let most = try gradient(circuit, inputs: [[]], weights: [0.7], by: ParameterShift(shots: .max))
    #expect(most.shots == .max)
  }
}
