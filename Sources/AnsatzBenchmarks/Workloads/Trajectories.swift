import Ansatz

/// The circuit of `density` by trajectories: each shot measures all qubits after a run of its own.
struct Trajectories: Workload {
  let name = "trajectories"
  let summary = "qubits: 1,000 shots of the circuit of density, each with noise of its own"
  let sizes = ["12"]
  /// The values of the density matrix.
  let expected = ["4": ["z0": -0.08180705684786527], "12": ["z0": -0.005347425420315539]]

  func run<S: Scalar>(_ size: [Int], timing: Timing, precision: S.Type) throws -> Report {
    let n = size[0]
    let shots = 1000
    let circuit = try Density.circuit(qubits: n)
    let program = try TrajectoryProgram(circuit)
    let weights = Formula.weights(circuit.weightCount, as: S.self)
    var random = RandomStream(seed: 1)
    let (samples, times) = try timing.measure {
      try program.samples(shots: shots, weights: weights, in: S.self, using: &random)
    }
    return Report(
      fields: [("n", n), ("shots", shots)], times: times,
      check: [("z0", samples.meanZ(0))],
      // Five standard errors of a mean of values ±1.
      tolerance: 5 / Double(shots).squareRoot())
  }
}
