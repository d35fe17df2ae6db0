import Ansatz

/// Gates of every kind, 12 for each qubit, picked by a formula.
///
/// With `h(k)` a mixed bit pattern of k, gate g is entry `h(4g) mod 29` of the list below, on qubits
/// picked by `h(4g + 1)`, `h(4g + 2)`, `h(4g + 3)`: each the remainder by the number of qubits left,
/// an index into those left in rising order. Its angles are the next weights.
struct Mixed: Workload {
  let name = "mixed"
  let summary = "qubits x batch: a training step of gates of every kind; batch 1: energy gradient"
  let sizes = ["12x64", "20x1"]
  let expected = [
    "12x64": [
      "loss": 1.0229996921885272, "wgrad": 0.03588787026300025, "xgrad": 0.01376380340236698,
    ],
    "20x1": ["energy": 0.25538961493196133, "grad": 0.6210691939995132],
    "5x6": [
      "loss": 1.0731226624280905, "wgrad": 0.24248818005927805, "xgrad": 0.10289158762422591,
    ],
    "5x1": ["energy": -0.045021910861652525, "grad": 1.7119309340486188],
  ]

  /// A list of its own, so that a new gate does not change the workload.
  private static let names = [
    "H", "X", "Y", "Z", "S", "Sdg", "T", "Tdg", "SX", "SXdg", "RX", "RY", "RZ", "Phase", "Rot", "U",
    "CNOT", "CY", "CZ", "SWAP", "CRX", "CRY", "CRZ", "CPhase", "RXX", "RYY", "RZZ", "Toffoli",
    "CSWAP",
  ]

  func run<S: Scalar>(_ size: [Int], timing: Timing, precision: S.Type) throws -> Report {
    let n = size[0]
    let gates = Self.names.compactMap { name in StandardGates.all.first { $0.name == name } }
    guard gates.count == Self.names.count, n >= 3 else {
      throw AnsatzError(.usage, "workload mixed needs 3 qubits or more")
    }
    let picked = (0..<12 * n).map { g -> (gate: GateDefinition, qubits: [Int]) in
      let gate = gates[Self.pattern(4 * g) % gates.count]
      var left = Array(0..<n)
      let qubits = (1...gate.controlCount + (gate.targetCount ?? 1)).map {
        left.remove(at: Self.pattern(4 * g + $0) % left.count)
      }
      return (gate, qubits)
    }
    let w = Weights("w", picked.reduce(0) { $0 + $1.gate.parameterNames.count })
    var next = 0
    let operations = picked.map { gate, qubits in
      let angles = gate.parameterNames.indices.map { w[next + $0] as Angle }
      next += angles.count
      return CircuitOperation.gate(GateOperation(gate, angles: angles, qubits: qubits))
    }
    let circuit = try Circuit(qubits: n) {
      AngleEmbedding(Inputs("x", n), on: 0..<n)
      Operations(operations: operations)
    }
    return try CircuitWork(circuit: circuit).either(
      batch: size[1], timing: timing, precision: S.self)
  }

  /// The bits of k, mixed by products and shifts of 32-bit numbers.
  private static func pattern(_ k: Int) -> Int {
    var x = UInt32(truncatingIfNeeded: k + 1) &* 0x9E37_79B1
    x ^= x >> 15
    x = x &* 0x85EB_CA77
    x ^= x >> 13
    return Int(x)
  }

  private struct Operations: CircuitComponent {
    let operations: [CircuitOperation]
  }
}
