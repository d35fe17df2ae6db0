import Ansatz

/// A general two-qubit unitary, 15 trained angles, on every pair of a brickwork of depth 4.
struct SU4Brickwork: Workload {
  let name = "su4-brickwork"
  let summary =
    "qubits x batch: a training step of general two-qubit unitaries; batch 1: energy gradient"
  let sizes = ["12x64", "20x1"]
  let expected = [
    "12x64": [
      "loss": 1.0564685575109638, "wgrad": 0.09375446128605461, "xgrad": 0.022507733718419534,
    ],
    "20x1": ["energy": -0.940104924280003, "grad": 7.572407207233793],
    "4x6": ["loss": 1.1013943536554869, "wgrad": 0.4615569457280098, "xgrad": 0.19438768814844545],
    "4x1": ["energy": 0.3951208267645626, "grad": 5.370793723121592],
  ]

  func run<S: Scalar>(_ size: [Int], timing: Timing, precision: S.Type) throws -> Report {
    let n = size[0]
    let pairs = (0..<4).flatMap { layer in Swift.stride(from: layer % 2, to: n - 1, by: 2) }
    let w = Weights("w", pairs.count, 15)
    let circuit = try Circuit(qubits: n) {
      AngleEmbedding(Inputs("x", n), on: 0..<n)
      for (index, q) in pairs.enumerated() {
        Rot(w[index, 0], w[index, 1], w[index, 2], on: q)
        Rot(w[index, 3], w[index, 4], w[index, 5], on: q + 1)
        RXX(w[index, 6], q, q + 1)
        RYY(w[index, 7], q, q + 1)
        RZZ(w[index, 8], q, q + 1)
        Rot(w[index, 9], w[index, 10], w[index, 11], on: q)
        Rot(w[index, 12], w[index, 13], w[index, 14], on: q + 1)
      }
    }
    return try CircuitWork(circuit: circuit).either(
      batch: size[1], timing: timing, precision: S.self)
  }
}
