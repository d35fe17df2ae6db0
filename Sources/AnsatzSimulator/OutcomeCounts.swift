import AnsatzMath

/// How often each outcome of repeated measurements of all qubits came up.
///
/// Holds one number for each outcome that came up, whatever the number of shots.
public struct OutcomeCounts: Equatable, Sendable {
  /// How many qubits there are.
  public let qubitCount: Int
  /// How many measurements were made.
  public let shots: Int
  /// Each basis state that came up and how often, in ascending order; qubit 0 is the most significant
  /// bit.
  public let entries: [Entry]

  /// A basis state, and how often it came up.
  public struct Entry: Equatable, Sendable {
    /// The basis state; qubit 0 is the most significant bit.
    public let outcome: Int
    /// How often it came up: 1 or more.
    public let count: Int
  }

  /// The counts by bit strings with qubit 0 first.
  public var byBitString: [String: Int] {
    Dictionary(
      uniqueKeysWithValues: entries.map {
        (bitString($0.outcome, qubitCount: qubitCount), $0.count)
      })
  }

  /// The mean of Z on a qubit.
  public func meanZ(_ qubit: Int) -> Double {
    let shift = qubitCount - 1 - qubit
    let ones = entries.reduce(0) { $0 + ($1.outcome >> shift & 1 == 1 ? $1.count : 0) }
    return 1 - 2 * Double(ones) / Double(max(1, shots))
  }
}

func bitString(_ outcome: Int, qubitCount: Int) -> String {
  String((0..<qubitCount).map { outcome >> (qubitCount - 1 - $0) & 1 == 1 ? "1" : "0" })
}

/// Counts the outcomes of measurements of all qubits with the given probabilities.
///
/// Up to 2²⁰ shots are those that `sample` draws, counted. More are not drawn one by one: the outcomes
/// are halved again and again, and how many of the shots fall on either side is a binomial draw, so
/// that any number of shots takes one draw for each half that any shot falls into.
///
/// - Parameter probabilities: As `sample` takes them.
/// - Complexity: O(2ⁿ + min(shots, 2²⁰))
public func countOutcomes<S: Scalar>(
  _ probabilities: ArraySlice<S>, shots: Int, qubitCount: Int, using random: inout RandomStream,
  pool: ThreadPool = .shared
) -> OutcomeCounts {
  let entries = probabilities.withUnsafeBufferPointer {
    drawCounts($0, shots: shots, using: &random, pool: pool)
  }
  return OutcomeCounts(qubitCount: qubitCount, shots: max(0, shots), entries: entries)
}

/// Up to this many shots are drawn in order and counted.
private let shotsInOrder = 1 << 20

@_specialize(where S == Double)
@_specialize(where S == Float)
func drawCounts<S: Scalar>(
  _ probabilities: UnsafeBufferPointer<S>, shots: Int, using random: inout RandomStream,
  pool: ThreadPool
) -> [OutcomeCounts.Entry] {
  guard shots > 0, !probabilities.isEmpty else { return [] }
  guard shots > shotsInOrder else {
    var counts: [Int: Int] = [:]
    for outcome in drawOutcomes(probabilities, shots: shots, using: &random, pool: pool) {
      counts[outcome, default: 0] += 1
    }
    return counts.sorted { $0.key < $1.key }.map { .init(outcome: $0.key, count: $0.value) }
  }
  let halving = HalvedOutcomes(probabilities)
  var entries: [OutcomeCounts.Entry] = []
  halving.split(shots, using: &random) { entries.append(.init(outcome: $0, count: $1)) }
  return entries
}

/// A distribution as a binary tree of sums over blocks of outcomes.
///
/// Sums of neighbours, not differences of running sums: a half that is improbable keeps all digits.
private struct HalvedOutcomes<S: Scalar> {
  private let probabilities: UnsafeBufferPointer<S>
  /// The node i has the halves 2i and 2i + 1; the last level is the blocks.
  private var sums: [Double]
  private let blocks: Int
  private let blockSize: Int

  private static var blockSize: Int { 64 }

  init(_ probabilities: UnsafeBufferPointer<S>) {
    self.probabilities = probabilities
    blockSize = Self.blockSize
    let needed = (probabilities.count + blockSize - 1) / blockSize
    var blocks = 1
    while blocks < needed { blocks *= 2 }
    self.blocks = blocks
    sums = [Double](repeating: 0, count: 2 * blocks)
    for block in 0..<needed {
      sums[blocks + block] = sum(of: range(of: block))
    }
    for node in stride(from: blocks - 1, to: 0, by: -1) {
      sums[node] = sums[2 * node] + sums[2 * node + 1]
    }
  }

  private func range(of block: Int) -> Range<Int> {
    let first = min(block * blockSize, probabilities.count)
    return first..<min(first + blockSize, probabilities.count)
  }

  private func sum(of outcomes: Range<Int>) -> Double {
    outcomes.reduce(0) { $0 + Double(probabilities[$1]) }
  }

  /// Hands over each outcome that shots fall on, ascending, with their number.
  func split(
    _ shots: Int, using random: inout RandomStream, _ body: (_ outcome: Int, _ count: Int) -> Void
  ) {
    var stack = [(node: 1, shots: shots)]
    while let (node, shots) = stack.popLast() {
      if node >= blocks {
        split(range(of: node - blocks), shots, using: &random, body)
        continue
      }
      let (first, second) = (sums[2 * node], sums[2 * node + 1])
      let here = draw(shots, first, second, using: &random)
      // The first half comes off the stack first.
      if shots > here { stack.append((2 * node + 1, shots - here)) }
      if here > 0 { stack.append((2 * node, here)) }
    }
  }

  private func split(
    _ outcomes: Range<Int>, _ shots: Int, using random: inout RandomStream,
    _ body: (_ outcome: Int, _ count: Int) -> Void
  ) {
    if outcomes.count == 1 { return body(outcomes.lowerBound, shots) }
    let middle = outcomes.lowerBound + outcomes.count / 2
    let (first, second) = (outcomes.lowerBound..<middle, middle..<outcomes.upperBound)
    let here = draw(shots, sum(of: first), sum(of: second), using: &random)
    if here > 0 { split(first, here, using: &random, body) }
    if shots > here { split(second, shots - here, using: &random, body) }
  }

  /// How many shots fall on the first of two halves; none on a half without probability.
  private func draw(
    _ shots: Int, _ first: Double, _ second: Double, using random: inout RandomStream
  ) -> Int {
    guard second > 0 else { return shots }
    guard first > 0 else { return 0 }
    return random.binomial(shots, probability: first / (first + second))
  }
}
