/// Layers of RY and RZ on every qubit with a chain of CZ between them, closed by a last layer of
/// rotations.
///
/// Weights: one bundle of shape `[layers + 1, qubits, 2]`.
///
/// - Source: Kandala et al., arXiv:1704.05018, with CZ as the entangler of the device.
public struct HardwareEfficient: CircuitComponent {
  public let operations: [CircuitOperation]

  /// - Parameter prefix: The name of the weights; circuits with two of these need two names.
  public init(layers: Int, on qubits: some Sequence<Int>, prefix: String = "hardware") {
    let list = Array(qubits)
    let weights = Weights(prefix, max(0, layers) + 1, list.count, 2)
    var result: [CircuitOperation] = []
    for layer in 0...max(0, layers) {
      for (position, qubit) in list.enumerated() {
        result += RY(weights[layer, position, 0], on: qubit).operations
        result += RZ(weights[layer, position, 1], on: qubit).operations
      }
      guard layer < layers else { break }
      for (a, b) in zip(list, list.dropFirst()) { result += CZ(a, b).operations }
    }
    operations = result
  }
}
