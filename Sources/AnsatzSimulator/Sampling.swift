import AnsatzCircuits
import AnsatzMath

/// Outcomes of repeated measurements of all qubits.
public struct Samples: Equatable, Sendable {
  /// How many qubits there are.
  public let qubitCount: Int
  /// One basis state a shot, in the order drawn; qubit 0 is the most significant bit.
  public let outcomes: [Int]

  /// How often each outcome came up, by its bit string with qubit 0 first.
  public var counts: [String: Int] {
    var counts: [Int: Int] = [:]
    for outcome in outcomes { counts[outcome, default: 0] += 1 }
    return Dictionary(
      uniqueKeysWithValues: counts.map { (bitString($0.key, qubitCount: qubitCount), $0.value) })
  }

  /// The mean of Z on a qubit.
  public func meanZ(_ qubit: Int) -> Double {
    let shift = qubitCount - 1 - qubit
    let ones = outcomes.reduce(0) { $0 + ($1 >> shift & 1) }
    return 1 - 2 * Double(ones) / Double(max(1, outcomes.count))
  }

  /// - Throws: `AnsatzError` if a list of so many shots does not fit into memory.
  static func checkMemory(shots: Int) throws(AnsatzError) {
    try MemoryLimit.check(
      "a list of \(shots) shots", bytes: 8 * Double(shots),
      mend: "count the outcomes instead, or use fewer shots")
  }
}

/// Draws basis states with the given probabilities.
///
/// The shots are independent draws in the order drawn, and the same whatever the number of threads;
/// `random` moves on by one number for every 16,384 shots begun.
///
/// - Parameter probabilities: `[2ⁿ]`, none negative and not all zero; the sum need not be exactly 1.
/// - Throws: `AnsatzError` if a list of so many shots does not fit into memory; `countOutcomes` takes
///   any number.
/// - Complexity: O(2ⁿ + shots)
public func sample<S: Scalar>(
  _ probabilities: ArraySlice<S>, shots: Int, qubitCount: Int, using random: inout RandomStream,
  pool: ThreadPool = .shared
) throws(AnsatzError) -> Samples {
  try Samples.checkMemory(shots: shots)
  let outcomes = probabilities.withUnsafeBufferPointer {
    drawOutcomes($0, shots: shots, using: &random, pool: pool)
  }
  return Samples(qubitCount: qubitCount, outcomes: outcomes)
}

extension StateBuffer {
  /// Measures all qubits `shots` times; the state stays as it is.
  ///
  /// See `sample(_:shots:qubitCount:using:pool:)`.
  public func sample(
    shots: Int, using random: inout RandomStream, pool: ThreadPool = .shared
  ) throws(AnsatzError) -> Samples {
    try Samples.checkMemory(shots: shots)
    let probabilities = BufferPool.shared.take(1 << qubitCount, of: S.self)
    fillProbabilities(probabilities.pointer, pool: pool)
    let outcomes = drawOutcomes(
      UnsafeBufferPointer(start: probabilities.pointer, count: 1 << qubitCount), shots: shots,
      using: &random, pool: pool)
    return Samples(qubitCount: qubitCount, outcomes: outcomes)
  }

  /// Measures all qubits any number of times and counts; the state stays as it is.
  ///
  /// See `countOutcomes(_:shots:qubitCount:using:pool:)`.
  public func counts(
    shots: Int, using random: inout RandomStream, pool: ThreadPool = .shared
  ) -> OutcomeCounts {
    let probabilities = BufferPool.shared.take(1 << qubitCount, of: S.self)
    fillProbabilities(probabilities.pointer, pool: pool)
    let entries = drawCounts(
      UnsafeBufferPointer(start: probabilities.pointer, count: 1 << qubitCount), shots: shots,
      using: &random, pool: pool)
    return OutcomeCounts(qubitCount: qubitCount, shots: max(0, shots), entries: entries)
  }
}

@_specialize(where S == Double)
@_specialize(where S == Float)
func drawOutcomes<S: Scalar>(
  _ probabilities: UnsafeBufferPointer<S>, shots: Int, using random: inout RandomStream,
  pool: ThreadPool
) -> [Int] {
  guard shots > 0, !probabilities.isEmpty else { return [] }
  let table = OutcomeTable(probabilities, pool: pool)
  // A stream of their own for each chunk of shots: the draws do not depend on who makes them.
  let shotsPerChunk = 1 << 14
  let seeds = (0..<(shots + shotsPerChunk - 1) / shotsPerChunk).map { _ in random.next() }
  return [Int](unsafeUninitializedCapacity: shots) { outcomes, count in
    guard let base = outcomes.baseAddress else { return }
    let pointer = SendablePointer(base)
    pool.run(chunks: seeds.count) { chunk in
      var stream = RandomStream(seed: seeds[chunk], stream: "shots")
      let first = chunk * shotsPerChunk
      table.draw(
        UnsafeMutableBufferPointer(
          start: pointer.value + first, count: min(shotsPerChunk, shots - first)),
        using: &stream)
    }
    count = shots
  }
}
