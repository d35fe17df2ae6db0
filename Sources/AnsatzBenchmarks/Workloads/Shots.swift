import Ansatz

/// A million measurements of the state of `forward`; its preparation is not timed.
struct Shots: Workload {
  let name = "shots"
  let summary = "qubits: 1,000,000 shots from the final state of forward"
  let sizes = ["20"]
  let expected = [
    "10": ["z0": -0.18474693511650353],
    "20": ["z0": 0.26332331102967954],
  ]

  func run<S: Scalar>(_ size: [Int], timing: Timing, precision: S.Type) throws -> Report {
    let n = size[0]
    let shots = 1_000_000
    let state = try StateBuffer<S>(qubitCount: n)
    let circuit = try Forward.circuit(qubits: n)
    try state.run(Program(circuit), weights: Formula.weights(circuit.weightCount, as: S.self))
    var random = RandomStream(seed: 1)
    let (samples, times) = try timing.measure {
      try state.sample(shots: shots, using: &random)
    }
    return Report(
      fields: [("n", n), ("shots", shots)], times: times,
      check: [("z0", samples.meanZ(0))],
      // Five standard errors of a mean of values ±1.
      tolerance: 5 / Double(shots).squareRoot())
  }
}
