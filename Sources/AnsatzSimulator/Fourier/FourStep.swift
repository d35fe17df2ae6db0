import AnsatzMath

/// A large transform as small ones along the columns and rows of a matrix, in place.
///
/// The index is split into (a, h, b): a and b have the same number of bits, h has one bit or none. A
/// state's lanes are the lowest bits of b.
/// 1. Lines are gathered down the columns (a, h), transformed, turned by the twiddles and put back
///    with the two parts of the new index exchanged: its low bits at a, its top bit at h.
/// 2. W rows are gathered, transformed along b and put back across, so that a line's lanes are now
///    a's lowest bits.
/// 3. Whole lines change places, which exchanges a and b.
///
/// A state that is not in rows is turned into rows by step 1 and back by step 3.
struct FourStep<S: Scalar> {
  private let transform: FourierTransform<S>
  private let tables: FourStepTables<S>
  private let columnPlan: FourierPlan<S>
  private let rowPlan: FourierPlan<S>
  private let inverse: Int32
  private let interleaved: Int32
  /// Where each group of amplitudes begins, in lines.
  private let bases: [Int]
  /// For each row (a, h) in the order of the index, and in that of the outputs.
  private let inputs: [Int]
  private let outputs: [Int]
  private let a: [Int]
  private let h: [Int]
  private let b: [Int]
  private let bits: Int

  private static var width: Int { 2 * S.Lanes.laneCount }

  /// - Parameter bits: The last are the lanes' bits, in order.
  init(_ transform: FourierTransform<S>, bits: [Int], controls: Int, inverse: Bool) {
    self.transform = transform
    self.bits = bits.count
    self.inverse = inverse ? 1 : 0
    interleaved = transform.layout == .interleaved ? 1 : 0
    tables = FourStepTableCache<S>.current.tables(bits: bits.count)
    let laneBits = S.laneBits
    let half = bits.count / 2
    columnPlan = .plan(bits: bits.count - half, inverse: inverse)
    rowPlan = .plan(bits: half, inverse: inverse)
    let lineBits = bits.map { $0 - laneBits }
    let top = bits.count - 2 * half
    a = lineOffsets(of: lineBits[..<half])
    h = lineOffsets(of: lineBits[half..<half + top])
    b = lineOffsets(of: lineBits[(half + top)..<(bits.count - laneBits)])
    let (aOffsets, hOffsets) = (a, h)
    inputs = (0..<a.count << top).map { aOffsets[$0 >> top] + hOffsets[$0 & ((1 << top) - 1)] }
    outputs = (0..<a.count << top).map { aOffsets[$0 & ((1 << half) - 1)] + hOffsets[$0 >> half] }
    let fixed = FixedBits(
      bits.reduce(controls) { $0 | 1 << $1 } >> laneBits,
      qubitCount: transform.qubitCount - laneBits)
    bases = (0..<fixed.groupCount).map { fixed.index(of: $0) | controls >> laneBits }
  }

  /// Transforms of fewer bits than this are spread over the threads whole.
  private static var smallestSplit: Int { 15 }

  func run() {
    if bits < Self.smallestSplit {
      transform.forEachIndex(below: bases.count) { group in
        for job in 0..<columnJobs { runColumns(job, bases[group]) }
        for job in 0..<rowJobs { runRows(job, bases[group]) }
        for job in 0..<exchangeJobs { runExchange(job, bases[group]) }
      }
    } else {
      for base in bases {
        transform.forEachIndex(below: columnJobs) { runColumns($0, base) }
        transform.forEachIndex(below: rowJobs) { runRows($0, base) }
        transform.forEachIndex(below: exchangeJobs) { runExchange($0, base) }
      }
    }
  }

  /// Neighbouring lines gathered together, so that memory is read some hundred bytes at a time.
  private var linesAtOnce: Int { min(b.count, inputs.count > 1 << 12 ? 2 : 4) }
  private var columnJobs: Int { b.count / linesAtOnce }

  private func runColumns(_ job: Int, _ base: Int) {
    let (count, rows) = (linesAtOnce, inputs.count)
    let state = transform.state + base * Self.width
    let columns = count * S.Lanes.laneCount
    let buffer = BufferPool.shared.take(columnPlan.size(columns: columns), of: S.self)
    b.withUnsafeBufferPointer { b in
      guard let lines = b.baseAddress.map({ $0 + job * count }) else { return }
      transform.kernels.gather(
        state, inputs, rows, lines, count, interleaved, buffer.pointer + columnPlan.start,
        columnPlan.distance)
      columnPlan.transform(columns: columns, in: buffer.pointer)
      transform.kernels.scatterTurned(
        state, outputs, rows, lines, job * count, count, tables.lanes.pointer,
        tables.coarse.pointer, tables.fine.pointer, Int32(tables.fineBits), inverse,
        buffer.pointer, columnPlan.distance)
    }
  }

  private var rowJobs: Int { b.count * h.count }

  private func runRows(_ job: Int, _ base: Int) {
    let state = transform.state + (base + h[job % h.count]) * Self.width
    let count = S.Lanes.laneCount
    let buffer = BufferPool.shared.take(rowPlan.size(columns: count), of: S.self)
    a.withUnsafeBufferPointer { a in
      guard let rows = a.baseAddress.map({ $0 + job / h.count * count }) else { return }
      transform.kernels.gatherAcross(
        state, rows, b, b.count, buffer.pointer + rowPlan.start, rowPlan.distance)
      rowPlan.transform(columns: count, in: buffer.pointer)
      transform.kernels.scatterAcross(state, rows, b, b.count, buffer.pointer, rowPlan.distance)
    }
  }

  /// Tiles of lines that change places stay in the cache.
  private var tile: Int { min(16, b.count) }
  private var exchangeJobs: Int { b.count / tile * h.count }

  private func runExchange(_ job: Int, _ base: Int) {
    let state = transform.state + (base + h[job % h.count]) * Self.width
    let first = job / h.count * tile
    for other in stride(from: first, to: b.count, by: tile) {
      transform.kernels.exchange(state, a, b, first, tile, other, tile, interleaved)
    }
  }
}
