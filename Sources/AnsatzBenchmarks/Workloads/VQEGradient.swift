import Ansatz

/// Energy of the transverse-field Ising chain and its gradient in all weights.
struct VQEGradient: Workload {
  let name = "vqe-grad"
  let summary = "qubits x layers: energy of an Ising chain and its gradient in all weights"
  let sizes = ["16x4", "20x4", "24x2"]
  let expected = [
    "6x2": ["energy": 0.7717807298191637, "grad": 1.529199238664061],
    "16x4": ["energy": -0.6426656068942695, "grad": 2.2958617799240817],
    "20x4": ["energy": -1.3760232395096859, "grad": 1.719429359957281],
    // By lightning.qubit's adjoint gradients.
    "24x2": ["energy": 0.6538788802969867, "grad": 2.5010291735036327],
  ]

  func run<S: Scalar>(_ size: [Int], timing: Timing, precision: S.Type) throws -> Report {
    let (n, layers) = (size[0], size[1])
    let circuit = try Circuit(qubits: n) { RotLayers(layers: layers, qubits: n) }
    return try CircuitWork(circuit: circuit).energyGradient(
      fields: [("n", n), ("layers", layers)], timing: timing, precision: S.self)
  }
}
