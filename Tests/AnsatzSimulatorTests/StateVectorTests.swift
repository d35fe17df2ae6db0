import AnsatzCircuits
import AnsatzMath
import AnsatzSimulator
import AnsatzTestSupport
import Numerics
import Testing

/// Rounding of some hundred multiplications of numbers up to 1.
private let tolerance = 1e-12

@Suite("State vectors")
struct StateVectorTests {
  @Test(
    "Every gate's kernel equals its dense matrix on every basis state",
    arguments: (StandardGates.all + StandardGates.examples).map(\.name))
  func kernelEqualsMatrix(name: String) throws {
    let gate = try #require(
      (StandardGates.all + StandardGates.examples).first { $0.name == name })
    let own = gate.controlCount + (gate.targetCount ?? 3)
    let qubits = max(own, 1)
    var random = RandomStream(seed: 1, stream: name)
    let angles = gate.parameterNames.map { _ in random.uniform(in: -4..<4) }
    var matrix = gate.controlledMatrix(angles: angles, targets: gate.targetCount ?? 3)
    if own == 0 { matrix = matrix.kronecker(.identity(2)) }
    for column in 0..<1 << qubits {
      let circuit = try Circuit(qubits: qubits) {
        for q in 0..<qubits where column >> (qubits - 1 - q) & 1 == 1 { X(q) }
        OperationList([
          .gate(
            GateOperation(gate, angles: angles.map { Angle($0) }, qubits: Array(0..<own)))
        ])
      }
      let state = try circuit.stateVector()
      for row in 0..<1 << qubits {
        #expect((state[row] - matrix[row, column]).length < tolerance, "\(gate.name)")
      }
    }
  }

  @Test("Random circuits equal the reference simulator, one sample at a time", arguments: 0..<60)
  func equalsReference(seed: UInt64) throws {
    var source = RandomCircuits(seed: seed)
    let circuit = try source.circuit(
      qubits: 1 + Int(seed % 5), gates: 25, amplitudeStart: seed % 7 == 6)
    let inputs = source.values(circuit.inputCount)
    let weights = source.values(circuit.weightCount)
    let state = try circuit.stateVector(inputs: inputs, weights: weights)
    let reference = ReferenceSimulator(circuit, inputs: inputs, weights: weights).state()
    for (a, b) in zip(state, reference) { #expect((a - b).length < tolerance) }
    let norm = state.reduce(0) { $0 + $1.lengthSquared }
    #expect(abs(norm - 1) < tolerance)
  }

  @Test("A batch equals its samples one by one", arguments: 0..<20)
  func batchEqualsLoop(seed: UInt64) throws {
    var source = RandomCircuits(seed: 1000 + seed)
    let circuit = try source.circuit(qubits: 4, gates: 30, amplitudeStart: seed % 5 == 4)
    let weights = source.values(circuit.weightCount)
    let batch = 1 + Int(seed % 9)
    let rows = (0..<batch).map { _ in source.values(circuit.inputCount) }
    let observables = [source.observable(qubits: 4), source.observable(qubits: 4)]
    let compiled = try CompiledObservables(observables, qubitCount: 4)
    let inputs = Tensor<Double>(
      shape: [batch, circuit.inputCount], elements: rows.flatMap { $0 })
    let values = try Program(circuit).forward(compiled, inputs: inputs, weights: weights)
      .expectations
    for b in 0..<batch {
      for k in 0..<2 {
        let reference = ReferenceSimulator(circuit, inputs: rows[b], weights: weights)
        #expect(abs(values[b, k] - reference.expectation(of: observables[k])) < tolerance)
      }
    }
    // Single precision: rounding at 6e-8 a step.
    let single = try Program(circuit).forward(
      compiled, inputs: inputs.converted(to: Float.self), weights: weights.map { Float($0) }
    ).expectations
    for (a, b) in zip(single.elements, values.elements) { #expect(abs(Double(a) - b) < 2e-5) }
  }

  @Test("A circuit followed by its inverse is the identity", arguments: 0..<30)
  func inverseUndoes(seed: UInt64) throws {
    var source = RandomCircuits(seed: 2000 + seed)
    let circuit = try source.circuit(qubits: 4, gates: 20, usesInputs: false)
    let both = try Circuit(qubits: 4) {
      circuit
      try circuit.inverse()
    }
    let state = try both.stateVector(weights: source.values(both.weightCount))
    #expect((state[0] - 1).length < tolerance)
  }

  @Test("States spread over threads equal the reference", arguments: [1, 2, 4, 8])
  func spreadState(threads: Int) throws {
    // 15 qubits: past the size from which kernels are cut into chunks.
    let circuit = try Circuit(qubits: 15) {
      for q in 0..<15 { RY(Angle(0.1 * Double(q + 1)), on: q) }
      for q in 0..<14 { CRX(Angle(0.3), control: q, target: q + 1) }
      QFT(on: 0..<15)
      RZZ(0.4, 0, 14)
      SX(7)
      InverseQFT(on: [3, 9, 1])
    }
    let program = Program(circuit)
    let none = Tensor<Double>(shape: [1, 0])
    let observables = try CompiledObservables(
      [Z(0), X(3) * Y(9), Z(14) * Z(2)], qubitCount: 15)
    let pool = ThreadPool(threads: threads)
    let values = try program.forward(observables, inputs: none, weights: [], pool: pool)
      .expectations.elements
    let alone = try program.forward(
      observables, inputs: none, weights: [], pool: ThreadPool(threads: 1)
    ).expectations.elements
    #expect(values == alone, "results must not depend on the number of threads")
    // The same circuit without its idle tail, against the plain product form of <Z> after RY.
    let start = try Circuit(qubits: 15) {
      for q in 0..<15 { RY(Angle(0.1 * Double(q + 1)), on: q) }
    }
    #expect(abs(try start.expectation(of: Z(4)) - Double.cos(0.5)) < tolerance)
  }

  @Test("The QFT of a basis state has the textbook phases")
  func fourier() throws {
    let circuit = try Circuit(qubits: 3) {
      X(0)
      X(2)
      QFT(on: 0..<3)
    }
    let state = try circuit.stateVector()
    for k in 0..<8 {
      let expected = Complex(length: 1 / 8.0.squareRoot(), phase: 2 * .pi * 5 * Double(k) / 8)
      #expect((state[k] - expected).length < tolerance)
    }
  }

  @Test("An all-zero sample has no amplitudes, and the error says so")
  func zeroSample() throws {
    let circuit = try Circuit(qubits: 2) { AmplitudeEmbedding(Inputs("x", 3), on: 0..<2) }
    #expect {
      try circuit.stateVector(inputs: [0, 0, 0])
    } throws: { "\($0)".contains("sample 0 is all zero") }
  }

  @Test("Values that do not fit are refused by name")
  func refusals() throws {
    let circuit = try Circuit("mine", qubits: 1) { RX(Weights("w", 2)[1], on: 0) }
    #expect { try circuit.expectation(of: Z(0), weights: [1]) } throws: {
      "\($0)" == "1 weights given; circuit 'mine' takes 2"
    }
    #expect { try circuit.expectation(of: Z(0), weights: [1, .nan]) } throws: {
      "\($0)" == "weight 1 is nan; circuit 'mine' takes finite numbers"
    }
    #expect { try circuit.expectation(of: Z(3), weights: [1, 2]) } throws: {
      "\($0)".contains("qubit 3 is out of range; this circuit has qubits 0...0")
    }
  }

  @Test("Forty qubits are refused with the bytes they need")
  func tooLarge() throws {
    let circuit = try Circuit(qubits: 50) { H(0) }
    #expect { try circuit.expectation(of: Z(0)) } throws: {
      "\($0)".contains("50 qubits needs 18 PB")
        && "\($0)".contains("use at most")
    }
  }
}
