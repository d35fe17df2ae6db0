import AnsatzCircuits

/// Layers of RX on every qubit and a chain of iSWAPs.
///
/// Weights: one bundle of shape `[layers, qubits]`.
public struct ISWAPLayers: CircuitComponent {
  public let operations: [CircuitOperation]

  /// - Parameter prefix: The name of the weights; circuits with two of these need two names.
  public init(layers: Int, on qubits: some Sequence<Int>, prefix: String = "iswap") {
    let list = Array(qubits)
    let weights = Weights(prefix, max(0, layers), list.count)
    operations = (0..<max(0, layers)).flatMap { layer in
      list.indices.flatMap { RX(weights[layer, $0], on: list[$0]).operations }
        + zip(list, list.dropFirst()).flatMap { ISWAP($0, $1).operations }
    }
  }
}
