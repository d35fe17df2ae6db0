import AnsatzCircuits
import AnsatzMath
import AnsatzSimulator
import AnsatzTestSupport
import Numerics
import Testing

@Suite("Fidelity kernel")
struct FidelityKernelTests {
  private func batch(_ samples: Int, seed: UInt64) -> Tensor<Double> {
    var random = RandomStream(seed: seed)
    return Tensor(
      shape: [samples, 4], elements: (0..<4 * samples).map { _ in random.uniform(in: -2..<2) })
  }

  /// A circuit that depends on four inputs and five weights.
  private func circuit(seed: UInt64) throws -> Circuit {
    var maker = RandomCircuits(seed: seed)
    let body = try maker.circuit(qubits: 3, gates: 20)
    let x = Inputs("x", 4)
    let w = Weights("w", 5)
    return try Circuit(qubits: 3) {
      for q in 0..<3 { RY(x[q] + w[q], on: q) }
      RX(x[3] * w[3] + w[4], on: 0)
      body
    }
  }

  @Test("Every entry is the squared overlap of two reference states", arguments: 0..<4)
  func reference(seed: UInt64) throws {
    let circuit = try circuit(seed: seed)
    let weights = [0.3, -0.8, 1.1, 0.4, -0.2]
    let first = batch(7, seed: seed)
    let second = batch(3, seed: seed + 100)
    let states = [first, second].map { batch in
      (0..<batch.rowCount).map {
        ReferenceSimulator(circuit, inputs: Array(batch.row($0)), weights: weights).state()
      }
    }
    func overlap(_ a: [Complex<Double>], _ b: [Complex<Double>]) -> Double {
      zip(a, b).reduce(Complex<Double>.zero) { $0 + $1.0.conjugate * $1.1 }.lengthSquared
    }
    let kernel = FidelityKernel(circuit)
    let square = try kernel.matrix(first, weights: weights)
    let between = try kernel.matrix(between: first, and: second, weights: weights)
    #expect(square.shape == [7, 7])
    #expect(between.shape == [7, 3])
    let single = try kernel.matrix(
      first.converted(to: Float.self), weights: weights.map { Float($0) })
    // Rounding of some hundred operations on numbers below 1.
    for i in 0..<7 {
      for j in 0..<7 {
        #expect(abs(square[i, j] - overlap(states[0][i], states[0][j])) < 1e-12)
        #expect(abs(Double(single[i, j]) - square[i, j]) < 1e-5)
      }
      for j in 0..<3 {
        #expect(abs(between[i, j] - overlap(states[0][i], states[1][j])) < 1e-12)
      }
    }
  }

  @Test("A matrix of several tiles is symmetric, and the same for any number of threads")
  func tiles() throws {
    let kernel = FidelityKernel(try circuit(seed: 9))
    let weights = [0.3, -0.8, 1.1, 0.4, -0.2]
    let inputs = batch(150, seed: 2)
    let one = try kernel.matrix(inputs, weights: weights, pool: ThreadPool(threads: 1))
    let three = try kernel.matrix(inputs, weights: weights, pool: ThreadPool(threads: 3))
    #expect(one == three)
    #expect(one == one.transposed())
    let between = try kernel.matrix(between: inputs, and: inputs, weights: weights)
    for (a, b) in zip(one.elements, between.elements) { #expect(abs(a - b) < 1e-13) }
    for i in 0..<150 { #expect(abs(one[i, i] - 1) < 1e-12) }
  }

  @Test("Inputs of the wrong width are refused")
  func wrongWidth() throws {
    let kernel = FidelityKernel(try circuit(seed: 1))
    #expect(throws: AnsatzError.self) {
      try kernel.matrix(Tensor<Double>(shape: [2, 3]), weights: [0, 0, 0, 0, 0])
    }
  }
}
