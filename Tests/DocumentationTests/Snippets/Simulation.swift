import Ansatz
import Numerics

/// The examples of docs/simulation.md.
func simulationExamples() throws -> (
  mean: Double, batch: Tensor<Double>, amplitudes: [Complex<Double>], probabilities: [Double],
  counts: [String: Int], estimate: Estimate
) {
  let x = Inputs("x", 2)
  let w = Weights("w", 2)
  let circuit = try Circuit(qubits: 2) {
    for q in 0..<2 { RY(x[q], on: q) }
    CNOT(control: 0, target: 1)
    for q in 0..<2 { RX(w[q], on: q) }
  }
  let mean = try circuit.expectation(
    of: Z(0) * Z(1), inputs: [0.3, 0.8], weights: [0.1, 0.2])
  let amplitudes = try circuit.stateVector(inputs: [0.3, 0.8], weights: [0.1, 0.2])
  let probabilities = try circuit.probabilities(inputs: [0.3, 0.8], weights: [0.1, 0.2])

  let program = Program(circuit)
  let observables = try CompiledObservables([Z(0), Z(1), X(0) * X(1)], qubitCount: 2)
  let samples = Tensor(rows: [[0.3, 0.8], [1.1, -0.4], [2.0, 0.0]])
  let means = try program.forward(observables, inputs: samples, weights: [0.1, 0.2]).expectations

  var random = RandomStream(seed: 7, stream: "shots")
  let counts = try circuit.sample(
    shots: 1000, inputs: [0.3, 0.8], weights: [0.1, 0.2], using: &random
  ).counts
  let estimate = try circuit.estimate(
    Z(0) * Z(1), shots: 1000, inputs: [0.3, 0.8], weights: [0.1, 0.2], using: &random)

  return (mean, means, amplitudes, probabilities, counts, estimate)
}
