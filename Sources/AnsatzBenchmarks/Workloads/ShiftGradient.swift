import Ansatz

/// A gradient by the two-term parameter-shift rule, all evaluations made.
struct ShiftGradient: Workload {
  let name = "param-shift"
  let summary = "qubits x layers: the gradient of <Z0> by two shifted circuits a weight"
  let sizes = ["8x3"]
  let expected = [
    "4x2": ["grad": 0.5693106376897217], "8x3": ["grad": 0.3025961152665795],
  ]

  func run<S: Scalar>(_ size: [Int], timing: Timing, precision: S.Type) throws -> Report {
    let (n, layers) = (size[0], size[1])
    let circuit = try Circuit(qubits: n) { RotLayers(layers: layers, qubits: n) }
    let program = Program(circuit)
    let observables = try CompiledObservables([Z(0)], qubitCount: n)
    let weights = Formula.weights(circuit.weightCount, as: S.self)
    let none = Tensor<S>(shape: [1, 0])
    let (gradient, times) = try timing.measure {
      let pass = try program.forward(observables, inputs: none, weights: weights)
      return try ParameterShift().gradient(
        of: pass, upstream: Tensor(repeating: 1, shape: [1, 1]),
        request: GradientRequest(weights: true, inputs: false))
    }
    return Report(
      fields: [("n", n), ("layers", layers), ("evaluations", gradient.evaluations)], times: times,
      check: [("grad", Formula.norm(gradient.weights))],
      floor: program.planDescription(observables)?.measuredFloor(
        samples: gradient.evaluations, gradient: false, precision: S.self))
  }
}
