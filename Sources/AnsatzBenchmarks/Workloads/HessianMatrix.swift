import Ansatz

/// The second derivatives of the energy of the transverse-field Ising chain.
struct HessianMatrix: Workload {
  let name = "hessian"
  let summary = "qubits x layers: the Hessian of an Ising chain's energy in all weights"
  let sizes = ["6x2"]
  let precisions = ["f64"]
  // By PennyLane.
  let expected: [String: [String: Double]] = [
    "3x1": ["norm": 2.1972568901554617, "trace": 0.4283481661479791],
    "6x2": ["norm": 4.957906021382974, "trace": -8.470734187244933],
  ]

  func run<S: Scalar>(_ size: [Int], timing: Timing, precision: S.Type) throws -> Report {
    let (n, layers) = (size[0], size[1])
    let circuit = try Circuit(qubits: n) { RotLayers(layers: layers, qubits: n) }
    let program = Program(circuit)
    let weights = Formula.weights(circuit.weightCount, as: Double.self)
    let energy = PauliSum(
      (0..<n - 1).map { (-1, PauliString([(.z, $0), (.z, $0 + 1)])) }
        + (0..<n).map { (-1, PauliString([(.x, $0)])) })
    let observables = try CompiledObservables([energy], qubitCount: n)
    let (matrix, times) = try timing.measure {
      let point = CircuitPoint(
        program, inputs: Tensor(shape: [1, 0]), weights: weights)
      return try point.hessian(of: observables).matrix
    }
    let count = circuit.weightCount
    return Report(
      fields: [("n", n), ("layers", layers)], times: times,
      check: [
        ("norm", Formula.norm(matrix.elements)),
        ("trace", (0..<count).reduce(0) { $0 + matrix[$1, $1] }),
        ("corner", matrix[0, count - 1]),
      ])
  }
}
