import AnsatzMath

/// A block of state vectors, one in each lane, and how its kernels are spread over threads.
///
/// Work is cut into chunks of fixed size whatever the number of threads, and sums are reduced chunk
/// by chunk in order, so the results do not depend on it.
package struct Amplitudes<V: LaneVector> {
  package let pointer: UnsafeMutablePointer<V>
  package let qubitCount: Int
  /// The threads to spread kernels over, or nil to run them here.
  package let pool: ThreadPool?

  package init(pointer: UnsafeMutablePointer<V>, qubitCount: Int, pool: ThreadPool?) {
    self.pointer = pointer
    self.qubitCount = qubitCount
    self.pool = pool
  }

  package var rowCount: Int { 1 << qubitCount }

  private static var chunkSize: Int { 1 << 13 }

  func forEachChunk(of groups: Int, _ body: (Range<Int>) -> Void) {
    guard let pool, groups > Self.chunkSize else { return body(0..<groups) }
    pool.run(chunks: (groups + Self.chunkSize - 1) / Self.chunkSize) { chunk in
      body(chunk * Self.chunkSize..<min(groups, (chunk + 1) * Self.chunkSize))
    }
  }

  func sumOverChunks(of groups: Int, _ body: (Range<Int>) -> V) -> V {
    let chunks = (groups + Self.chunkSize - 1) / Self.chunkSize
    if chunks <= 1 { return body(0..<groups) }
    return withUnsafeTemporaryAllocation(of: V.self, capacity: chunks) { partial in
      forEachIndex(below: chunks) { chunk in
        partial[chunk] = body(chunk * Self.chunkSize..<min(groups, (chunk + 1) * Self.chunkSize))
      }
      var total = V.zero
      for chunk in 0..<chunks { total += partial[chunk] }
      return total
    }
  }

  /// Runs a numbered job on the pool if there is one, else here.
  func forEachIndex(below count: Int, _ body: (Int) -> Void) {
    if let pool {
      pool.run(chunks: count, body)
    } else {
      for index in 0..<count { body(index) }
    }
  }

  /// Sets every lane to |0…0⟩.
  func setToZeroState() {
    forEachChunk(of: rowCount) { rows in
      // As bytes, which takes no specialization: every part is a number whose zero is all zero bits.
      UnsafeMutableRawPointer(pointer + 2 * rows.lowerBound).initializeMemory(
        as: UInt8.self, repeating: 0, count: 2 * rows.count * MemoryLayout<V>.stride)
    }
    pointer[0] = V(repeating: 1)
  }

  func copy(to other: Amplitudes) {
    forEachChunk(of: rowCount) { rows in
      (other.pointer + 2 * rows.lowerBound).update(
        from: pointer + 2 * rows.lowerBound, count: 2 * rows.count)
    }
  }
}
