/// The convolution of a quantum convolutional network: one general two-qubit block, with the same
/// weights, on all neighbours.
///
/// Pairs from even places come first, then from odd ones. Weights: one bundle of shape `[k]`, k =
/// 15 for the general block and 2 for the real one.
///
/// - Source: Cong, Choi and Lukin, arXiv:1810.03787.
public struct QCNNConvolution: CircuitComponent {
  public let operations: [CircuitOperation]

  /// - Parameter prefix: The name of the weights; circuits with two of these need two names.
  public init(
    on qubits: some Sequence<Int>, block: PairBlock = .general, prefix: String = "convolution"
  ) {
    let weights = Weights(prefix, block.weightCount)
    operations = Self.operations(on: Array(qubits), block: block) { weights[$0] }
  }

  static func operations(
    on qubits: [Int], block: PairBlock, weights: (Int) -> Angle
  ) -> [CircuitOperation] {
    Entanglement.pairwise.blocks(of: 2, among: qubits.count).flatMap { pair in
      block.operations(qubits[pair[0]], qubits[pair[1]], weights: weights)
    }
  }
}
