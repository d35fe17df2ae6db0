/// A tree tensor network: blocks on pairs, then on pairs of what is left of them, up to the root.
///
/// Of each pair the second qubit goes on, and a qubit without partner too: on eight qubits (0, 1),
/// (2, 3), (4, 5), (6, 7), then (1, 3), (5, 7), then (3, 7). Measure the last qubit. Weights: one
/// bundle of shape `[qubits - 1, k]`, k = 2 for the real block and 15 for the general one.
///
/// - Source: Grant et al., arXiv:1804.03680.
public struct TreeTensorNetwork: CircuitComponent {
  public let operations: [CircuitOperation]

  /// - Parameter prefix: The name of the weights; circuits with two of these need two names.
  public init(on qubits: some Sequence<Int>, block: PairBlock = .real, prefix: String = "tree") {
    let list = Array(qubits)
    let pairs = treeLevels(list.count).flatMap(\.joined)
    operations = .blocks(block, on: pairs, of: list, prefix: prefix)
  }
}
