import Ansatz

/// The quantum Fourier transform of a general state.
struct FourierTransformation: Workload {
  let name = "qft"
  let summary = "qubits: RY on every qubit, then the quantum Fourier transform"
  let sizes = ["20", "24"]
  let expected = [
    "8": ["p1": 0.00024561921545211875],
    "20": ["p1": 2.348584209050758e-12],
    "24": ["p1": 1.4265662266892272e-14],
  ]

  func run<S: Scalar>(_ size: [Int], timing: Timing, precision: S.Type) throws -> Report {
    let n = size[0]
    let w = Weights("w", n)
    let circuit = try Circuit(qubits: n) {
      for q in 0..<n { RY(w[q], on: q) }
      QFT(on: 0..<n)
    }
    let program = Program(circuit)
    let weights = Formula.weights(n, as: S.self)
    let state = try StateBuffer<S>(qubitCount: n)
    let ((), times) = try timing.measure {
      try state.run(program, weights: weights)
    }
    return Report(
      fields: [("n", n)], times: times, check: [("p1", Double(state[1].lengthSquared))])
  }
}
