import AnsatzMath

/// Layers of rotations about random axes of random qubits, with random CNOTs between them; the
/// seed decides all.
///
/// Draws repeat until a layer has its rotations: with the probability `ratio`, and on more than one
/// qubit, a CNOT on two qubits, else RX, RY or RZ with the layer's next weight. Weights: one bundle
/// of shape `[layers, rotations]`.
public struct RandomLayers: CircuitComponent {
  public let operations: [CircuitOperation]

  /// - Parameters:
  ///   - rotations: The rotations of a layer; as many as qubits if nil.
  ///   - ratio: The share of CNOTs, from 0 to 0.9.
  ///   - seed: The same seed gives the same circuit on every machine.
  ///   - prefix: The name of the weights; circuits with two of these need two names.
  public init(
    layers: Int, rotations: Int? = nil, on qubits: some Sequence<Int>, ratio: Double = 0.3,
    seed: UInt64 = 0, prefix: String = "random"
  ) {
    let list = Array(qubits)
    guard (0...0.9).contains(ratio) else {
      operations = [
        .refused("RandomLayers", on: list, "the ratio \(ratio) of CNOTs; use 0...0.9")
      ]
      return
    }
    let count = list.isEmpty ? 0 : max(0, rotations ?? list.count)
    let weights = Weights(prefix, max(0, layers), count)
    var random = RandomStream(seed: seed, stream: "random layers")
    var result: [CircuitOperation] = []
    for layer in 0..<max(0, layers) {
      var placed = 0
      while placed < count {
        if list.count > 1, random.uniform() < ratio {
          let control = random.integer(below: list.count)
          let step = 1 + random.integer(below: list.count - 1)
          result +=
            CNOT(control: list[control], target: list[(control + step) % list.count]).operations
        } else {
          let axis = Pauli.allCases[random.integer(below: 3)]
          let qubit = list[random.integer(below: list.count)]
          result += rotation(about: axis, by: weights[layer, placed], on: qubit).operations
          placed += 1
        }
      }
    }
    operations = result
  }
}
