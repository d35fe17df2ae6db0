import AnsatzCircuits
import AnsatzMath
import AnsatzSimulator
import AnsatzTestSupport
import Numerics
import Testing

@Suite("Measuring states")
struct MeasuringTests {
  private func bell() throws -> Circuit {
    try Circuit(qubits: 3) {
      H(0)
      CNOT(control: 0, target: 2)
    }
  }

  @Test("Entropies of a Bell pair: a bit on either side, none together")
  func bellEntropies() throws {
    let circuit = try bell()
    for qubit in [0, 2] {
      let state = try circuit.reducedState(of: [qubit])
      #expect(abs(state.purity - 0.5) < 1e-14)
      #expect(abs(state.vonNeumannEntropy() - 1) < 1e-14)
      #expect(abs(state.vonNeumannEntropy(base: .exp(1)) - .log(2)) < 1e-14)
      for order in [0, 0.5, 1, 2, 3, .infinity] {
        #expect(abs(state.renyiEntropy(order: order) - 1) < 1e-13)
      }
    }
    #expect(try abs(circuit.reducedState(of: [1]).vonNeumannEntropy()) < 1e-14)
    // The square root at an eigenvalue of rounding's size leaves some 1e-14 of entropy.
    #expect(try abs(circuit.reducedState(of: [2, 0]).vonNeumannEntropy()) < 1e-12)
    #expect(try abs(circuit.mutualInformation(between: [0], and: [2]) - 2) < 1e-12)
    #expect(try abs(circuit.mutualInformation(between: [0], and: [1])) < 1e-12)
  }

  @Test("Entropies follow the closed form of a pair that is partly entangled")
  func partly() throws {
    let p = 0.2
    let circuit = try Circuit(qubits: 2) {
      RY(2 * .asin(Angle(p.squareRoot())), on: 0)
      CNOT(control: 0, target: 1)
    }
    let state = try circuit.reducedState(of: [1])
    #expect(abs(state.purity - (p * p + (1 - p) * (1 - p))) < 1e-14)
    let entropy = -p * .log(p) / .log(2) - (1 - p) * .log(1 - p) / .log(2)
    #expect(abs(state.vonNeumannEntropy() - entropy) < 1e-13)
    #expect(abs(state.renyiEntropy(order: 2) + .log(p * p + (1 - p) * (1 - p)) / .log(2)) < 1e-13)
    #expect(abs(state.renyiEntropy(order: .infinity) + .log(1 - p) / .log(2)) < 1e-13)
  }

  @Test("A reduced state is the partial trace by its definition, in any order of qubits")
  func partialTrace() throws {
    var circuits = RandomCircuits(seed: 21)
    for _ in 0..<5 {
      let circuit = try circuits.circuit(qubits: 4, gates: 12, usesInputs: false)
      let weights = circuits.values(circuit.weightCount)
      let amplitudes = ReferenceSimulator(circuit, weights: weights).state()
      let qubits = [3, 1]
      let state = try circuit.reducedState(of: qubits, weights: weights)
      for i in 0..<4 {
        for j in 0..<4 {
          var sum = Complex<Double>.zero
          for a in 0..<4 {
            // Qubits 0 and 2 are summed over.
            func index(_ kept: Int) -> Int {
              (a >> 1) << 3 | (kept & 1) << 2 | (a & 1) << 1 | kept >> 1
            }
            sum += amplitudes[index(i)] * amplitudes[index(j)].conjugate
          }
          #expect((state.matrix[i, j] - sum).length < 1e-12)
        }
      }
      let dense = try circuit.densityMatrix(weights: weights).reducedState(of: qubits)
      #expect(dense.matrix.maximumDifference(from: state.matrix) < 1e-12)
      #expect(abs(state.matrix.trace.real - 1) < 1e-12)
      #expect(abs(state.fidelity(with: dense) - 1) < 1e-6)
      #expect(state.traceDistance(to: dense) < 1e-12)
    }
  }

  @Test("A circuit with measurements has the reduced state of its mixture")
  func dynamicState() throws {
    let c = Bits("c", 1)
    let circuit = try Circuit(qubits: 2) {
      RY(0.9, on: 0)
      CNOT(control: 0, target: 1)
      Measure(0, into: c[0])
      If(c[0]) { H(1) }
      H(0)
    }
    let p = Double.sin(0.45) * .sin(0.45)
    let state = try circuit.reducedState(of: [1])
    #expect(abs(state.matrix[0, 0].real - (1 - p + p / 2)) < 1e-13)
    #expect(abs(state.matrix[0, 1].real + p / 2) < 1e-13)
  }

  @Test("Fidelity and overlap of pure states, and of mixed ones that commute")
  func fidelity() throws {
    let a = try Circuit(qubits: 2) { RY(0.4, on: 0) }
    let b = try Circuit(qubits: 2) {
      RY(1.3, on: 0)
      RZ(0.7, on: 1)
    }
    #expect(try abs(a.fidelity(with: b) - .pow(.cos(0.45), 2)) < 1e-14)
    let overlap = try a.overlap(with: b)
    #expect((overlap - Complex(length: .cos(0.45), phase: -0.35)).length < 1e-14)
    let p = ReducedState(qubits: [0], matrix: .diagonal([Complex(0.9), Complex(0.1)]))
    let q = ReducedState(qubits: [0], matrix: .diagonal([Complex(0.4), Complex(0.6)]))
    let classical = Double.pow((0.36).squareRoot() + (0.06).squareRoot(), 2)
    #expect(abs(p.fidelity(with: q) - classical) < 1e-13)
    #expect(abs(p.traceDistance(to: q) - 0.5) < 1e-14)
  }

  @Test("Any Hermitian matrix is a Pauli sum with its expectation values")
  func matrixObservable() throws {
    var circuits = RandomCircuits(seed: 31)
    for qubits in [[2], [0, 2], [2, 0, 1]] {
      let order = 1 << qubits.count
      let random = circuits.unitary(qubits: qubits.count)
      let hermitian = random + random.adjoint
      let sum = try PauliSum(hermitian, on: qubits)
      let circuit = try circuits.circuit(qubits: 3, gates: 10, usesInputs: false)
      let weights = circuits.values(circuit.weightCount)
      let state = try circuit.reducedState(of: qubits, weights: weights).matrix
      let expected = (0..<order).reduce(0.0) { total, i in
        total + (0..<order).reduce(0.0) { $0 + (hermitian[i, $1] * state[$1, i]).real }
      }
      #expect(try abs(circuit.expectation(of: sum, weights: weights) - expected) < 1e-12)
    }
    #expect(throws: AnsatzError.self) { try PauliSum(ComplexMatrix([[0, 1], [0, 0]]), on: [0]) }
    #expect(throws: AnsatzError.self) { try PauliSum(.identity(4), on: [0]) }
    #expect(throws: AnsatzError.self) { try PauliSum(.identity(4), on: [1, 1]) }
    #expect(throws: AnsatzError.self) {
      try PauliSum(.diagonal([1, Complex(.infinity)]), on: [0])
    }
  }

  @Test("The variance is ⟨O²⟩ - ⟨O⟩²")
  func variance() throws {
    let circuit = try Circuit(qubits: 2) {
      RY(0.7, on: 0)
      RY(1.9, on: 1)
    }
    #expect(try abs(circuit.variance(of: Z(0)) - .pow(.sin(0.7), 2)) < 1e-14)
    let sum = 2 * Z(0) - 3 * Z(1) + 5 * PauliString.identity
    let expected = 4 * Double.pow(.sin(0.7), 2) + 9 * .pow(.sin(1.9), 2)
    #expect(try abs(circuit.variance(of: sum) - expected) < 1e-13)
  }

  @Test("Marginals sum the others out, in the order asked for")
  func marginals() throws {
    let circuit = try Circuit(qubits: 3) {
      X(0)
      RY(0.8, on: 2)
    }
    let p = Double.pow(.sin(0.4), 2)
    let marginal = try circuit.marginal(of: [2, 0])
    for (a, b) in zip(marginal, [0, 1 - p, 0, p]) { #expect(abs(a - b) < 1e-15) }
    var random = RandomStream(seed: 3, stream: "marginal")
    let estimates = try circuit.estimateMarginal(of: [2, 0], shots: 10_000, using: &random)
    for (estimate, exact) in zip(estimates, [0, 1 - p, 0, p]) {
      // Five standard errors: one false alarm in a million seeds.
      #expect(abs(estimate.value - exact) <= 5 * estimate.standardError)
    }
    #expect(throws: AnsatzError.self) { try circuit.marginal(of: [0, 0]) }
    #expect(throws: AnsatzError.self) { try circuit.marginal(of: [3]) }
  }
}
