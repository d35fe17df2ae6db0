/// Layers of blocks on neighbours like bricks of a wall: a row from even places, a row from odd
/// ones.
///
/// Weights: one bundle of shape `[layers, qubits - 1, k]`, k = 15 for the general block and 2 for
/// the real one; a layer's first row comes first.
public struct Brickwork: CircuitComponent {
  public let operations: [CircuitOperation]

  /// - Parameter prefix: The name of the weights; circuits with two of these need two names.
  public init(
    layers: Int, on qubits: some Sequence<Int>, block: PairBlock = .general,
    prefix: String = "brick"
  ) {
    let list = Array(qubits)
    let pairs = Entanglement.pairwise.blocks(of: 2, among: list.count)
    let weights = Weights(prefix, max(0, layers), pairs.count, block.weightCount)
    operations = (0..<max(0, layers)).flatMap { layer in
      pairs.enumerated().flatMap { index, pair in
        block.operations(list[pair[0]], list[pair[1]]) { weights[layer, index, $0] }
      }
    }
  }
}
