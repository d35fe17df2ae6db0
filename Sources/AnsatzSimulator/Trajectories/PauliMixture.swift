import AnsatzMath

/// A channel that applies Pauli words with probabilities that do not depend on the state.
struct PauliMixture: Sendable {
  /// Where the sum of the probabilities up to each word that may occur ends; words in base 4.
  private let ends: [(end: Double, word: Int)]

  /// A channel is such a mixture if its Pauli transfer matrix is diagonal; nil if it is not.
  init?(_ transfer: PauliTransfer) {
    let order = transfer.order
    // Rounding of a sum over at most 256 Kraus operators.
    let tolerance = 1e-13
    for a in 0..<order {
      for b in 0..<order where a != b && abs(transfer.elements[a * order + b]) > tolerance {
        return nil
      }
    }
    let bits = Array(0..<transfer.qubitCount)
    let words = (0..<order).map { PauliError(word: $0, bits: bits) }
    var total = 0.0
    ends = (0..<order).compactMap { word in
      // The eigenvalues are the signs' mean: p_P = 4^(-k) Σ_Q ± λ_Q.
      let probability =
        (0..<order).reduce(0) { sum, other in
          let value = transfer.elements[other * order + other]
          let flips = words[word].anticommutes(x: words[other].x, z: words[other].z)
          return sum + (flips ? -value : value)
        } / Double(order)
      guard probability > tolerance else { return nil }
      total += probability
      return (total, word)
    }
  }

  /// Whether nothing ever happens.
  var isIdentity: Bool { ends.allSatisfy { $0.word == 0 } }

  func draw(using random: inout RandomStream) -> Int {
    let place = random.uniform() * (ends.last?.end ?? 1)
    return (ends.first { place < $0.end } ?? ends.last)?.word ?? 0
  }
}
