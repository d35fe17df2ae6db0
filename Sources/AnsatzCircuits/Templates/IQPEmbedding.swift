/// The instantaneous quantum polynomial embedding: Hadamards, then features and their products as
/// commuting Z rotations.
///
/// Each repeat is `H` on every qubit, `RZ(x_i)` on qubit i, and `RZZ(x_i x_j)` on every pair i < j.
///
/// - Source: Havlíček et al., arXiv:1804.11326.
public struct IQPEmbedding: CircuitComponent {
  public let operations: [CircuitOperation]

  public init(_ inputs: Inputs, on qubits: some Sequence<Int>, repeats: Int = 1) {
    let pairs = Array(zip(qubits, 0..<inputs.count))
    var list: [CircuitOperation] = []
    for _ in 0..<max(0, repeats) {
      for (qubit, _) in pairs { list += H(qubit).operations }
      for (qubit, i) in pairs { list += RZ(inputs[i], on: qubit).operations }
      for (position, (a, i)) in pairs.enumerated() {
        for (b, j) in pairs[(position + 1)...] {
          list += RZZ(inputs[i] * inputs[j], a, b).operations
        }
      }
    }
    operations = list
  }
}
