/// The instantaneous quantum polynomial embedding: Hadamards, then features and their products as
/// commuting Z rotations.
///
/// Each repeat is `H` on every qubit, `RZ(x_i)` on qubit i, and `RZZ(x_i x_j)` on every pair i < j
/// or those of another entanglement.
///
/// - Source: Havlíček et al., arXiv:1804.11326.
public struct IQPEmbedding: CircuitComponent {
  public let operations: [CircuitOperation]

  /// - Parameter entanglement: The pairs of features that are multiplied.
  public init(
    _ inputs: Inputs, on qubits: some Sequence<Int>, repeats: Int = 1,
    entanglement: Entanglement = .full
  ) {
    let list = Array(qubits.prefix(max(0, inputs.count)))
    if let problem = entanglement.problem(sizes: [2], among: list.count) {
      operations = [.refused("IQPEmbedding", on: list, problem)]
      return
    }
    let once =
      list.flatMap { H($0).operations }
      + list.indices.flatMap { RZ(inputs[$0], on: list[$0]).operations }
      + entanglement.blocks(of: 2, among: list.count).flatMap {
        RZZ(inputs[$0[0]] * inputs[$0[1]], list[$0[0]], list[$0[1]]).operations
      }
    operations = (0..<max(0, repeats)).flatMap { _ in once }
  }
}
