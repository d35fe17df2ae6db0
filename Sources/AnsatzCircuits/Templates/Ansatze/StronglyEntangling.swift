/// Layers of a general rotation on every qubit, followed by CNOTs whose reach grows from layer to
/// layer.
///
/// Layer l applies `Rot` to every qubit, then CNOT from qubit i to qubit `i + r mod n` for each i,
/// with `r = l mod (n - 1) + 1`. Weights: one bundle of shape `[layers, qubits, 3]`.
///
/// - Source: Schuld et al., arXiv:1804.00633.
public struct StronglyEntangling: CircuitComponent {
  public let operations: [CircuitOperation]

  /// - Parameter prefix: The name of the weights; circuits with two of these need two names.
  public init(layers: Int, on qubits: some Sequence<Int>, prefix: String = "strong") {
    let list = Array(qubits)
    let weights = Weights(prefix, layers, list.count, 3)
    var result: [CircuitOperation] = []
    for layer in 0..<max(0, layers) {
      for (position, qubit) in list.enumerated() {
        result +=
          Rot(
            weights[layer, position, 0], weights[layer, position, 1], weights[layer, position, 2],
            on: qubit
          ).operations
      }
      guard list.count > 1 else { continue }
      let reach = layer % (list.count - 1) + 1
      for position in list.indices {
        result +=
          CNOT(control: list[position], target: list[(position + reach) % list.count]).operations
      }
    }
    operations = result
  }
}
