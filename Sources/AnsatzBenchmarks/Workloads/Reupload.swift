import Ansatz

/// Inputs uploaded again before every trained layer, so that angles differ from sample to sample in
/// mid-circuit.
struct Reupload: Workload {
  let name = "reupload"
  let summary =
    "qubits x batch: a training step with inputs between the layers; batch 1: energy gradient"
  let sizes = ["12x64", "20x1"]
  let expected = [
    "12x64": [
      "loss": 1.0005669892516895, "wgrad": 0.0017590772962311194, "xgrad": 0.009522357222608151,
    ],
    "20x1": ["energy": -0.3157404460568404, "grad": 3.1329095341986384],
    "4x6": ["loss": 1.0637421936235658, "wgrad": 0.20134990983473652, "xgrad": 0.2658570535529796],
    "4x1": ["energy": -1.028062944274804, "grad": 3.0723534898128078],
  ]

  func run<S: Scalar>(_ size: [Int], timing: Timing, precision: S.Type) throws -> Report {
    let n = size[0]
    let (x, w) = (Inputs("x", n), Weights("w", 3, n, 3))
    let circuit = try Circuit(qubits: n) {
      for l in 0..<3 {
        for q in 0..<n { RY(x[q], on: q) }
        for q in 0..<n { Rot(w[l, q, 0], w[l, q, 1], w[l, q, 2], on: q) }
        for q in 0..<n { CNOT(control: q, target: (q + 1) % n) }
      }
    }
    return try CircuitWork(circuit: circuit).either(
      batch: size[1], timing: timing, precision: S.self)
  }
}
