import AnsatzMath

/// Draws outcomes in two steps without a branch that depends on the draw: an alias table gives a
/// block of 16 outcomes, and the block's running sums give the outcome.
///
/// An alias table of all outcomes would take as long to build as a million draws take; the blocks'
/// is 16 times smaller, and a block's sums are two neighbouring cache lines.
///
/// - Source: Walker, Electronics Letters 10, 127 (1974), and Vose, IEEE Trans. Softw. Eng. 17, 972
///   (1991), for the alias method.
struct OutcomeTable<S: Scalar> {
  private struct Entry {
    /// The share of the block's column that is its own.
    var own: Double
    var alias: Int
  }

  /// For each outcome, the probability of its block's outcomes up to and including it.
  private let running: PooledBuffer<S>
  private let entries: [Entry]

  private static var blockSize: Int { 16 }

  @_specialize(where S == Double)
  @_specialize(where S == Float)
  init(_ probabilities: UnsafeBufferPointer<S>, pool: ThreadPool) {
    let blocks = (probabilities.count + Self.blockSize - 1) / Self.blockSize
    let running = BufferPool.shared.take(blocks * Self.blockSize, of: S.self)
    let pointer = running.pointer
    let perChunk = 1 << 10
    pool.run(chunks: (blocks + perChunk - 1) / perChunk) { chunk in
      for block in chunk * perChunk..<min(blocks, (chunk + 1) * perChunk) {
        let first = block * Self.blockSize
        var sum: S = 0
        for i in first..<first + Self.blockSize {
          if i < probabilities.count { sum += probabilities[i] }
          pointer[i] = sum
        }
      }
    }
    self.running = running
    entries = Self.aliases((0..<blocks).map { Double(pointer[($0 + 1) * Self.blockSize - 1]) })
  }

  /// Columns of equal height, each shared by a block and at most one other.
  private static func aliases(_ weights: [Double]) -> [Entry] {
    let scale = Double(weights.count) / weights.reduce(0, +)
    // What a rounding error would leave to a block without probability goes to this one.
    let likely = weights.indices.max { weights[$0] < weights[$1] } ?? 0
    var entries = weights.indices.map {
      weights[$0] > 0 ? Entry(own: 1, alias: $0) : Entry(own: 0, alias: likely)
    }
    var rest = weights.map { $0 * scale }
    var low: [Int] = []
    var high: [Int] = []
    for block in rest.indices {
      if rest[block] < 1 { low.append(block) } else { high.append(block) }
    }
    while let poor = low.popLast(), let rich = high.last {
      entries[poor] = Entry(own: rest[poor], alias: rich)
      rest[rich] -= 1 - rest[poor]
      if rest[rich] < 1 {
        high.removeLast()
        low.append(rich)
      }
    }
    return entries
  }

  @_specialize(where S == Double)
  @_specialize(where S == Float)
  func draw(_ outcomes: UnsafeMutableBufferPointer<Int>, using random: inout RandomStream) {
    let batch = 512
    withUnsafeTemporaryAllocation(of: Double.self, capacity: 2 * batch) { uniforms in
      entries.withUnsafeBufferPointer { entries in
        let sums = running.pointer
        let columns = Double(entries.count)
        for start in stride(from: 0, to: outcomes.count, by: batch) {
          let count = min(batch, outcomes.count - start)
          let blocks = UnsafeMutableBufferPointer(rebasing: outcomes[start..<start + count])
          random.fill(UnsafeMutableBufferPointer(rebasing: uniforms[..<(2 * count)]))
          // All blocks are chosen and touched first, so that the waits for memory overlap.
          var touched: S = 0
          for shot in 0..<count {
            let place = uniforms[2 * shot] * columns
            let column = min(entries.count - 1, Int(place))
            let entry = entries[column]
            let takesAlias = place - Double(column) < entry.own ? 0 : -1
            let block = column ^ ((column ^ entry.alias) & takesAlias)
            touched += sums[block * Self.blockSize] + sums[block * Self.blockSize + 8]
            blocks[shot] = block
          }
          // Never true; it keeps the loads above.
          if touched < 0 { return }
          for shot in 0..<count {
            let first = sums + blocks[shot] * Self.blockSize
            // Short of the block's sum whatever the rounding: the outcome found has a chance.
            let part =
              uniforms[2 * shot + 1] * (1 - 0x1p-51) * Double(first[Self.blockSize - 1])
            var below = 0
            for i in 0..<Self.blockSize - 1 { below += Double(first[i]) <= part ? 1 : 0 }
            blocks[shot] = blocks[shot] * Self.blockSize + below
          }
        }
      }
    }
  }
}
