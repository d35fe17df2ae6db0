import AnsatzMath

/// A run of monomial steps as one pass: coefficient j of the result is `weights[j]` times
/// coefficient `sources[j]`.
struct TransferTable: Sendable {
  let sources: [Int32]
  let weights: [Double]

  /// What one table entry takes.
  static var bytesPerEntry: Int { 12 }

  init(_ steps: [MonomialStep], qubitCount: Int, pool: ThreadPool) {
    let count = 1 << (2 * qubitCount)
    var sources = [Int32](repeating: 0, count: count)
    var weights = [Double](repeating: 1, count: count)
    let reversed = Array(steps.reversed())
    sources.withUnsafeMutableBufferPointer { sources in
      weights.withUnsafeMutableBufferPointer { weights in
        guard let s = sources.baseAddress, let w = weights.baseAddress else { return }
        let (source, weight) = (SendablePointer(s), SendablePointer(w))
        let perChunk = 1 << 12
        pool.run(chunks: (count + perChunk - 1) / perChunk) { chunk in
          let range = chunk * perChunk..<min(count, (chunk + 1) * perChunk)
          for j in range { source.value[j] = Int32(j) }
          // Each coefficient is followed back through the steps.
          for step in reversed {
            for j in range {
              let (index, factor) = step.back(Int(source.value[j]))
              source.value[j] = Int32(index)
              weight.value[j] *= factor
            }
          }
        }
      }
    }
    self.sources = sources
    self.weights = weights
  }
}

/// A Clifford gate or a diagonal channel on some qubits of a register.
struct MonomialStep: Hashable, Sendable {
  /// The bit positions of the qubits' digits, the first qubit's first.
  private let shifts: [Int]
  private let sources: [Int]
  private let weights: [Double]

  init(_ rows: [(source: Int, weight: Double)], qubits: [Int], qubitCount: Int) {
    shifts = qubits.map { 2 * (qubitCount - 1 - $0) }
    sources = rows.map(\.source)
    weights = rows.map(\.weight)
  }

  /// Where a coefficient comes from, and its factor.
  @inline(__always)
  func back(_ index: Int) -> (index: Int, factor: Double) {
    var word = 0
    for shift in shifts { word = 4 * word + (index >> shift & 3) }
    var source = sources[word]
    var result = index
    for shift in shifts.reversed() {
      result = result & ~(3 << shift) | (source & 3) << shift
      source >>= 2
    }
    return (result, weights[word])
  }
}
