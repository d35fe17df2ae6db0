import Ansatz

/// Loss and gradients in weights and inputs of a batch through embedding and layers.
struct TrainStep: Workload {
  let name = "train-step"
  let summary = "qubits x layers x batch: loss, weight and input gradients of a variational batch"
  let sizes = ["4x3x64", "8x3x64", "12x3x64", "16x3x8"]
  let expected = [
    "4x2x6": [
      "loss": 1.0315169814398246, "wgrad": 0.1316334212598333, "xgrad": 0.23535828784708676,
    ],
    "4x3x64": [
      "loss": 1.0539596526338186, "wgrad": 0.10901848680093645, "xgrad": 0.036417157182728185,
    ],
    "8x3x64": [
      "loss": 0.9973221657430289, "wgrad": 0.010945365972984459, "xgrad": 0.009486962111657723,
    ],
    "12x3x64": [
      "loss": 1.0079608571910827, "wgrad": 0.021424762611953106, "xgrad": 0.005929501145407297,
    ],
    "16x3x8": [
      "loss": 1.0051115782916191, "wgrad": 0.021691631477718645, "xgrad": 0.007584460522706559,
    ],
  ]

  func run<S: Scalar>(_ size: [Int], timing: Timing, precision: S.Type) throws -> Report {
    let (n, layers, batch) = (size[0], size[1], size[2])
    let circuit = try Circuit(qubits: n) {
      AngleEmbedding(Inputs("x", n), on: 0..<n)
      RotLayers(layers: layers, qubits: n)
    }
    return try CircuitWork(circuit: circuit).trainingStep(
      batch: batch, fields: [("n", n), ("layers", layers), ("batch", batch)], timing: timing,
      precision: S.self)
  }
}
