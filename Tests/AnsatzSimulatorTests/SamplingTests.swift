import AnsatzCircuits
import AnsatzMath
import AnsatzSimulator
import Numerics
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

  @Test("The shots of many outcomes pass a chi-square test", arguments: [UInt64(1), 2, 3])
  func chiSquare(seed: UInt64) throws {
    // Unequal probabilities with gaps and a block of nothing at either end.
    let weights = (0..<1000).map { (i: Int) -> Double in
      let isGap = i < 40 || i > 930 || i % 7 == 0
      return isGap ? 0 : Double(1 + i * 37 % 101)
    }
    let total = weights.reduce(0, +)
    let shots = 400_000
    var random = RandomStream(seed: seed)
    let samples = try sample(weights[...], shots: shots, qubitCount: 10, using: &random)
    var counts = [Int](repeating: 0, count: weights.count)
    for outcome in samples.outcomes { counts[outcome] += 1 }
    var statistic = 0.0
    for (count, weight) in zip(counts, weights) {
      let expected = weight / total * Double(shots)
      if weight == 0 {
        #expect(count == 0)
      } else {
        statistic += (Double(count) - expected) * (Double(count) - expected) / expected
      }
    }
    // Wilson and Hilferty: the cube root of χ²/k is nearly normal. Beyond 4.5 standard deviations
    // on either side, a correct sampler fails once in 150,000 seeds.
    let degrees = Double(weights.filter { $0 > 0 }.count - 1)
    let spread = 2 / (9 * degrees)
    let score = (Double.pow(statistic / degrees, 1 / 3) - (1 - spread)) / spread.squareRoot()
    #expect(abs(score) < 4.5)
  }

  @Test("Successive shots are independent: no order in the list")
  func exchangeable() throws {
    var random = RandomStream(seed: 5)
    let shots = 100_000
    let outcomes = try sample(
      [Double](repeating: 1, count: 64)[...], shots: shots, qubitCount: 6, using: &random
    ).outcomes
    let rises = zip(outcomes, outcomes.dropFirst()).filter { $0 < $1 }.count
    // A rise has probability (1 - 1/64)/2; neighbouring pairs overlap, which makes the variance
    // about 1/12 a pair. Five standard deviations, two sides: a false alarm in a million.
    let expected = Double(shots - 1) * (1 - 1.0 / 64) / 2
    #expect(abs(Double(rises) - expected) < 5 * (Double(shots) / 12).squareRoot())
  }

  @Test("The shots do not depend on the number of threads or on the type of number")
  func threads() throws {
    let probabilities: [Double] = (0..<4096).map { Double($0 % 16) / 30_720 }
    func shots(_ threads: Int) throws -> Samples {
      var random = RandomStream(seed: 9)
      return try sample(
        probabilities[...], shots: 70_000, qubitCount: 12, using: &random,
        pool: ThreadPool(threads: threads))
    }
    let one = try shots(1)
    #expect(one.outcomes.count == 70_000)
    #expect(try shots(2) == one)
    #expect(try shots(4) == one)
  }

  @Test("A state is sampled like its probabilities")
  func stateBuffer() throws {
    let circuit = try Circuit(qubits: 3) {
      RY(0.7, on: 0)
      CRX(1.9, control: 0, target: 1)
      H(2)
    }
    let state = try StateBuffer<Double>(qubitCount: 3)
    try state.run(Program(circuit))
    var a = RandomStream(seed: 4)
    var b = RandomStream(seed: 4)
    #expect(
      try state.sample(shots: 1000, using: &a) == (try circuit.sample(shots: 1000, using: &b)))
  }

  @Test("No shots and no chance of the last outcomes are fine")
  func edges() throws {
    var random = RandomStream(seed: 1)
    #expect(
      try sample([Double](repeating: 1, count: 2)[...], shots: 0, qubitCount: 1, using: &random)
        .outcomes.isEmpty)
    var certain = [Float](repeating: 0, count: 256)
    certain[100] = 1
    let samples = try sample(certain[...], shots: 1000, qubitCount: 8, using: &random)
    #expect(Set(samples.outcomes) == [100])
  }
}
