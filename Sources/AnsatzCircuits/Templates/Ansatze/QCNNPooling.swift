/// The pooling of a quantum convolutional network: every second qubit steers its neighbour and is
/// left behind.
///
/// For places 0 and 1, 2 and 3, …: `RZ(θ₀)` on the even one where the odd one is 1, then `RX(θ₁)`
/// where it is 0. The odd ones are not used afterwards. Weights: one bundle of shape `[2]`.
///
/// - Source: Hur, Kim and Park, arXiv:2108.00661.
public struct QCNNPooling: CircuitComponent {
  public let operations: [CircuitOperation]
  /// The qubits that remain: those at even places.
  public let remaining: [Int]

  /// - Parameter prefix: The name of the weights; circuits with two of these need two names.
  public init(on qubits: some Sequence<Int>, prefix: String = "pooling") {
    let weights = Weights(prefix, 2)
    self.init(on: Array(qubits), weights: { weights[$0] })
  }

  init(on qubits: [Int], weights: (Int) -> Angle) {
    let kept = stride(from: 0, to: qubits.count, by: 2)
    remaining = kept.map { qubits[$0] }
    operations = kept.filter { $0 + 1 < qubits.count }.flatMap { place in
      let (sink, source) = (qubits[place], qubits[place + 1])
      return CRZ(weights(0), control: source, target: sink).operations
        + Controlled(whenZero: source) { RX(weights(1), on: sink) }.operations
    }
  }
}
