import AnsatzCircuits
import AnsatzMath
import AnsatzSimulator
import Testing

@Suite("Sampling")
struct SamplingTests {
  @Test("A Bell pair gives 00 and 11 alike, and never anything else")
  func bell() throws {
    let circuit = try Circuit(qubits: 2) {
      H(0)
      CNOT(control: 0, target: 1)
    }
    var random = RandomStream(seed: 7)
    let samples = try circuit.sample(shots: 10_000, using: &random)
    #expect(Set(samples.counts.keys) == ["00", "11"])
    // Five standard deviations of 10 000 fair coins.
    #expect(abs((samples.counts["00"] ?? 0) - 5_000) < 250)
    #expect(abs(samples.meanZ(0)) < 0.05)
  }

  @Test("Sampled frequencies follow the probabilities of every outcome")
  func frequencies() throws {
    let circuit = try Circuit(qubits: 3) {
      RY(0.7, on: 0)
      CRX(1.9, control: 0, target: 1)
      H(2)
      CPhase(0.4, 1, 2)
      H(2)
    }
    let probabilities = try circuit.probabilities()
    var random = RandomStream(seed: 11)
    let shots = 200_000
    let samples = try circuit.sample(shots: shots, using: &random)
    for (outcome, probability) in probabilities.enumerated() {
      let count = samples.outcomes.filter { $0 == outcome }.count
      let deviation = (probability * (1 - probability) * Double(shots)).squareRoot()
      // Five standard deviations; a false alarm in 200 000 runs.
      #expect(abs(Double(count) - probability * Double(shots)) <= 5 * deviation + 1e-9)
    }
  }

  @Test("The same seed gives the same shots")
  func reproducible() throws {
    let circuit = try Circuit(qubits: 2) { H(0) }
    var a = RandomStream(seed: 3)
    var b = RandomStream(seed: 3)
    #expect(try circuit.sample(shots: 50, using: &a) == circuit.sample(shots: 50, using: &b))
  }
}
