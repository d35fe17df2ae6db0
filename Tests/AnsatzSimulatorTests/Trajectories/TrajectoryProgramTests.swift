import AnsatzCircuits
import AnsatzMath
import AnsatzSimulator
import AnsatzTestSupport
import Numerics
import Testing

@Suite("Trajectories")
struct TrajectoryProgramTests {
  /// A value within 5 standard errors of the truth is taken as equal: for a normal mean the bound
  /// fails once in 1.7 million. What is exact in every trajectory has rounding alone.
  private func agrees(_ estimate: Estimate, _ truth: Double) -> Bool {
    abs(estimate.value - truth) < 5 * estimate.standardError + 1e-12
  }

  private let observables: [any Observable] = [
    Z(0), X(1), Z(0) * Z(2), 0.5 * Y(2) - X(0) * Z(1) + 0.25 * PauliString.identity,
  ]

  /// 13 channels with 4 expectation values and 8 probabilities each: 156 comparisons, of which one
  /// fails by chance in ten thousand seeds.
  @Test("The mean of trajectories meets the density matrix under every channel")
  func everyChannel() throws {
    for item in ChannelReference.all.first?.cases ?? [] {
      let circuit = try item.circuit()
      let density = try circuit.densityMatrix()
      let program = try TrajectoryProgram(circuit, trajectories: 4000)
      let isPauli = [
        "Depolarizing", "TwoQubitDepolarizing", "BitFlip", "PhaseFlip", "BitPhaseFlip",
        "PauliChannel", "PhaseDamping",
      ].contains(item.channel)
      #expect(program.hasPauliNoiseOnly == isPauli)
      var random = RandomStream(seed: 5, stream: item.channel)
      let found = try program.expectations(of: observables, using: &random)
      for (estimate, observable) in zip(found, observables) {
        let truth = try density.expectation(of: observable)
        #expect(agrees(estimate, truth), "\(item.channel) \(observable) \(estimate) \(truth)")
        #expect(estimate.standardError < 0.05)
      }
      let probabilities = try program.probabilities(using: &random)
      for (estimate, truth) in zip(probabilities, density.probabilities) {
        #expect(agrees(estimate, truth), "\(item.channel) \(estimate) \(truth)")
      }
      let shots = 4000
      let samples = try program.samples(shots: shots, using: &random)
      #expect(samples.outcomes.count == shots)
      for qubit in 0..<3 {
        let truth = try density.expectation(of: Z(qubit))
        let error = ((1 - truth * truth) / Double(shots)).squareRoot()
        #expect(abs(samples.meanZ(qubit) - truth) < 5 * error, "\(item.channel) qubit \(qubit)")
      }
    }
  }

  @Test(
    "Pauli errors that occur with certainty give what the density matrix gives, on random circuits",
    arguments: 0..<24)
  func certainErrors(seed: UInt64) throws {
    var maker = RandomCircuits(seed: seed)
    let n = 1 + Int(seed) % 4
    let plain = try maker.circuit(qubits: n, gates: 25, amplitudeStart: seed % 3 == 1)
    var random = RandomStream(seed: seed, stream: "errors")
    var operations: [CircuitOperation] = []
    for operation in plain.operations {
      operations.append(operation)
      let draw = random.integer(below: 4)
      operations +=
        PauliChannel(
          x: draw == 1 ? 1 : 0, y: draw == 2 ? 1 : 0, z: draw == 3 ? 1 : 0,
          on: random.integer(below: n)
        ).operations
    }
    let circuit = try Circuit(qubits: n, operations: operations)
    let inputs = Array(maker.values(4).prefix(circuit.inputCount))
    let weights = Array(maker.values(5).prefix(circuit.weightCount))
    let density = try circuit.densityMatrix(inputs: inputs, weights: weights)
    let program = try TrajectoryProgram(circuit, trajectories: 2)
    #expect(program.hasPauliNoiseOnly)
    let observable = maker.observable(qubits: n)
    let found = try program.expectations(
      of: [observable], inputs: inputs, weights: weights, using: &random)
    #expect(abs(found[0].value - (try density.expectation(of: observable))) < 1e-11)
    #expect(found[0].standardError < 1e-11)
    let probabilities = try program.probabilities(
      inputs: inputs, weights: weights, using: &random)
    for (a, b) in zip(probabilities, density.probabilities) { #expect(abs(a.value - b) < 1e-11) }
  }

  @Test("A channel of one unitary is that gate, on one and two qubits", arguments: 0..<8)
  func certainKraus(seed: UInt64) throws {
    var maker = RandomCircuits(seed: seed)
    let n = 3
    let plain = try maker.circuit(qubits: n, gates: 12, fourier: false)
    var random = RandomStream(seed: seed, stream: "unitaries")
    var operations: [CircuitOperation] = []
    for operation in plain.operations {
      operations.append(operation)
      let count = 1 + random.integer(below: 2)
      operations +=
        KrausChannel(
          [maker.unitary(qubits: count)], on: random.permutation(n).prefix(count)
        ).operations
    }
    let circuit = try Circuit(qubits: n, operations: operations)
    let inputs = Array(maker.values(4).prefix(circuit.inputCount))
    let weights = Array(maker.values(5).prefix(circuit.weightCount))
    let density = try circuit.densityMatrix(inputs: inputs, weights: weights)
    // As many as do not fill the lanes.
    let program = try TrajectoryProgram(circuit, trajectories: 6)
    #expect(!program.hasPauliNoiseOnly)
    for (estimate, observable) in zip(
      try program.expectations(of: observables, inputs: inputs, weights: weights, using: &random),
      observables)
    {
      #expect(abs(estimate.value - (try density.expectation(of: observable))) < 1e-11)
      #expect(estimate.standardError < 1e-11)
    }
  }

  @Test("Without noise, and with noise of probability 0, every trajectory is the state")
  func noNoise() throws {
    func circuit(_ noise: (Int) -> [any CircuitComponent]) throws -> Circuit {
      try Circuit(qubits: 3) {
        RY(0.4, on: 0)
        noise(0)
        CNOT(control: 0, target: 1)
        CRX(1.1, control: 1, target: 2)
        noise(2)
      }
    }
    let truth = try circuit { _ in [] }.probabilities()
    let nothing: [(Int) -> [any CircuitComponent]] = [
      { _ in [] }, { [Depolarizing(probability: 0, on: $0)] },
      { [AmplitudeDamping(gamma: 0, on: $0)] },
      { [ThermalRelaxation(t1: 1, t2: 1, time: 0, on: $0)] }, { [ResetChannel(zero: 0, on: $0)] },
      { [KrausChannel([.identity(2)], on: [$0])] },
    ]
    for noise in nothing {
      var random = RandomStream(seed: 1)
      let found = try TrajectoryProgram(circuit(noise), trajectories: 3)
        .probabilities(using: &random)
      for (a, b) in zip(found, truth) {
        #expect(abs(a.value - b) < 1e-12)
        #expect(a.standardError < 1e-12)
      }
    }
  }

  @Test("The standard error of a flip is √(4p(1-p)/N)")
  func standardError() throws {
    let circuit = try Circuit(qubits: 1) { BitFlip(probability: 0.3, on: 0) }
    var random = RandomStream(seed: 3)
    let n = 20_000
    let found = try TrajectoryProgram(circuit, trajectories: n)
      .expectations(of: [Z(0)], using: &random)
    let expected = (4 * 0.3 * 0.7 / Double(n)).squareRoot()
    #expect(agrees(found[0], 0.4))
    // The sample's variance is off by about √(0.76/N), 0.6 %; ten times that is allowed.
    #expect(abs(found[0].standardError / expected - 1) < 0.06)
  }

  @Test("A seed gives the same numbers whatever the number of threads, another seed others")
  func threads() throws {
    func circuit(_ noise: (Int) -> [any CircuitComponent]) throws -> Circuit {
      try Circuit(qubits: 4) {
        for q in 0..<4 {
          RX(0.3 + Double(q), on: q)
          noise(q)
        }
        CNOTRing(over: 0..<4)
        for q in 0..<4 { noise(q) }
      }
    }
    for circuit in [
      try circuit { [Depolarizing(probability: 0.1, on: $0)] },
      try circuit { [AmplitudeDamping(gamma: 0.2, on: $0)] },
    ] {
      func run(_ threads: Int, seed: UInt64) throws -> ([Double], [Int]) {
        let pool = ThreadPool(threads: threads)
        var random = RandomStream(seed: seed)
        let program = try TrajectoryProgram(circuit, trajectories: 50)
        let values = try program.expectations(of: [Z(0), X(3)], using: &random, pool: pool)
        let rows = try program.probabilities(using: &random, pool: pool)
        let samples = try program.samples(shots: 50, using: &random, pool: pool)
        return ((values + rows).flatMap { [$0.value, $0.standardError] }, samples.outcomes)
      }
      let one = try run(1, seed: 7)
      for threads in [2, 5] { #expect(try run(threads, seed: 7) == one) }
      #expect(try run(1, seed: 8) != one)
    }
  }

  @Test("A measurement that nothing reads and a reset are noise")
  func measurements() throws {
    let c = Bits("c", 1)
    let circuit = try Circuit(qubits: 2) {
      H(0)
      Measure(0, into: c[0])
      H(0)
      RY(0.6, on: 1)
      CNOT(control: 0, target: 1)
      Reset(1)
      Measure(1, into: c[0])
    }
    var random = RandomStream(seed: 2)
    let density = try circuit.densityMatrix()
    let found = try TrajectoryProgram(circuit, trajectories: 3000)
      .probabilities(using: &random)
    for (estimate, truth) in zip(found, density.probabilities) { #expect(agrees(estimate, truth)) }
    #expect(found[1].value < 1e-12)
    let conditional = try Circuit(qubits: 1) {
      Measure(0, into: c[0])
      If(c[0]) { X(0) }
    }
    #expect(throws: AnsatzError.self) { try TrajectoryProgram(conditional) }
  }

  @Test("States that are spread over the threads have the outcomes they must", arguments: [14, 17])
  func large(n: Int) throws {
    // What is flipped with certainty is known, and damping with γ = 1 brings it back.
    let flips = try Circuit(qubits: n) {
      for q in stride(from: 0, to: n, by: 2) { BitFlip(probability: 1, on: q) }
      CNOT(control: 0, target: 1)
    }
    let damped = try Circuit(qubits: n) {
      for q in 0..<n { X(q) }
      for q in 2..<n { AmplitudeDamping(gamma: 1, on: q) }
    }
    let wanted = (0..<n).reduce(0) { 2 * $0 + ($1 % 2 == 0 || $1 == 1 ? 1 : 0) }
    var random = RandomStream(seed: 1)
    #expect(
      try TrajectoryProgram(flips).samples(shots: 3, using: &random).outcomes
        == [wanted, wanted, wanted])
    let high = 3 << (n - 2)
    #expect(
      try TrajectoryProgram(damped).samples(shots: 3, using: &random).outcomes
        == [high, high, high])
  }

  @Test("Single precision samples too")
  func single() throws {
    let circuit = try Circuit(qubits: 3) {
      X(1)
      PauliChannel(x: 1, on: 2)
      AmplitudeDamping(gamma: 1, on: 1)
    }
    var random = RandomStream(seed: 1)
    let samples = try TrajectoryProgram(circuit).samples(
      shots: 4, in: Float.self, using: &random)
    #expect(samples.outcomes == [1, 1, 1, 1])
  }

  @Test("One interface runs both simulators")
  func interface() throws {
    let circuit = try Circuit(qubits: 2) {
      RX(Weights("w", 1)[0], on: 0)
      Depolarizing(probability: 0.1, on: 0)
      CNOT(control: 0, target: 1)
    }
    let simulators: [any NoisySimulator] = [
      try DensityProgram(circuit), try TrajectoryProgram(circuit, trajectories: 3000),
    ]
    let truth = (1 - 0.4 / 3) * Double.cos(0.8)
    for simulator in simulators {
      var random = RandomStream(seed: 4)
      let values = try simulator.expectations(
        of: [Z(1)], inputs: [], weights: [0.8], using: &random, pool: .shared)
      #expect(agrees(values[0], truth))
      let samples = try simulator.samples(
        shots: 3000, inputs: [], weights: [0.8], using: &random, pool: .shared)
      #expect(abs(samples.meanZ(1) - truth) < 5 / Double(3000).squareRoot())
    }
    #expect(throws: AnsatzError.self) { try TrajectoryProgram(circuit, trajectories: 1) }
    #expect(throws: AnsatzError.self) {
      var random = RandomStream(seed: 4)
      return try TrajectoryProgram(circuit).expectations(
        of: [Z(1)], inputs: [1], weights: [0.8], using: &random)
    }
    #expect(throws: AnsatzError.self) {
      var random = RandomStream(seed: 4)
      return try TrajectoryProgram(circuit).samples(shots: 0, weights: [0.8], using: &random)
    }
  }
}
