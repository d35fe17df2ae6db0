/// Layers that upload the features as RX and entangle them by a trained Ising Hamiltonian, as QAOA
/// alternates cost and mixer; the features come once more at the end.
///
/// A layer is `RX(x_i)` on qubit i (`H` on qubits beyond the features), a ring of RZZ (a single one
/// for two qubits), and a rotation about the local field on every qubit. Weights: one bundle of
/// shape `[layers, bonds + qubits]`, a layer's bonds first; on one qubit `[layers, 1]`.
///
/// - Source: Lloyd et al., arXiv:2001.03622.
public struct QAOAEmbedding: CircuitComponent {
  public let operations: [CircuitOperation]

  /// Embeds the features on these qubits.
  public init(
    _ inputs: Inputs, layers: Int, on qubits: some Sequence<Int>, localField: Pauli = .y,
    prefix: String = "uploading"
  ) {
    let list = Array(qubits)
    let features = list.indices.flatMap { place in
      place < inputs.count
        ? RX(inputs[place], on: list[place]).operations : H(list[place]).operations
    }
    let bonds = list.count > 2 ? list.count : max(0, list.count - 1)
    let weights = Weights(prefix, max(0, layers), bonds + list.count)
    var result: [CircuitOperation] = []
    for layer in 0..<max(0, layers) {
      result += features
      for bond in 0..<bonds {
        result +=
          RZZ(weights[layer, bond], list[bond], list[(bond + 1) % list.count]).operations
      }
      for (place, qubit) in list.enumerated() {
        result +=
          rotation(about: localField, by: weights[layer, bonds + place], on: qubit).operations
      }
    }
    operations = result + features
  }
}
