import AnsatzCircuits
import AnsatzMath

/// Outcomes of repeated measurements of all qubits.
public struct Samples: Equatable, Sendable {
  public let qubitCount: Int
  /// One basis state a shot, in the order drawn; qubit 0 is the most significant bit.
  public let outcomes: [Int]

  /// How often each outcome came up, by its bit string with qubit 0 first.
  public var counts: [String: Int] {
    var counts: [Int: Int] = [:]
    for outcome in outcomes { counts[outcome, default: 0] += 1 }
    return Dictionary(uniqueKeysWithValues: counts.map { (bitString($0.key), $0.value) })
  }

  /// The mean of Z on a qubit.
  public func meanZ(_ qubit: Int) -> Double {
    let shift = qubitCount - 1 - qubit
    let ones = outcomes.reduce(0) { $0 + ($1 >> shift & 1) }
    return 1 - 2 * Double(ones) / Double(max(1, outcomes.count))
  }

  private func bitString(_ outcome: Int) -> String {
    String((0..<qubitCount).map { outcome >> (qubitCount - 1 - $0) & 1 == 1 ? "1" : "0" })
  }
}

/// Draws basis states with the given probabilities.
///
/// The shots are independent draws in the order drawn, and the same whatever the number of threads;
/// `random` moves on by one number for every 16,384 shots begun.
///
/// - Parameter probabilities: `[2ⁿ]`; the sum need not be exactly 1.
/// - Complexity: O(2ⁿ + shots)
public func sample<S: Scalar>(
  _ probabilities: ArraySlice<S>, shots: Int, qubitCount: Int, using random: inout RandomStream,
  pool: ThreadPool = .shared
) -> Samples {
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
  ) -> Samples {
    let probabilities = BufferPool.shared.take(1 << qubitCount, of: S.self)
    fillProbabilities(of: self, into: probabilities.pointer, pool: pool)
    let outcomes = drawOutcomes(
      UnsafeBufferPointer(start: probabilities.pointer, count: 1 << qubitCount), shots: shots,
      using: &random, pool: pool)
    return Samples(qubitCount: qubitCount, outcomes: outcomes)
  }
}

@_specialize(where S == Double)
@_specialize(where S == Float)
func fillProbabilities<S: Scalar>(
  of state: StateBuffer<S>, into probabilities: UnsafeMutablePointer<S>, pool: ThreadPool
) {
  let count = 1 << state.qubitCount
  let perChunk = 1 << 14
  pool.run(chunks: (count + perChunk - 1) / perChunk) { chunk in
    for i in chunk * perChunk..<min(count, (chunk + 1) * perChunk) {
      let amplitude = state[i]
      probabilities[i] =
        amplitude.real * amplitude.real + amplitude.imaginary * amplitude.imaginary
    }
  }
}

/// Inverts the cumulative sum in three steps: a guide table gives the block of 16 outcomes near a
/// draw, the blocks' cumulative sums give the block, and its own probabilities the outcome. The
/// two tables fit a second-level cache where the cumulative sum of all outcomes would not.
@_specialize(where S == Double)
@_specialize(where S == Float)
func drawOutcomes<S: Scalar>(
  _ probabilities: UnsafeBufferPointer<S>, shots: Int, using random: inout RandomStream,
  pool: ThreadPool
) -> [Int] {
  guard shots > 0, !probabilities.isEmpty else { return [] }
  let table = BlockTable(probabilities, pool: pool)
  // A stream of their own for each chunk of shots: the draws do not depend on who makes them.
  let shotsPerChunk = 1 << 14
  let seeds = (0..<(shots + shotsPerChunk - 1) / shotsPerChunk).map { _ in random.next() }
  return [Int](unsafeUninitializedCapacity: shots) { outcomes, count in
    guard let base = outcomes.baseAddress else { return }
    let pointer = SendablePointer(base)
    pool.run(chunks: seeds.count) { chunk in
      var stream = RandomStream(seed: seeds[chunk], stream: "shots")
      for shot in chunk * shotsPerChunk..<min(shots, (chunk + 1) * shotsPerChunk) {
        (pointer.value + shot).initialize(
          to: table.outcome(at: stream.uniform(), probabilities))
      }
    }
    count = shots
  }
}

private struct BlockTable {
  private static var blockSize: Int { 16 }

  /// The sum of all blocks up to and including each.
  private var cumulative: [Double]
  /// For each equal share of the total, the block that holds its start.
  private var guide: [Int32]
  private let total: Double
  /// The last block with any probability.
  private let last: Int

  @_specialize(where S == Double)
  @_specialize(where S == Float)
  init<S: Scalar>(_ probabilities: UnsafeBufferPointer<S>, pool: ThreadPool) {
    let count = probabilities.count
    let blocks = (count + Self.blockSize - 1) / Self.blockSize
    var sums = [Double](repeating: 0, count: blocks)
    let perChunk = 1 << 10
    sums.withUnsafeMutableBufferPointer { sums in
      guard let base = sums.baseAddress else { return }
      let pointer = SendablePointer(base)
      pool.run(chunks: (blocks + perChunk - 1) / perChunk) { chunk in
        for block in chunk * perChunk..<min(blocks, (chunk + 1) * perChunk) {
          var sum = 0.0
          let first = block * Self.blockSize
          for i in first..<min(count, first + Self.blockSize) { sum += Double(probabilities[i]) }
          pointer.value[block] = sum
        }
      }
    }
    var total = 0.0
    var last = 0
    for block in 0..<blocks {
      if sums[block] > 0 { last = block }
      total += sums[block]
      sums[block] = total
    }
    var guide = [Int32](repeating: 0, count: blocks)
    var block = 0
    for share in 0..<blocks {
      let start = Double(share) / Double(blocks) * total
      while block < last, sums[block] <= start { block += 1 }
      guide[share] = Int32(block)
    }
    (cumulative, self.guide, self.total, self.last) = (sums, guide, total, last)
  }

  /// - Parameter uniform: In [0, 1).
  @inline(__always)
  func outcome<S: Scalar>(at uniform: Double, _ probabilities: UnsafeBufferPointer<S>) -> Int {
    let draw = uniform * total
    // The share's product may round up where the draw's rounds down: step back, then forward.
    var block = Int(guide[min(guide.count - 1, Int(uniform * Double(guide.count)))])
    while block > 0, cumulative[block - 1] > draw { block -= 1 }
    while block < last, cumulative[block] <= draw { block += 1 }
    var rest = draw - (block == 0 ? 0 : cumulative[block - 1])
    let first = block * Self.blockSize
    var chosen = first
    for i in first..<min(probabilities.count, first + Self.blockSize) {
      let probability = Double(probabilities[i])
      if probability > 0 { chosen = i }
      if rest < probability { break }
      rest -= probability
    }
    return chosen
  }
}
