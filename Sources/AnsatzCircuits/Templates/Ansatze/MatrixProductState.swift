/// A matrix product state as a circuit: blocks down the chain of neighbours, (0, 1), (1, 2), ….
///
/// Weights: one bundle of shape `[qubits - 1, k]`, k = 2 for the real block and 15 for the general
/// one.
///
/// - Source: Huggins et al., arXiv:1803.11537.
public struct MatrixProductState: CircuitComponent {
  public let operations: [CircuitOperation]

  /// - Parameter prefix: The name of the weights; circuits with two of these need two names.
  public init(on qubits: some Sequence<Int>, block: PairBlock = .real, prefix: String = "mps") {
    let list = Array(qubits)
    let pairs = list.indices.dropFirst().map { ($0 - 1, $0) }
    operations = .blocks(block, on: pairs, of: list, prefix: prefix)
  }
}
