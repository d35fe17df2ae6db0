import Ansatz

/// All fidelities of a batch of feature states.
struct KernelMatrix: Workload {
  let name = "kernel"
  let summary = "qubits x samples: the kernel matrix of a feature circuit"
  let sizes = ["8x400"]
  let expected = [
    "4x20": ["sum": 282.1327488460762],
    "8x400": ["sum": 46932.85743888161],
  ]

  func run<S: Scalar>(_ size: [Int], timing: Timing, precision: S.Type) throws -> Report {
    let (n, samples) = (size[0], size[1])
    let x = Inputs("x", n)
    let circuit = try Circuit(qubits: n) {
      for q in 0..<n { RY(x[q], on: q) }
      for q in 0..<n { CZ(q, (q + 1) % n) }
      for q in 0..<n { RZ(x[q], on: q) }
      for q in 0..<n { CZ(q, (q + 1) % n) }
      for q in 0..<n { RY(x[q], on: q) }
    }
    let kernel = FidelityKernel(circuit)
    let inputs = Tensor(
      shape: [samples, n], elements: (0..<samples * n).map { S(Formula.input($0)) })
    let (matrix, times) = try timing.measure { try kernel.matrix(inputs) }
    return Report(
      fields: [("n", n), ("samples", samples)], times: times,
      check: [("sum", matrix.elements.reduce(0) { $0 + Double($1) })])
  }
}
