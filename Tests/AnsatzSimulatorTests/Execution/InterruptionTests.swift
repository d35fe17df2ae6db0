import AnsatzCircuits
import AnsatzMath
import AnsatzSimulator
import Testing

/// A circuit with data, trained angles and entanglement.
private func circuit(qubits: Int) throws -> Circuit {
  let x = Inputs("x", qubits)
  return try Circuit(qubits: qubits) {
    AngleEmbedding(x, on: 0..<qubits)
    StronglyEntangling(layers: 2, on: 0..<qubits)
  }
}

// The flag is the process's own, so each of these has a process to itself.
@Suite("What runs circuits answers the stop flag")
struct EngineInterruptionTests {
  @Test("Every executor throws and gives no values while the flag is raised, and values afterwards")
  func executors() async {
    await #expect(processExitsWith: .success) {
      for executor in [Executor.blocks, .tiles, .reference] {
        let circuit = try circuit(qubits: 6)
        let observables = try CompiledObservables([Z(0)], qubitCount: 6)
        let inputs = Tensor<Double>(repeating: 0.3, shape: [9, 6])
        let weights = [Double](repeating: 0.1, count: circuit.weightCount)
        func run() throws -> [Double] {
          try Program(circuit).forward(
            observables, inputs: inputs, weights: weights, executor: executor
          ).expectations.elements
        }
        StopFlag.raise()
        let error = #expect(throws: AnsatzError.self, "\(executor)") { try run() }
        #expect(error?.category == .interrupted && error?.isInterruption == true)
        StopFlag.lower()
        #expect(try run().count == 9)
      }
    }
  }

  @Test("A large state stops between two gates, and a density matrix does")
  func largeStates() async {
    await #expect(processExitsWith: .success) {
      StopFlag.raise()
      let large = try circuit(qubits: 14)
      let observables = try CompiledObservables([Z(0)], qubitCount: 14)
      for executor in [Executor.automatic, .reference] {
        #expect(throws: AnsatzError(.interrupted, "stopped")) {
          try Program(large).forward(
            observables, inputs: Tensor<Double>(repeating: 0.3, shape: [1, 14]),
            weights: [Double](repeating: 0.1, count: large.weightCount), executor: executor)
        }
      }
      let small = try circuit(qubits: 3)
      #expect(throws: AnsatzError(.interrupted, "stopped")) {
        try DensityProgram(small).run(
          inputs: [Double](repeating: 0.3, count: 3),
          weights: [Double](repeating: 0.1, count: small.weightCount))
      }
    }
  }
}
