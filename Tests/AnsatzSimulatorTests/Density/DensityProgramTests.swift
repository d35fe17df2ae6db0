import AnsatzCircuits
import AnsatzMath
import AnsatzSimulator
import AnsatzTestSupport
import Numerics
import Testing

@Suite("Density matrix")
struct DensityProgramTests {
  @Test(
    "Without noise it is the state vector's projector, on random circuits over the registry",
    arguments: 0..<24)
  func pure(seed: UInt64) throws {
    var maker = RandomCircuits(seed: seed)
    // From 6 qubits on, some digits lie beyond a tile.
    let n = [1, 2, 3, 4, 5, 6][Int(seed) % 6]
    let circuit = try maker.circuit(
      qubits: n, gates: n < 6 ? 30 : 12, amplitudeStart: seed % 2 == 1)
    let inputs = Array(maker.values(4).prefix(circuit.inputCount))
    let weights = Array(maker.values(5).prefix(circuit.weightCount))
    let state = ReferenceSimulator(circuit, inputs: inputs, weights: weights).state()
    let density = try DensityProgram(circuit).run(inputs: inputs, weights: weights)
    // Rounding of some hundred operations on numbers below 1.
    #expect(abs(density.trace - 1) < 1e-12)
    #expect(abs(density.purity - 1) < 1e-12)
    for (probability, amplitude) in zip(density.probabilities, state) {
      #expect(abs(probability - amplitude.lengthSquared) < 1e-12)
    }
    let observable = maker.observable(qubits: n)
    let expected = ReferenceSimulator(circuit, inputs: inputs, weights: weights)
      .expectation(of: observable)
    #expect(abs(try density.expectation(of: observable) - expected) < 1e-12)
    let single: DensityMatrix<Float> = try DensityProgram(circuit).run(
      inputs: inputs.map { Float($0) }, weights: weights.map { Float($0) })
    #expect(abs(try single.expectation(of: observable) - expected) < 2e-5)
    guard n <= 3 else { return }
    let matrix = density.matrix
    for i in state.indices {
      for j in state.indices {
        #expect((matrix[i, j] - state[i] * state[j].conjugate).length < 1e-12)
      }
    }
  }

  @Test("With noise it is the sum over Kraus operators of dense matrices", arguments: 0..<12)
  func kraus(seed: UInt64) throws {
    var random = RandomStream(seed: seed, stream: "kraus")
    let n = 3
    var operations: [CircuitOperation] = []
    var dense = ComplexMatrix.diagonal([1] + [Complex<Double>](repeating: 0, count: 7))
    for _ in 0..<25 {
      let places = random.permutation(n)
      let kraus: [ComplexMatrix]
      let qubits: [Int]
      if random.uniform() < 0.4 {
        let p = random.uniform(in: 0..<0.3)
        qubits = [places[0]]
        operations += Depolarizing(probability: p, on: places[0]).operations
        let keep = Complex((1 - p).squareRoot())
        let flip = Complex((p / 3).squareRoot())
        kraus = [
          keep * ComplexMatrix([[1, 0], [0, 1]]), flip * ComplexMatrix([[0, 1], [1, 0]]),
          flip * ComplexMatrix([[0, -.i], [.i, 0]]), flip * ComplexMatrix([[1, 0], [0, -1]]),
        ]
      } else {
        let fitting = (StandardGates.all + StandardGates.examples).filter {
          $0.controlCount + ($0.targetCount ?? 2) <= n
        }
        let gate = fitting[random.integer(below: fitting.count)]
        let angles = gate.parameterNames.map { _ in random.uniform(in: -3..<3) }
        let targets = gate.targetCount ?? 2
        qubits = Array(places.prefix(gate.controlCount + targets))
        operations.append(
          .gate(GateOperation(gate, angles: angles.map { Angle($0) }, qubits: qubits)))
        kraus = [gate.controlledMatrix(angles: angles, targets: targets)]
      }
      dense = kraus.map { small in
        let large = small.embedded(on: qubits, of: n)
        return large * dense * large.adjoint
      }.reduce(ComplexMatrix.diagonal([Complex<Double>](repeating: 0, count: 8))) { $0 + $1 }
    }
    let density = try Circuit(qubits: n, operations: operations).densityMatrix()
    #expect(density.matrix.maximumDifference(from: dense) < 1e-12)
    #expect(abs(density.trace - 1) < 1e-12)
    let square = dense * dense
    #expect(abs(density.purity - (0..<8).reduce(0) { $0 + square[$1, $1].real }) < 1e-12)
  }

  @Test("One qubit's purity is (1 + λ²)/2 with λ = 1 - 4p/3", arguments: [0, 0.01, 0.3, 0.75, 1])
  func purity(p: Double) throws {
    let circuit = try Circuit(qubits: 1) {
      Rot(0.3, 1.1, -0.4, on: 0)
      Depolarizing(probability: p, on: 0)
      H(0)
    }
    let shrink = 1 - 4 * p / 3
    let density = try circuit.densityMatrix()
    #expect(abs(density.purity - (1 + shrink * shrink) / 2) < 1e-15)
    #expect(abs(density.trace - 1) < 1e-15)
  }

  @Test("Depolarizing after each of many Clifford gates shrinks Z as often as it is seen")
  func cliffordChain() throws {
    // X Z X Z …: every gate keeps Z up to its sign, every channel shrinks it.
    let circuit = try Circuit(qubits: 2) {
      for k in 0..<10 {
        if k % 2 == 0 { X(0) } else { Z(0) }
        SWAP(0, 1)
        SWAP(0, 1)
        Depolarizing(probability: 0.03, on: 0)
      }
    }
    let expected = -Double.pow(1 - 0.04, 10)
    #expect(abs(try circuit.densityMatrix().expectation(of: Z(0)) - expected) < 1e-14)
  }

  @Test("Tables and single gates agree", arguments: 0..<4)
  func withoutTables(seed: UInt64) throws {
    var random = RandomStream(seed: seed, stream: "clifford")
    var operations: [CircuitOperation] = []
    for _ in 0..<40 {
      let places = random.permutation(4)
      switch random.integer(below: 5) {
      case 0: operations += CNOT(control: places[0], target: places[1]).operations
      case 1: operations += CZ(places[0], places[1]).operations
      case 2: operations += SX(places[0]).operations
      case 3: operations += RX(random.uniform(in: -2..<2), on: places[0]).operations
      default: operations += Depolarizing(probability: 0.05, on: places[0]).operations
      }
    }
    let circuit = try Circuit(qubits: 4, operations: operations)
    let tables: DensityMatrix<Double> = try DensityProgram(circuit).run()
    let singly: DensityMatrix<Double> = try DensityProgram(circuit, tableLimit: 0).run()
    #expect(tables.matrix.maximumDifference(from: singly.matrix) < 1e-13)
    #expect(tables.purity < 0.9)
  }

  @Test("The result does not depend on the number of threads")
  func threads() throws {
    let w = Weights("w", 2, 7)
    let circuit = try Circuit(qubits: 7) {
      for l in 0..<2 {
        for q in 0..<7 {
          RX(w[l, q], on: q)
          RZ(2 * w[l, q], on: q)
          Depolarizing(probability: 0.02, on: q)
        }
        CNOTRing(over: 0..<7)
        CRY(w[l, 0], control: 3, target: 1)
      }
    }
    let weights = (0..<14).map { 0.3 * Double($0) - 1 }
    func result(_ threads: Int) throws -> [Double] {
      let pool = ThreadPool(threads: threads)
      let state = try DensityProgram(circuit, pool: pool).run(weights: weights, pool: pool)
      return [state.purity, try state.expectation(of: X(0) * Y(6))] + state.probabilities
    }
    let one = try result(1)
    #expect(try result(2) == one)
    #expect(try result(5) == one)
  }

  @Test("A state vector refuses noise and names the simulator that takes it")
  func stateVector() throws {
    let circuit = try Circuit("noisy", qubits: 1) { Depolarizing(probability: 0.1, on: 0) }
    let expected = AnsatzError(
      .usage,
      "circuit 'noisy' holds the channel Depolarizing, which a state vector cannot hold; run it "
        + "with DensityProgram")
    #expect(throws: expected) { try circuit.probabilities() }
    #expect(throws: expected) { try circuit.expectation(of: Z(0)) }
    #expect(throws: expected) {
      try StateBuffer<Double>(qubitCount: 1).run(Program(circuit))
    }
  }

  @Test("What a density matrix cannot hold is refused in one line")
  func refused() throws {
    let wide = try Circuit(qubits: 16) { H(0) }
    #expect(throws: AnsatzError.self) { try DensityProgram(wide) }
    let controlled = try Circuit(qubits: 6) { Controlled(by: 0, 1, 2, 3, 4) { RX(0.1, on: 5) } }
    #expect(throws: AnsatzError.self) { try DensityProgram(controlled) }
    let inputs = try Circuit(qubits: 1) { RX(Inputs("x", 1)[0], on: 0) }
    #expect(throws: AnsatzError.self) { try inputs.densityMatrix() }
    #expect(throws: CircuitError.self) {
      try inputs.densityMatrix(inputs: [1]).expectation(of: Z(1))
    }
  }
}
