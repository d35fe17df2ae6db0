import Ansatz

/// A noisy circuit on a density matrix.
struct Density: Workload {
  let name = "density"
  let summary = "qubits: two layers with depolarizing noise on a density matrix"
  let sizes = ["8", "10"]
  let expected = [
    "4": ["z0": -0.08180705684786527, "purity": 0.6511059147120473],
    "8": ["z0": 0.008109042686459067, "purity": 0.41495898585712016],
    "10": ["z0": -0.0012343906461724785, "purity": 0.3320684371503948],
  ]

  func run<S: Scalar>(_ size: [Int], timing: Timing, precision: S.Type) throws -> Report {
    let n = size[0]
    let circuit = try Self.circuit(qubits: n)
    let program = try DensityProgram(circuit)
    let weights = Formula.weights(circuit.weightCount, as: S.self)
    let (result, times) = try timing.measure {
      let state = try program.run(weights: weights)
      return (z0: try state.expectation(of: Z(0)), purity: state.purity)
    }
    return Report(
      fields: [("n", n)], times: times,
      check: [("z0", result.z0), ("purity", result.purity)])
  }

  /// Two layers of Rot and a CNOT ring, each qubit depolarized after each gate.
  static func circuit(qubits n: Int) throws -> Circuit {
    let w = Weights("w", 2, n, 3)
    return try Circuit(qubits: n) {
      for l in 0..<2 {
        for q in 0..<n {
          Rot(w[l, q, 0], w[l, q, 1], w[l, q, 2], on: q)
          Depolarizing(probability: 0.01, on: q)
        }
        for q in 0..<n {
          CNOT(control: q, target: (q + 1) % n)
          Depolarizing(probability: 0.01, on: q)
          Depolarizing(probability: 0.01, on: (q + 1) % n)
        }
      }
    }
  }
}
