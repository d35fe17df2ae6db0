import Ansatz

/// One large state: ten layers of Rot on every qubit and alternating CZ.
struct Forward: Workload {
  let name = "forward"
  let summary = "qubits: the final state of ten layers of rotations and alternating CZ"
  let sizes = ["20", "24", "26"]
  let expected = [
    "10": ["z0": -0.18474693511650353, "p0": 0.00047820725741279],
    "20": ["z0": 0.26332331102967954, "p0": 2.9802839583983494e-07],
    "24": ["z0": 0.3044723704729194, "p0": 8.152314537036744e-14],
    "26": ["z0": 0.0038424666941708208, "p0": 8.622461074419926e-11],
  ]

  func run<S: Scalar>(_ size: [Int], timing: Timing, precision: S.Type) throws -> Report {
    let n = size[0]
    let circuit = try Self.circuit(qubits: n)
    let program = Program(circuit)
    let weights = Formula.weights(circuit.weightCount, as: S.self)
    let state = try StateBuffer<S>(qubitCount: n)
    let ((), times) = try timing.measure {
      try state.run(program, weights: weights)
    }
    let amplitude = state[0]
    return Report(
      fields: [("n", n)], times: times,
      check: [
        ("z0", try state.expectation(of: Z(0))),
        ("p0", Double(amplitude.lengthSquared)),
      ],
      floor: program.planDescription(nil)?.measuredFloor(
        samples: 1, gradient: false, precision: S.self))
  }

  static func circuit(qubits n: Int) throws -> Circuit {
    let w = Weights("w", 10, n, 3)
    return try Circuit(qubits: n) {
      for d in 0..<10 {
        for q in 0..<n { Rot(w[d, q, 0], w[d, q, 1], w[d, q, 2], on: q) }
        for q in stride(from: d % 2, to: n - 1, by: 2) { CZ(q, q + 1) }
      }
    }
  }
}
