import Ansatz

/// The examples of docs/gradients.md.
func gradientsExamples() throws -> (
  exact: [Double], shifted: [Double], entropy: [Double], hessian: Hessian, metric: Tensor<Double>,
  least: Double
) {
  let w = Weights("w", 3)
  let circuit = try Circuit(qubits: 2) {
    RY(w[0], on: 0)
    CRX(w[1], control: 0, target: 1)
    RZ(w[2], on: 1)
  }
  let point = CircuitPoint(circuit, weights: [0.3, 0.8, 0.5])
  let exact = try Adjoint().gradient(
    of: .expectation(of: Z(1)), at: point, request: GradientRequest(inputs: false))
  let shifted = try ParameterShift().gradient(
    of: .expectation(of: Z(1)), at: point, request: GradientRequest(inputs: false))

  let entropy = try Adjoint().gradient(
    of: .entropy(of: [0]), at: point, request: GradientRequest(inputs: false))
  let hessian = try point.hessian(of: Z(1))
  let metric = try point.metricTensor()

  let start = [0.3, 0.8, 0.5]
  let result = try circuit.minimize(Z(0) + Z(1), from: start, with: "qng")

  return (exact.weights, shifted.weights, entropy.weights, hessian, metric, result.value)
}
