/// Layers of RY on every qubit and a chain of CZ inside each block of qubits; every other layer's
/// blocks are moved by half their width.
///
/// Blocks are cut at the ends of the list. Weights: one bundle of shape `[layers, qubits]`.
///
/// - Source: Cerezo et al., arXiv:2001.00550; Nakaji and Yamamoto, arXiv:2005.12537.
public struct AlternatingLayered: CircuitComponent {
  public let operations: [CircuitOperation]

  /// - Parameters:
  ///   - width: The qubits of a block, at least 2.
  ///   - prefix: The name of the weights; circuits with two of these need two names.
  public init(
    layers: Int, on qubits: some Sequence<Int>, width: Int = 2, prefix: String = "alternating"
  ) {
    let list = Array(qubits)
    guard width > 1 else {
      operations = [
        .refused("AlternatingLayered", on: list, "blocks of \(width) qubits; use at least 2")
      ]
      return
    }
    let weights = Weights(prefix, max(0, layers), list.count)
    operations = (0..<max(0, layers)).flatMap { layer in
      // The place of a qubit in its block.
      let shift = layer % 2 == 0 ? 0 : width - width / 2
      let bonds = list.indices.dropLast().filter { ($0 % width + shift) % width != width - 1 }
      return list.indices.flatMap { RY(weights[layer, $0], on: list[$0]).operations }
        + bonds.flatMap { CZ(list[$0], list[$0 + 1]).operations }
    }
  }
}
