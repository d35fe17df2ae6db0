/// Layers of gates on every qubit and gates on pairs of them, closed by a last layer on every
/// qubit.
///
/// Weights, where the gates have parameters: `prefix` of shape `[layers + 1, parameters, qubits]`
/// for the rotations (`[layers, …]` without the last layer), with the parameters of all rotation
/// gates in order; `prefix.entangler` of shape `[layers, parameters, pairs]`.
public struct TwoLocal: CircuitComponent {
  public let operations: [CircuitOperation]

  /// - Parameters:
  ///   - rotations: Gates on one qubit, each put on every qubit before the next.
  ///   - entanglers: Gates on two qubits, each put on every pair before the next.
  ///   - closes: Whether a last layer of rotations ends it.
  public init(
    rotations: [GateDefinition] = [RY.definition],
    entanglers: [GateDefinition] = [CNOT.definition], entanglement: Entanglement = .linear,
    layers: Int, on qubits: some Sequence<Int>, closes: Bool = true, prefix: String = "local"
  ) {
    let list = Array(qubits)
    let problem =
      Self.problem(rotations, of: 1) ?? Self.problem(entanglers, of: 2)
      ?? entanglement.problem(sizes: [2], among: list.count)
    if let problem {
      operations = [.refused("TwoLocal", on: list, problem)]
      return
    }
    let layers = max(0, layers)
    let pairs = entanglement.blocks(of: 2, among: list.count)
    let turning = Weights(
      prefix, layers + (closes ? 1 : 0), Self.parameterCount(rotations), list.count)
    let entangling = Weights(
      "\(prefix).entangler", layers, Self.parameterCount(entanglers), pairs.count)
    func rotate(_ layer: Int) -> [CircuitOperation] {
      Self.place(rotations, on: list.map { [$0] }) { turning[layer, $0, $1] }
    }
    operations =
      (0..<layers).flatMap { layer in
        rotate(layer)
          + Self.place(entanglers, on: pairs.map { [list[$0[0]], list[$0[1]]] }) {
            entangling[layer, $0, $1]
          }
      } + (closes ? rotate(layers) : [])
  }

  private static func parameterCount(_ gates: [GateDefinition]) -> Int {
    gates.reduce(0) { $0 + $1.parameterNames.count }
  }

  private static func problem(_ gates: [GateDefinition], of size: Int) -> String? {
    let wrong = gates.first { gate in
      let own = gate.targetCount.map { gate.controlCount + $0 } ?? size
      return own != size
    }
    return wrong.map {
      size == 1
        ? "\($0.name) does not act on one qubit; use rotations such as RY"
        : "\($0.name) does not act on two qubits; use entanglers such as CNOT"
    }
  }

  /// Each gate on each block before the next gate.
  private static func place(
    _ gates: [GateDefinition], on blocks: [[Int]], weight: (_ parameter: Int, _ block: Int) -> Angle
  ) -> [CircuitOperation] {
    var result: [CircuitOperation] = []
    var first = 0
    for gate in gates {
      for (index, block) in blocks.enumerated() {
        let angles = gate.parameterNames.indices.map { weight(first + $0, index) }
        result.append(.gate(GateOperation(gate, angles: angles, qubits: block)))
      }
      first += gate.parameterNames.count
    }
    return result
  }
}
