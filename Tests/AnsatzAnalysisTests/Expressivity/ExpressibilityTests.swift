import AnsatzAnalysis
import AnsatzCircuits
import AnsatzMath
import Numerics
import Testing

@Suite("Expressibility")
struct ExpressibilityTests {
  @Test("A circuit of one state has (N - 1) log(bins)", arguments: 1...4)
  func idle(qubits: Int) throws {
    let circuit = try Circuit(qubits: qubits) { H(0) }
    let found = try Expressibility(of: circuit, pairs: 3, bins: 75)
    let expected = (Double.pow(2, qubits) - 1) * .log(75)
    #expect(abs(found.divergence - expected) < 1e-12 * expected)
    #expect(found.counts.last == 3)
  }

  @Test("Haar shares sum to 1, are equal for one qubit and fall linearly for two")
  func haar() {
    // For two qubits P(F) = 3 (1 - F)²: over four bins (64 - 27, 27 - 8, 8 - 1, 1) / 64.
    for (a, b) in zip(Expressibility.haarShares(qubits: 2, bins: 4), [37.0, 19, 7, 1]) {
      #expect(abs(a - b / 64) < 1e-15)
    }
    for share in Expressibility.haarShares(qubits: 1, bins: 5) { #expect(abs(share - 0.2) < 1e-15) }
    for qubits in 1...12 {
      let shares = Expressibility.haarShares(qubits: qubits, bins: 75)
      #expect(abs(shares.reduce(0, +) - 1) < 1e-12)
      #expect(shares.allSatisfy { $0 >= 0 })
    }
  }

  @Test("Turns about one axis have the divergence of the arcsine law")
  func equator() throws {
    let θ = Weights("θ", 1)
    let circuit = try Circuit(qubits: 1) {
      H(0)
      RZ(θ[0], on: 0)
    }
    let bins = 20
    // F = cos²(δ/2) with δ uniform: P(F < b) = (2/π) asin √b.
    let edges = (0...bins).map {
      2 / .pi * Double.asin((Double($0) / Double(bins)).squareRoot())
    }
    let expected = (0..<bins).reduce(0.0) { sum, bin in
      let share = edges[bin + 1] - edges[bin]
      return sum + share * .log(share * Double(bins))
    }
    let found = try Expressibility(of: circuit, pairs: 20_000, bins: bins, seed: 1)
    // Bias bins / 2 pairs = 0.0005; log P/Q has a standard deviation of about 0.6 over the bins, so
    // the standard error is 0.6 / √20000 = 0.004; five of them.
    #expect(abs(found.divergence - expected) < 0.021)
  }

  @Test("Three turns that reach every state of a qubit are near Haar; a seed gives the same bits")
  func universal() throws {
    let θ = Weights("θ", 2)
    // Uniform z by an angle of arccos: not by uniform angles, but two layers come near.
    let circuit = try Circuit(qubits: 1) {
      H(0)
      RZ(θ[0], on: 0)
      RX(θ[1], on: 0)
    }
    let axis = try Circuit(qubits: 1) {
      H(0)
      RZ(θ[0], on: 0)
    }
    func found(_ circuit: Circuit, seed: UInt64 = 1) throws -> Expressibility {
      try Expressibility(of: circuit, pairs: 4000, bins: 20, seed: seed)
    }
    let (both, one) = (try found(circuit), try found(axis))
    #expect(both.divergence < one.divergence / 2)
    #expect(both.divergence >= 0)
    #expect(try found(circuit).counts == both.counts)
    #expect(try found(circuit, seed: 2).counts != both.counts)
    #expect(throws: AnsatzError.self) { try Expressibility(of: circuit, pairs: 0) }
  }
}
