/// Layers that upload the data again and again, each time scaled and shifted by trained weights.
///
/// In each layer a qubit gets `Rot(ω ∘ x + θ)` for its share of the features, three at a time
/// (features are dealt to the qubits in turn; with more than three a qubit, several `Rot`s follow
/// one another), then a ring of CZ. A place without a feature keeps its θ. Weights: bundles
/// `prefix.scale` and `prefix.shift` of shape `[layers, rotations, 3]`, with
/// `rotations = max(qubits, ⌈features/3⌉)` rounded up to a multiple of the qubits.
///
/// - Source: Pérez-Salinas et al., Quantum 4, 226 (2020), arXiv:1907.02085.
public struct DataReuploading: CircuitComponent {
  public let operations: [CircuitOperation]

  /// Embeds the features on these qubits.
  public init(
    _ inputs: Inputs, layers: Int, on qubits: some Sequence<Int>, prefix: String = "reuploading"
  ) {
    let list = Array(qubits)
    guard !list.isEmpty, layers > 0 else {
      operations = []
      return
    }
    let rounds = max(1, (inputs.count + 3 * list.count - 1) / (3 * list.count))
    let rotations = rounds * list.count
    let scale = Weights("\(prefix).scale", layers, rotations, 3)
    let shift = Weights("\(prefix).shift", layers, rotations, 3)
    var result: [CircuitOperation] = []
    for layer in 0..<layers {
      for rotation in 0..<rotations {
        let angles = (0..<3).map { part in
          let feature = 3 * rotation + part
          let own = shift[layer, rotation, part]
          return feature < inputs.count
            ? scale[layer, rotation, part] * inputs[feature] + own : own
        }
        result +=
          Rot(angles[0], angles[1], angles[2], on: list[rotation % list.count]).operations
      }
      let pairs = list.count == 2 ? 1 : list.count > 2 ? list.count : 0
      for i in 0..<pairs { result += CZ(list[i], list[(i + 1) % list.count]).operations }
    }
    operations = result
  }
}
