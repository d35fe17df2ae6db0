/// RY on every qubit, then layers of CZ and RY on neighbours: first pairs from even places, then
/// from odd ones. Random weights give nearly a 2-design.
///
/// Weights: `prefix.initial` of shape `[qubits]` and `prefix` of shape `[layers, qubits - 1, 2]`.
///
/// - Source: Cerezo et al., arXiv:2001.00550.
public struct SimplifiedTwoDesign: CircuitComponent {
  public let operations: [CircuitOperation]

  /// - Parameter prefix: The name of the weights; circuits with two of these need two names.
  public init(layers: Int, on qubits: some Sequence<Int>, prefix: String = "design") {
    let list = Array(qubits)
    let initial = Weights("\(prefix).initial", list.count)
    let weights = Weights(prefix, max(0, layers), max(0, list.count - 1), 2)
    let pairs = Entanglement.pairwise.blocks(of: 2, among: list.count)
    operations =
      list.indices.flatMap { RY(initial[$0], on: list[$0]).operations }
      + (0..<max(0, layers)).flatMap { layer in
        pairs.enumerated().flatMap { index, pair in
          CZ(list[pair[0]], list[pair[1]]).operations
            + RY(weights[layer, index, 0], on: list[pair[0]]).operations
            + RY(weights[layer, index, 1], on: list[pair[1]]).operations
        }
      }
  }
}
