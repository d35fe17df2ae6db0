import Ansatz

/// The snippet of docs/noise.md.
func noiseExample() throws -> (exact: Double, sampled: Estimate) {
  let noise = NoiseModel(
    rules: [
      NoiseRule(gateQubits: 1, Depolarizing.definition, [0.001]),
      NoiseRule(gateQubits: 2, TwoQubitDepolarizing.definition, [0.01]),
    ],
    readout: [ReadoutRule(ReadoutError(zeroAsOne: 0.02, oneAsZero: 0.05))])
  let bell = try Circuit(qubits: 2) {
    H(0)
    CNOT(control: 0, target: 1)
  }
  let noisy = try noise.applied(to: bell)
  let exact = try noisy.densityMatrix().expectation(of: Z(0) * Z(1))
  var random = RandomStream(seed: 1)
  let sampled = try TrajectoryProgram(noisy, trajectories: 2000)
    .expectations(of: [Z(0) * Z(1)], using: &random)
  print(exact, sampled[0].value, sampled[0].standardError)
  return (exact, sampled[0])
}
