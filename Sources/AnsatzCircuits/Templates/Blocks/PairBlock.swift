/// What stands on two qubits in templates that are made of such blocks.
public enum PairBlock: String, CaseIterable, Hashable, Sendable {
  /// RY on both and a CNOT from the first to the second: 2 weights, real amplitudes stay real.
  case real
  /// Any unitary on two qubits, up to its phase: 15 weights.
  ///
  /// `Rot` on both, RXX, RYY, RZZ, `Rot` on both.
  ///
  /// - Source: Kraus and Cirac, arXiv:quant-ph/0011050.
  case general

  /// How many weights a block has.
  public var weightCount: Int {
    switch self {
    case .real: 2
    case .general: 15
    }
  }

  /// The gates on the two qubits with the block's weights.
  func operations(_ a: Int, _ b: Int, weights: (Int) -> Angle) -> [CircuitOperation] {
    func turn(_ start: Int, _ qubit: Int) -> [CircuitOperation] {
      Rot(weights(start), weights(start + 1), weights(start + 2), on: qubit).operations
    }
    switch self {
    case .real:
      return RY(weights(0), on: a).operations + RY(weights(1), on: b).operations
        + CNOT(control: a, target: b).operations
    case .general:
      return turn(0, a) + turn(3, b) + RXX(weights(6), a, b).operations
        + RYY(weights(7), a, b).operations + RZZ(weights(8), a, b).operations + turn(9, a)
        + turn(12, b)
    }
  }
}

extension [CircuitOperation] {
  /// One block on each pair of places, the i-th with the i-th row of weights of shape
  /// `[pairs, weights]`.
  static func blocks(
    _ block: PairBlock, on pairs: [(Int, Int)], of qubits: [Int], prefix: String
  ) -> [CircuitOperation] {
    let weights = Weights(prefix, pairs.count, block.weightCount)
    return pairs.enumerated().flatMap { index, pair in
      block.operations(qubits[pair.0], qubits[pair.1]) { weights[index, $0] }
    }
  }
}
