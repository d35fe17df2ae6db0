import AnsatzMath

/// Blocks that each apply a circuit and undo one of the same form: with equal weights in both
/// halves every block is the identity, where gradients have not vanished.
///
/// A block is `U(θ₀)`, then `U(θ₁)†`; U is `depth` layers of `Rot` on every qubit and a chain of CZ.
/// Weights: one bundle of shape `[blocks, 2, depth, qubits, 3]`. Start from `initialWeights`.
///
/// - Source: Grant et al., arXiv:1903.05076.
public struct IdentityBlocks: CircuitComponent {
  public let operations: [CircuitOperation]

  /// - Parameter prefix: The name of the weights; circuits with two of these need two names.
  public init(
    blocks: Int, depth: Int = 1, on qubits: some Sequence<Int>, prefix: String = "identity"
  ) {
    let list = Array(qubits)
    let weights = Weights(prefix, shape: [max(0, blocks), 2, max(0, depth), list.count, 3])
    func half(_ block: Int, _ side: Int) -> [CircuitOperation] {
      (0..<max(0, depth)).flatMap { layer in
        list.indices.flatMap { place in
          Rot(
            weights[block, side, layer, place, 0], weights[block, side, layer, place, 1],
            weights[block, side, layer, place, 2], on: list[place]
          ).operations
        } + zip(list, list.dropFirst()).flatMap { CZ($0, $1).operations }
      }
    }
    operations = (0..<max(0, blocks)).flatMap { half($0, 0) + half($0, 1).inverse() }
  }

  /// Random weights for the bundle that make every block the identity: uniform in 0..<2π in the
  /// first half of a block, and the same once more in the second.
  public static func initialWeights(
    blocks: Int, depth: Int = 1, qubits: Int, using random: inout RandomStream
  ) -> [Double] {
    (0..<max(0, blocks)).flatMap { _ in
      let half = (0..<max(0, depth) * max(0, qubits) * 3).map { _ in
        random.uniform(in: 0..<2 * .pi)
      }
      return half + half
    }
  }
}
