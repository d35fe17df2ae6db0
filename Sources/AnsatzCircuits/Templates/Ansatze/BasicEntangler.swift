/// Layers of one trained rotation a qubit, each followed by a ring of CNOTs.
///
/// Weights: one bundle of shape `[layers, qubits]`.
public struct BasicEntangler: CircuitComponent {
  public let operations: [CircuitOperation]

  /// - Parameter prefix: The name of the weights; circuits with two of these need two names.
  public init(
    layers: Int, on qubits: some Sequence<Int>, axis: Pauli = .x, prefix: String = "entangler"
  ) {
    let list = Array(qubits)
    let weights = Weights(prefix, layers, list.count)
    operations = (0..<max(0, layers)).flatMap { layer in
      list.enumerated().flatMap { position, qubit in
        rotation(about: axis, by: weights[layer, position], on: qubit).operations
      } + CNOTRing(over: list).operations
    }
  }
}
