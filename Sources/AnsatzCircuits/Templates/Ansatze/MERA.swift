/// The multi-scale entanglement renormalisation ansatz: a tree whose every level first entangles
/// the neighbours that it will not join.
///
/// On eight qubits (1, 2), (3, 4), (5, 6), then (0, 1), (2, 3), (4, 5), (6, 7); of those the second
/// qubits go on: (3, 5), then (1, 3), (5, 7); last (3, 7). The ends are open. Weights: one bundle of
/// shape `[blocks, k]`, k = 2 for the real block and 15 for the general one.
///
/// - Source: Vidal, arXiv:quant-ph/0610099; Grant et al., arXiv:1804.03680.
public struct MERA: CircuitComponent {
  public let operations: [CircuitOperation]

  /// - Parameter prefix: The name of the weights; circuits with two of these need two names.
  public init(on qubits: some Sequence<Int>, block: PairBlock = .real, prefix: String = "mera") {
    let list = Array(qubits)
    let pairs = treeLevels(list.count).flatMap { $0.between + $0.joined }
    operations = .blocks(block, on: pairs, of: list, prefix: prefix)
  }
}
