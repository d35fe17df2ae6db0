import AnsatzCircuits
import AnsatzGradients
import AnsatzMath
import Testing

@testable import AnsatzSimulator

@Suite("Memory limit")
struct MemoryLimitTests {
  /// 16 · 2⁴⁰ and 16 · 2⁶² bytes: no machine has that much.
  private static let tooMany = [40, 62]

  /// The error of a call that must not get as far as allocating anything.
  private func refusal(_ call: () throws -> Void) throws -> AnsatzError {
    let error = #expect(throws: AnsatzError.self) { try call() }
    return try #require(error)
  }

  private func expectRefusal(
    _ call: () throws -> Void, of what: String, qubits: Int,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let error = try refusal(call)
    #expect(error.category == .unavailable, sourceLocation: sourceLocation)
    #expect(
      error.message.hasPrefix("\(what) of \(qubits) qubits"), "\(error.message)",
      sourceLocation: sourceLocation)
    #expect(error.message.contains("B of memory"), sourceLocation: sourceLocation)
    #expect(error.message.contains("use at most"), sourceLocation: sourceLocation)
  }

  private func circuit(qubits: Int) throws -> Circuit {
    let w = Weights("w", 2, qubits)
    return try Circuit(qubits: qubits) {
      AngleEmbedding(Inputs("x", qubits), on: 0..<qubits)
      for l in 0..<2 {
        for q in 0..<qubits { RY(w[l, q], on: q) }
        for q in 0..<qubits { CNOT(control: q, target: (q + 1) % qubits) }
      }
    }
  }

  @Test("The message names the bytes and the largest sizes that fit")
  func message() throws {
    let error = try refusal {
      try MemoryLimit.check(
        "a state", qubits: 12, samples: 100, available: 131_072,
        bytes: MemoryLimit.states(1, of: Double.self))
    }
    // 16 · 2¹² · 100; 2¹⁷ hold 16 · 2⁶ · 100 and 16 · 2¹² · 2.
    #expect(
      error.message
        == "a state of 12 qubits for 100 samples needs 6.55 MB of memory, and there are 131 kB;"
        + " use at most 6 qubits, or at most 2 samples at once")
  }

  @Test("What just fits is not refused")
  func fits() throws {
    try MemoryLimit.check(
      "a state", qubits: 10, available: 16_384, bytes: MemoryLimit.states(1, of: Double.self))
    try MemoryLimit.check(
      "a state", qubits: 11, available: 16_384, bytes: MemoryLimit.states(1, of: Float.self))
  }

  @Test("The memory there is is positive and no more than the machine's")
  func available() {
    #expect(MemoryLimit.available > 1_000_000)
    #expect(MemoryLimit.available < 1e18)
  }

  @Test("Expectation values and gradients are refused", arguments: tooMany, Executor.allCases)
  func forward(qubits: Int, executor: Executor) throws {
    let circuit = try circuit(qubits: qubits)
    let program = Program(circuit)
    let observables = try CompiledObservables([Z(0)], qubitCount: qubits)
    let weights = [Double](repeating: 0.1, count: circuit.weightCount)
    for samples in [1, 100] {
      let inputs = Tensor<Double>(shape: [samples, qubits])
      for keeps in [false, true] {
        let error = try refusal {
          _ = try program.forward(
            observables, inputs: inputs, weights: weights, keepStates: keeps, executor: executor)
        }
        #expect(error.category == .unavailable)
        #expect(error.message.contains("\(qubits) qubits needs"), "\(error.message)")
      }
    }
  }

  @Test("Amplitudes from data are refused as well, padded or not", arguments: tooMany)
  func amplitudes(qubits: Int) throws {
    let circuit = try Circuit(qubits: qubits) {
      AmplitudeEmbedding(Inputs("x", 3), on: 0..<qubits, padding: 1)
    }
    let observables = try CompiledObservables([Z(0)], qubitCount: qubits)
    try expectRefusal(
      {
        _ = try Program(circuit).forward(
          observables, inputs: Tensor<Double>(repeating: 1, shape: [2, 3]), weights: [],
          keepStates: true)
      }, of: "a state and its gradient", qubits: qubits)
  }

  @Test("State vectors, buffers and samples are refused", arguments: tooMany)
  func states(qubits: Int) throws {
    let circuit = try circuit(qubits: qubits)
    let inputs = [Double](repeating: 0, count: qubits)
    let weights = [Double](repeating: 0.1, count: circuit.weightCount)
    let what = "the final state and its amplitudes"
    try expectRefusal(
      { _ = try circuit.stateVector(inputs: inputs, weights: weights) }, of: what, qubits: qubits)
    try expectRefusal(
      { _ = try circuit.probabilities(inputs: inputs, weights: weights) }, of: what, qubits: qubits)
    var random = RandomStream(seed: 1)
    try expectRefusal(
      { _ = try circuit.sample(shots: 1, inputs: inputs, weights: weights, using: &random) },
      of: what, qubits: qubits)
    try expectRefusal(
      { _ = try StateBuffer<Float>(qubitCount: qubits) }, of: "a state", qubits: qubits)
  }

  @Test("Kernels are refused", arguments: tooMany)
  func kernels(qubits: Int) throws {
    let w = Inputs("x", 1)
    let kernel = FidelityKernel(try Circuit(qubits: qubits) { RY(w[0], on: 0) })
    let inputs = Tensor<Double>(shape: [10, 1])
    try expectRefusal({ _ = try kernel.matrix(inputs) }, of: "a kernel", qubits: qubits)
    try expectRefusal(
      { _ = try kernel.matrix(between: inputs, and: inputs) }, of: "a kernel", qubits: qubits)
  }

  @Test("A kernel of states that fit is refused for its number of samples")
  func kernelSamples() throws {
    let w = Inputs("x", 1)
    let kernel = FidelityKernel(try Circuit(qubits: 1) { RY(w[0], on: 0) })
    // 4 million samples have 16 · 10¹² pairs.
    let error = try refusal { _ = try kernel.matrix(Tensor<Double>(shape: [4_000_000, 1])) }
    #expect(error.message.contains("samples at once"), "\(error.message)")
  }

  @Test("Density matrices are refused", arguments: [20, 40, 62])
  func density(qubits: Int) throws {
    let circuit = try Circuit(qubits: qubits) {
      H(0)
      Depolarizing(probability: 0.1, on: 0)
    }
    try expectRefusal(
      { _ = try circuit.densityMatrix() }, of: "a density matrix", qubits: qubits)
  }
}
