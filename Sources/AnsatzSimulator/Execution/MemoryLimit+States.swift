import AnsatzMath

extension MemoryLimit {
  /// - Parameters:
  ///   - what: What the memory is for, as in "a density matrix".
  ///   - samples: How many samples there are, if all are in memory at once.
  ///   - bytes: What a number of qubits and samples needs. A `Double`, since 4⁶² bytes fit no `Int`.
  /// - Throws: `AnsatzError` with the bytes needed, those there are, and the largest size that fits.
  package static func check(
    _ what: String, qubits: Int, samples: Int = 1, available given: Double? = nil,
    bytes: (_ qubits: Int, _ samples: Int) -> Double
  ) throws(AnsatzError) {
    let needed = bytes(qubits, samples)
    guard needed > unasked || given != nil else { return }
    let available = given ?? self.available
    guard needed > available else { return }
    var largest: [String] = []
    if let count = (1..<max(1, qubits)).last(where: { bytes($0, samples) <= available }) {
      largest.append("at most \(count) qubits")
    }
    if samples > 1, bytes(qubits, 1) <= available {
      let count = largestCount(below: samples) { bytes(qubits, $0) <= available }
      largest.append("at most \(count) samples at once")
    }
    throw AnsatzError(
      .unavailable,
      "\(what) of \(qubits) qubits\(samples > 1 ? " for \(samples) samples" : "") needs "
        + "\(byteText(needed)) of memory, and there are \(byteText(available)); use "
        + (largest.isEmpty ? "fewer samples" : largest.joined(separator: ", or ")))
  }

  /// The largest count from 1 on that is allowed, if 1 is and `limit` is not.
  private static func largestCount(below limit: Int, isAllowed: (Int) -> Bool) -> Int {
    var (allowed, refused) = (1, limit)
    while refused - allowed > 1 {
      let middle = allowed + (refused - allowed) / 2
      if isAllowed(middle) { allowed = middle } else { refused = middle }
    }
    return allowed
  }

  /// The bytes of `copies` state vectors for each sample.
  package static func states<S>(
    _ copies: Double, of type: S.Type
  ) -> (_ qubits: Int, _ samples: Int) -> Double {
    { qubits, samples in
      copies * 2 * Double(MemoryLayout<S>.stride) * Double(samples)
        * Double(sign: .plus, exponent: qubits, significand: 1)
    }
  }
}
