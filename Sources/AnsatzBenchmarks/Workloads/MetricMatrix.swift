import Ansatz

/// The metric of the states of layers of rotations.
struct MetricMatrix: Workload {
  let name = "metric"
  let summary = "qubits x layers: the full Fubini-Study metric tensor in all weights"
  let sizes = ["8x3"]
  let precisions = ["f64"]
  // By PennyLane.
  let expected: [String: [String: Double]] = [
    "3x1": ["norm": 0.5050747338197076, "trace": 1.0995273118514344],
    "8x3": ["norm": 2.7471632876140615, "trace": 15.014118236071187],
  ]

  func run<S: Scalar>(_ size: [Int], timing: Timing, precision: S.Type) throws -> Report {
    let (n, layers) = (size[0], size[1])
    let circuit = try Circuit(qubits: n) { RotLayers(layers: layers, qubits: n) }
    let program = Program(circuit)
    let weights = Formula.weights(circuit.weightCount, as: Double.self)
    let (matrix, times) = try timing.measure {
      let point = CircuitPoint(
        program, inputs: Tensor(shape: [1, 0]), weights: weights)
      return try point.metricTensor()
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
