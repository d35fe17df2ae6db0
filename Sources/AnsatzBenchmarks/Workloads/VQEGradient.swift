import Ansatz

/// Energy of the transverse-field Ising chain and its gradient in all weights.
struct VQEGradient: Workload {
  let name = "vqe-grad"
  let summary = "qubits x layers: energy of an Ising chain and its gradient in all weights"
  let sizes = ["16x4", "20x4"]
  let expected = [
    "6x2": ["energy": 0.7717807298191637, "grad": 1.529199238664061],
    "16x4": ["energy": -0.6426656068942695, "grad": 2.2958617799240817],
    "20x4": ["energy": -1.3760232395096859, "grad": 1.719429359957281],
  ]

  func run<S: Scalar>(_ size: [Int], timing: Timing, precision: S.Type) throws -> Report {
    let (n, layers) = (size[0], size[1])
    let circuit = try Circuit(qubits: n) { RotLayers(layers: layers, qubits: n) }
    let energy = PauliSum(
      (0..<n - 1).map { (-1, PauliString([(.z, $0), (.z, $0 + 1)])) }
        + (0..<n).map { (-1, PauliString([(.x, $0)])) })
    let program = Program(circuit)
    let observables = try CompiledObservables([energy], qubitCount: n)
    let weights = Formula.weights(circuit.weightCount, as: S.self)
    let none = Tensor<S>(shape: [1, 0])
    let (result, times) = try timing.measure {
      let pass = try program.forward(observables, inputs: none, weights: weights, keepStates: true)
      let gradient = try Adjoint().gradient(
        of: pass, upstream: Tensor(repeating: 1, shape: [1, 1]),
        request: GradientRequest(weights: true, inputs: false))
      return (Double(pass.expectations.elements[0]), gradient.weights)
    }
    return Report(
      fields: [("n", n), ("layers", layers)], times: times,
      check: [("energy", result.0), ("grad", Formula.norm(result.1))])
  }
}
