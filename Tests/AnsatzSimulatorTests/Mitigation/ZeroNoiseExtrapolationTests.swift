import AnsatzCircuits
import AnsatzMath
import AnsatzSimulator
import AnsatzTestSupport
import Numerics
import Testing

@Suite("Zero-noise extrapolation")
struct ZeroNoiseExtrapolationTests {
  private let scales = [1.0, 1.5, 2, 3, 4]

  private func points(
    _ scales: [Double], error: Double = 0, _ curve: (Double) -> Double
  ) -> [(scale: Double, estimate: Estimate)] {
    scales.map { ($0, Estimate(value: curve($0), standardError: error)) }
  }

  @Test("Each fit finds the curve it is made for")
  func curves() throws {
    let line = try Extrapolation.linear.value(at: points(scales) { 0.8 - 0.1 * $0 })
    #expect(abs(line.value - 0.8) < 1e-13 && line.standardError < 1e-13)
    let cubic: (Double) -> Double = { 0.7 - 0.2 * $0 + 0.03 * $0 * $0 - 0.001 * $0 * $0 * $0 }
    let third = try Extrapolation.polynomial(degree: 3).value(at: points(scales, cubic))
    #expect(abs(third.value - 0.7) < 1e-11)
    let through = try Extrapolation.richardson.value(at: points([1, 2, 3, 4], cubic))
    #expect(abs(through.value - 0.7) < 1e-13)
    #expect(through.standardError == .infinity)
    for (asymptote, height) in [(0.0, 0.9), (0.2, -0.6)] {
      let decay = try Extrapolation.exponential(asymptote: asymptote).value(
        at: points(scales) { asymptote + height * Double.exp(-0.4 * $0) })
      #expect(abs(decay.value - asymptote - height) < 1e-12)
    }
  }

  @Test("Errors of the points become the error of the value, by closed form")
  func errors() throws {
    // Richardson through 1, 2, 3 has the weights 3, -3, 1.
    let through = try Extrapolation.richardson.value(at: points([1, 2, 3], error: 0.1) { $0 })
    #expect(abs(through.standardError - 0.1 * 19.0.squareRoot()) < 1e-14)
    // A line's intercept has the variance σ² (1/N + m²/Σ(λ - m)²).
    let line = try Extrapolation.linear.value(at: points([1, 2, 3], error: 0.1) { $0 })
    #expect(abs(line.standardError - 0.1 * (1.0 / 3 + 4.0 / 2).squareRoot()) < 1e-13)
    // Without errors, the residuals' variance takes their place: here 1/6 with one degree of freedom.
    let bent = try Extrapolation.linear.value(
      at: [(1, Estimate(value: 0)), (2, Estimate(value: 0.5)), (3, Estimate(value: 0))])
    #expect(abs(bent.standardError - (1.0 / 6 * (1.0 / 3 + 2)).squareRoot()) < 1e-13)
  }

  @Test("Too few points, equal scales and values no exponential has are refused")
  func refused() {
    let cases: [(Extrapolation, [(scale: Double, estimate: Estimate)])] = [
      (.linear, points([1]) { $0 }), (.richardson, points([1, 1]) { $0 }),
      (.polynomial(degree: 0), points([1, 2]) { $0 }),
      (.polynomial(degree: 2), points([1, 2]) { $0 }),
      (.exponential(), points([1, 2, 3]) { $0 - 2 }), (.linear, points([1, 2]) { _ in .nan }),
    ]
    for (fit, points) in cases { #expect(throws: AnsatzError.self) { try fit.value(at: points) } }
  }

  @Test("Folding changes nothing but the number of gates", arguments: CircuitFolding.allCases)
  func folding(folding: CircuitFolding) throws {
    var maker = RandomCircuits(seed: 3)
    let circuit = try maker.circuit(qubits: 3, gates: 10)
    let inputs = maker.values(circuit.inputCount)
    let weights = maker.values(circuit.weightCount)
    let truth = try circuit.probabilities(inputs: inputs, weights: weights)
    for scale in [1, 1.4, 2, 3, 4.6] {
      let folded = try folding.folded(circuit, scale: scale)
      let reached = folding.actualScale(of: circuit, scale: scale)
      #expect(folded.operations.count == Int((10 * reached).rounded()))
      // Steps of 2/10.
      #expect(abs(reached - scale) < 0.1 + 1e-12)
      let found = try folded.probabilities(inputs: inputs, weights: weights)
      for (a, b) in zip(found, truth) { #expect(abs(a - b) < 1e-11) }
    }
    #expect(throws: AnsatzError.self) { try folding.folded(circuit, scale: 0.5) }
    let noisy = try Circuit(qubits: 1) { BitFlip(probability: 0.1, on: 0) }
    #expect(throws: AnsatzError.self) { try folding.folded(noisy, scale: 3) }
  }

  /// Depolarizing after each of d gates on one qubit leaves `(1 - 4p/3)^{dλ}` of ⟨Z⟩.
  @Test(
    "A known decay is extrapolated to the value without noise", arguments: CircuitFolding.allCases)
  func known(folding: CircuitFolding) throws {
    let w = Weights("w", 1)
    let circuit = try Circuit(qubits: 1) {
      RX(w[0], on: 0)
      RX(0.5, on: 0)
    }
    let noise = NoiseModel(rules: [NoiseRule(Depolarizing.definition, [0.03])])
    var random = RandomStream(seed: 1)
    let truth = Double.cos(0.7)
    let exponential = try ZeroNoiseExtrapolation(
      scales: [1, 3, 5], folding: folding, extrapolation: .exponential()
    ).run(Z(0), in: circuit, noise: noise, weights: [0.2], using: &random)
    #expect(exponential.points.map(\.scale) == [1, 3, 5])
    for point in exponential.points {
      let expected = truth * Double.pow(0.96, 2 * point.scale)
      #expect(abs(point.estimate.value - expected) < 1e-13)
    }
    #expect(abs(exponential.estimate.value - truth) < 1e-11)
    // Richardson leaves the third order of the decay, (2 · 0.0408)³ · 15/6.
    let richardson = try ZeroNoiseExtrapolation(scales: [1, 3, 5], folding: folding)
      .run(Z(0), in: circuit, noise: noise, weights: [0.2], using: &random)
    #expect(abs(richardson.estimate.value - truth) < 2e-3)
    #expect(abs(richardson.points[0].estimate.value - truth) > 0.05)
  }

  @Test("Trajectories give the value with an error that covers the truth")
  func sampled() throws {
    let circuit = try Circuit(qubits: 2) {
      RY(0.8, on: 0)
      CNOT(control: 0, target: 1)
    }
    let noise = NoiseModel(rules: [NoiseRule(Depolarizing.definition, [0.02])])
    var random = RandomStream(seed: 11)
    let result = try ZeroNoiseExtrapolation(extrapolation: .linear).run(
      Z(1), in: circuit, noise: noise, using: &random
    ) { try TrajectoryProgram($0, trajectories: 4000) }
    #expect(result.estimate.standardError > 0.005 && result.estimate.standardError < 0.05)
    // Five standard errors, one in 1.7 million seeds, and what a line leaves of the decay.
    let error = abs(result.estimate.value - Double.cos(0.8))
    #expect(error < 5 * result.estimate.standardError + 0.02)
  }
}
