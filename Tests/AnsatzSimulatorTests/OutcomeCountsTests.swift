import AnsatzCircuits
import AnsatzMath
import AnsatzSimulator
import Testing

@Suite("Outcome counts")
struct OutcomeCountsTests {
  @Test("Few shots are those that are drawn in order, counted")
  func few() throws {
    let circuit = try Circuit(qubits: 3) {
      RY(0.7, on: 0)
      CNOT(control: 0, target: 2)
      H(1)
    }
    var (a, b) = (RandomStream(seed: 2), RandomStream(seed: 2))
    let counts = try circuit.outcomeCounts(shots: 5000, using: &a)
    let samples = try circuit.sample(shots: 5000, using: &b)
    #expect(counts.byBitString == samples.counts)
    #expect(counts.shots == 5000)
    #expect(abs(counts.meanZ(0) - samples.meanZ(0)) < 1e-12)
    #expect(a == b)
  }

  @Test(
    "Any number of shots is counted to the last one, and only where there is probability",
    arguments: [(1 << 20) + 1, 1_000_000_000_000_000, Int.max])
  func many(shots: Int) {
    var random = RandomStream(seed: 3)
    // Over more than one block of the tree, with blocks and halves that are empty.
    var weights = [Double](repeating: 0, count: 512)
    for place in stride(from: 3, to: 300, by: 7) { weights[place] = Double(place) }
    weights[511] = 1e-30
    let total = weights.reduce(0, +)
    let found = countOutcomes(weights[...], shots: shots, qubitCount: 9, using: &random)
    var sum = 0
    var chiSquare = 0.0
    for entry in found.entries {
      #expect(weights[entry.outcome] > 1e-20)
      #expect(entry.count > 0)
      sum += entry.count
    }
    #expect(sum == shots)
    let order = found.entries.map { $0.outcome }
    #expect(order == order.sorted())
    let counts = Dictionary(uniqueKeysWithValues: found.entries.map { ($0.outcome, $0.count) })
    let bins = weights.indices.filter { weights[$0] > 1e-20 }
    for place in bins {
      let expected = Double(shots) * (weights[place] / total)
      let difference = Double(counts[place] ?? 0) - expected
      chiSquare += difference * difference / expected
    }
    // Five standard deviations.
    let degrees = Double(bins.count - 1)
    #expect(chiSquare < degrees + 5 * (2 * degrees).squareRoot())
  }

  @Test("A list of shots that does not fit into memory is refused, and the mend named")
  func refused() throws {
    let circuit = try Circuit(qubits: 1) { H(0) }
    var random = RandomStream(seed: 1)
    let error = #expect(throws: AnsatzError.self) {
      try circuit.sample(shots: 1 << 50, using: &random)
    }
    #expect(error?.message.contains("count the outcomes instead") == true)
  }

  @Test("Expectation values, marginals and fidelities take any number of shots")
  func estimates() throws {
    let circuit = try Circuit(qubits: 2) {
      RY(0.7, on: 0)
      CNOT(control: 0, target: 1)
    }
    let observable = Z(0) * Z(1) + 0.5 * X(0) * X(1)
    var random = RandomStream(seed: 4)
    for shots in [10_000_000_000, Int.max] {
      let mean = try circuit.estimate(observable, shots: shots, using: &random)
      let truth = try circuit.expectation(of: observable)
      #expect(abs(mean.value - truth) <= 5 * mean.standardError + 1e-12)
      #expect(mean.standardError < 1e-4)
      let marginal = try circuit.estimateMarginal(of: [0], shots: shots, using: &random)
      #expect(abs(marginal[0].value + marginal[1].value - 1) < 1e-12)
      let fidelity = try circuit.estimateFidelity(with: circuit, shots: shots, using: &random)
      #expect(abs(fidelity.value - 1) < 1e-9)
    }
  }

  @Test(
    "Under noise a density matrix counts any number of shots, and trajectories say how many they run"
  )
  func noisy() throws {
    let circuit = try Circuit(qubits: 1) {
      X(0)
      BitFlip(probability: 0.25, on: 0)
    }
    var random = RandomStream(seed: 5)
    let counts = try DensityProgram(circuit).counts(shots: Int.max, using: &random)
    #expect(counts.entries.reduce(0) { $0 + $1.count } == Int.max)
    #expect(abs(counts.meanZ(0) + 0.5) < 1e-8)
    let program = try TrajectoryProgram(circuit)
    #expect(try program.counts(shots: 1000, using: &random).entries.count == 2)
    for shots in [Int.max, 1 << 40] {
      let error = #expect(throws: AnsatzError.self) {
        try program.counts(shots: shots, using: &random)
      }
      #expect(error?.message.contains("\(TrajectoryProgram.maximumTrajectories)") == true)
      #expect(throws: AnsatzError.self) { try TrajectoryProgram(circuit, trajectories: shots) }
    }
  }

  @Test("Measurements in mid-circuit take any number of shots, none of them lost")
  func branches() throws {
    let c = Bits("c", 2)
    let circuit = try Circuit(qubits: 2) {
      RY(1.1, on: 0)
      Measure(0, into: c[0])
      If(c[0]) { RY(0.4, on: 1) }
      Measure(1, into: c[1])
    }
    let exact = try circuit.outcomes()
    for shots in [1_000_000_000_000_000, Int.max] {
      var random = RandomStream(seed: 8)
      let counts = try circuit.counts(shots: shots, using: &random)
      #expect(counts.values.reduce(0, +) == shots)
      for (text, probability) in exact {
        #expect(abs(Double(counts[text] ?? 0) / Double(shots) - probability) < 1e-6)
      }
    }
  }

  @Test("Shots that take more ways than fit side by side go in lots, and too many are refused")
  func lots() throws {
    let c = Bits("c", 20)
    let circuit = try Circuit(qubits: 1) {
      for k in 0..<20 {
        H(0)
        Measure(0, into: c[k])
      }
      H(0)
    }
    var random = RandomStream(seed: 9)
    let counts = try circuit.counts(shots: 40_000, using: &random)
    #expect(counts.values.reduce(0, +) == 40_000)
    let error = #expect(throws: AnsatzError.self) {
      try circuit.counts(shots: 1 << 40, using: &random)
    }
    #expect(error?.message.contains("lot by lot") == true)
  }
}
