import AnsatzAnalysis
import AnsatzCircuits
import AnsatzGradients
import AnsatzMath
import Testing

@Suite("Gradients over random weights")
struct GradientVarianceTests {
  private func product(_ qubits: Int) throws -> Circuit {
    let θ = Weights("θ", qubits)
    return try Circuit(qubits: qubits) { for q in 0..<qubits { RY(θ[q], on: q) } }
  }

  @Test("A global observable has variance 2⁻ⁿ in every weight: a plateau", arguments: 1...5)
  func global(qubits: Int) throws {
    // ∂ Π cos θ = -sin θ_k Π cos θ_j; each squared factor is ½ on average.
    let word = (1..<qubits).reduce(Z(0).pauliSum) { $0 * Z($1) }
    let found = try GradientVariance(of: word, in: product(qubits), draws: 2000, seed: 5)
    let expected = Double.pow(0.5, qubits)
    for (mean, variance) in zip(found.means, found.variances) {
      // E of each factor's fourth power is ⅜: the standard error of a variance is at most
      // √(0.375ⁿ / 2000); five of them. That of a mean is √(0.5ⁿ / 2000).
      #expect(abs(variance - expected) < 5 * (Double.pow(0.375, qubits) / 2000).squareRoot())
      #expect(abs(mean) < 5 * (expected / 2000).squareRoot())
    }
  }

  @Test("A local observable has variance ½ in its own weight and 0 in the others")
  func local() throws {
    let found = try GradientVariance(of: Z(1), in: product(4), draws: 1000, seed: 2)
    #expect(abs(found.variances[1] - 0.5) < 5 * (0.125 / 1000.0).squareRoot())
    for place in [0, 2, 3] { #expect(found.variances[place] < 1e-28) }
    #expect(abs(found.average - found.variances[1] / 4) < 1e-15)
  }

  @Test("Every exact method and number of threads finds the same; stopping keeps the draws")
  func methods() throws {
    let (x, θ) = (Inputs("x"), Weights("θ", 3))
    let circuit = try Circuit(qubits: 2) {
      RX(x[0], on: 0)
      RY(θ[0], on: 0)
      CRX(θ[1], control: 0, target: 1)
      RZZ(θ[2], 0, 1)
    }
    func found(_ method: any GradientMethod, threads: Int) throws -> GradientVariance {
      try GradientVariance(
        of: X(0) + Z(1), in: circuit, inputs: [0.4], draws: 20, seed: 9, method: method,
        pool: ThreadPool(threads: threads))
    }
    let (a, b) = (try found(Adjoint(), threads: 1), try found(ParameterShift(), threads: 2))
    for (x, y) in zip(a.variances + a.means, b.variances + b.means) { #expect(abs(x - y) < 1e-12) }
    #expect(try found(Adjoint(), threads: 2).variances == a.variances)
    let stopped = try GradientVariance(of: X(0), in: circuit, draws: 50) { $0 < 3 }
    #expect(stopped.draws == 3)
  }

  @Test("Nothing to differentiate and too few draws are refused")
  func refusals() throws {
    let fixed = try Circuit(qubits: 1) { RX(1, on: 0) }
    #expect(throws: AnsatzError.self) { try GradientVariance(of: Z(0), in: fixed) }
    #expect(throws: AnsatzError.self) {
      try GradientVariance(of: Z(0), in: product(1), draws: 1)
    }
    #expect(throws: CircuitError.self) { try GradientVariance(of: Z(3), in: product(1)) }
  }
}
