/// Layers of excitations along a ladder of qubits, which keep the number of ones.
///
/// X on the first qubits for the particles, then in each layer `SingleExcitation` on all
/// neighbours, and `DoubleExcitation` on all windows of four, both from the first. Weights: `prefix`
/// of shape `[layers, qubits - 1]` and, on four qubits or more, `prefix.pairs` of shape
/// `[layers, qubits - 3]`.
///
/// - Source: Arrazola et al., arXiv:2106.13839.
public struct ParticleConserving: CircuitComponent {
  public let operations: [CircuitOperation]

  /// - Parameters:
  ///   - particles: How many of the qubits are set to 1 first; 0 to act on a state made before.
  ///   - prefix: The name of the weights; circuits with two of these need two names.
  public init(
    particles: Int, layers: Int, on qubits: some Sequence<Int>, prefix: String = "particles"
  ) {
    let list = Array(qubits)
    guard (0...list.count).contains(particles) else {
      operations = [
        .refused(
          "ParticleConserving", on: list,
          "\(particles) particles on \(list.count) qubits; use 0...\(list.count)")
      ]
      return
    }
    let bonds = max(0, list.count - 1)
    let windows = max(0, list.count - 3)
    let singles = Weights(prefix, max(0, layers), bonds)
    let doubles = Weights("\(prefix).pairs", max(0, layers), windows)
    var result = list.prefix(particles).flatMap { X($0).operations }
    for layer in 0..<max(0, layers) {
      for i in 0..<bonds {
        result += SingleExcitation(singles[layer, i], list[i], list[i + 1]).operations
      }
      for i in 0..<windows {
        result +=
          DoubleExcitation(doubles[layer, i], list[i], list[i + 1], list[i + 2], list[i + 3])
          .operations
      }
    }
    operations = result
  }
}
