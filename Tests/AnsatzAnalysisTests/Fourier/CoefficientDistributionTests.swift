import AnsatzAnalysis
import AnsatzCircuits
import AnsatzMath
import Numerics
import Testing

@Suite("Fourier coefficients over random weights")
struct CoefficientDistributionTests {
  private func example() throws -> Circuit {
    let (x, θ) = (Inputs("x"), Weights("θ", 1))
    return try Circuit(qubits: 1) {
      RY(.pi / 2, on: 0)
      RZ(x[0] + θ[0], on: 0)
    }
  }

  @Test("A phase by lot leaves the size ½, the mean 0 and the variance ¼")
  func phase() throws {
    // ⟨X⟩ = cos(x + θ): c₁ = ½ e^{iθ}.
    let draws = 400
    let found = try CoefficientDistribution(of: X(0), in: example(), draws: draws, seed: 3)
    #expect(found.entries.map(\.frequency.vector) == [[-1], [0], [1]])
    for entry in [found.entries[0], found.entries[2]] {
      for size in entry.quantiles { #expect(abs(size - 0.5) < 1e-14) }
      // The standard error of the mean is ½/√400 = 0.025; five of them.
      #expect(entry.mean.length < 0.125)
      #expect(abs(entry.variance - (0.25 - entry.mean.lengthSquared)) < 1e-14)
    }
    #expect(found.entries[1].quantiles.allSatisfy { $0 < 1e-14 })
  }

  @Test("Quantiles of |cos θ| / 2 are those of the arcsine law")
  func quantiles() throws {
    let (x, θ) = (Inputs("x"), Weights("θ", 1))
    let circuit = try Circuit(qubits: 2) {
      RX(x[0], on: 0)
      RX(θ[0], on: 1)
    }
    let found = try CoefficientDistribution(of: Z(0) * Z(1), in: circuit, draws: 2000, seed: 1)
    let entry = found.entries[2]
    // |cos θ| has the quantile function sin(πp/2); the density there is at least 2/π, so the standard
    // error of a quantile of |c| is at most ½ · ½/√2000 · π/2 = 0.009; five of them.
    for (share, quantile) in zip([0.25, 0.5, 0.75], entry.quantiles[1...3]) {
      #expect(abs(quantile - Double.sin(.pi * share / 2) / 2) < 0.045)
    }
    #expect(entry.quantiles == entry.quantiles.sorted())
  }

  @Test("One seed gives the same bits, another does not, and a stop keeps what is drawn")
  func seeds() throws {
    func means(_ seed: UInt64) throws -> [Complex<Double>] {
      try CoefficientDistribution(of: X(0), in: example(), draws: 5, seed: seed).entries.map(\.mean)
    }
    #expect(try means(1) == means(1))
    #expect(try means(1) != means(2))
    let stopped = try CoefficientDistribution(of: X(0), in: example(), draws: 50) { $0 < 7 }
    #expect(stopped.draws == 7)
  }

  @Test("Frequencies that depend on weights have no distribution")
  func refusal() throws {
    let (x, θ) = (Inputs("x"), Weights("θ", 1))
    let circuit = try Circuit(qubits: 1) { RX(θ[0] * x[0], on: 0) }
    #expect(throws: AnsatzError.self) {
      try CoefficientDistribution(of: Z(0), in: circuit, draws: 5)
    }
    // With the scale held there is one: cos 1.5x.
    let held = try CoefficientDistribution(of: Z(0), in: circuit, fixing: [0: 1.5], draws: 5)
    #expect(held.entries.map(\.frequency.vector) == [[-1.5], [0], [1.5]])
    #expect(held.entries[2].quantiles.allSatisfy { abs($0 - 0.5) < 1e-14 })
    #expect(throws: AnsatzError.self) {
      try CoefficientDistribution(of: Z(0), in: example(), draws: 1)
    }
  }
}
