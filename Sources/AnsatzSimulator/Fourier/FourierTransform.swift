import AnsatzMath

/// How one state's amplitudes lie in memory, a line of W at a time.
enum LineLayout {
  /// Real and imaginary part of one amplitude after the other.
  case interleaved
  /// W real parts, then W imaginary parts.
  case rows
}

/// The quantum Fourier transform of any subset of a state's bits, in place.
///
/// - Bits that number lines alone: the lines of a group are gathered as one column for each lane,
///   transformed and put back.
/// - Otherwise the lanes have to be the transform's least significant bits (if they are not, bits
///   change places before and after), and `FourStep` does it.
/// - A transform of too few bits for that gathers amplitude by amplitude, one group to a lane.
///
/// Beside the state it needs some hundred kilobytes for each thread.
struct FourierTransform<S: Scalar> {
  let state: UnsafeMutablePointer<S>
  let layout: LineLayout
  let qubitCount: Int
  /// The threads to spread work over, or nil to run it here.
  let pool: ThreadPool?
  var kernels = FourierKernels<S>.current

  /// Transforms of more bits than this do not fit the cache side by side.
  private static var mostBitsOfLines: Int { 13 }

  /// - Parameters:
  ///   - bits: The first is the most significant of the transform's index.
  ///   - controls: The mask of bits that have to be 1.
  func apply(bits: [Int], controls: Int, inverse: Bool) {
    guard !bits.isEmpty else { return }
    let laneBits = S.laneBits
    let lanes = (1 << laneBits) - 1
    let mask = bits.reduce(controls) { $0 | 1 << $1 }
    if mask & lanes == 0, bits.count <= Self.mostBitsOfLines {
      transformLines(bits: bits, controls: controls, inverse: inverse)
    } else if bits.count >= 2 * laneBits {
      var (bits, controls) = (bits, controls)
      var exchanged: [(Int, Int)] = []
      for lane in 0..<laneBits {
        let place = bits[bits.count - 1 - lane]
        guard place != lane else { continue }
        exchangeBits(lane, place)
        exchanged.append((lane, place))
        bits = bits.map { $0 == lane ? place : $0 == place ? lane : $0 }
        if controls >> lane & 1 == 1 { controls ^= 1 << lane | 1 << place }
      }
      FourStep(self, bits: bits, controls: controls, inverse: inverse).run()
      for (lane, place) in exchanged.reversed() { exchangeBits(lane, place) }
    } else {
      transformAmplitudes(bits: bits, controls: controls, inverse: inverse)
    }
  }

  func forEachIndex(below count: Int, _ body: (Int) -> Void) {
    if let pool {
      pool.run(chunks: count, body)
    } else {
      for index in 0..<count { body(index) }
    }
  }

  /// The places of one amplitude's real and imaginary part.
  @inline(__always)
  private func places(_ index: Int) -> (Int, Int) {
    switch layout {
    case .interleaved: return (2 * index, 2 * index + 1)
    case .rows:
      let lanes = S.Lanes.laneCount
      let first = (index & ~(lanes - 1)) * 2 + index & (lanes - 1)
      return (first, first + lanes)
    }
  }

  private func transformLines(bits: [Int], controls: Int, inverse: Bool) {
    let laneBits = S.laneBits
    let plan = FourierPlan<S>.plan(bits: bits.count, inverse: inverse)
    let rows = 1 << bits.count
    let offsets = lineOffsets(of: bits.map { $0 - laneBits })
    let fixed = FixedBits(
      bits.reduce(controls) { $0 | 1 << $1 } >> laneBits, qubitCount: qubitCount - laneBits)
    // Enough lines at once that a gather copies some kilobytes.
    let atOnce = max(2, 1024 >> bits.count)
    let scale = S(1 / Double(rows).squareRoot())
    let interleaved: Int32 = layout == .interleaved ? 1 : 0
    forEachIndex(below: (fixed.groupCount + atOnce - 1) / atOnce) { chunk in
      let first = chunk * atOnce
      let count = min(atOnce, fixed.groupCount - first)
      let columns = count * S.Lanes.laneCount
      let lines = (first..<first + count).map { fixed.index(of: $0) | controls >> laneBits }
      let buffer = BufferPool.shared.take(plan.size(columns: columns), of: S.self)
      kernels.gather(
        state, offsets, rows, lines, count, interleaved, buffer.pointer + plan.start,
        plan.distance)
      plan.transform(columns: columns, in: buffer.pointer)
      kernels.scatter(
        state, offsets, rows, lines, count, interleaved, scale, buffer.pointer, plan.distance)
    }
  }

  private func transformAmplitudes(bits: [Int], controls: Int, inverse: Bool) {
    let plan = FourierPlan<S>.plan(bits: bits.count, inverse: inverse)
    let offsets = lineOffsets(of: bits)
    let fixed = FixedBits(bits.reduce(controls) { $0 | 1 << $1 }, qubitCount: qubitCount)
    let atOnce = 1 << 10
    forEachIndex(below: (fixed.groupCount + atOnce - 1) / atOnce) { chunk in
      let groups = chunk * atOnce..<min(fixed.groupCount, (chunk + 1) * atOnce)
      transformAmplitudes(plan, offsets, fixed, groups, controls: controls)
    }
  }

  @_specialize(where S == Double)
  @_specialize(where S == Float)
  private func transformAmplitudes(
    _ plan: FourierPlan<S>, _ offsets: [Int], _ fixed: FixedBits, _ groups: Range<Int>,
    controls: Int
  ) {
    let count = FourierPlan<S>.columnCount
    let scale = S(1 / Double(offsets.count).squareRoot())
    let buffer = BufferPool.shared.take(plan.size(columns: count), of: S.self)
    let (results, columns) = (buffer.pointer, buffer.pointer + plan.start)
    for first in stride(from: groups.lowerBound, to: groups.upperBound, by: count) {
      let groups = first..<min(first + count, groups.upperBound)
      for (column, group) in groups.enumerated() {
        let base = fixed.index(of: group) | controls
        for row in 0..<offsets.count {
          let (re, im) = places(base | offsets[row])
          let place = 2 * (column * plan.distance + row)
          (columns[place], columns[place + 1]) = (state[re], state[im])
        }
      }
      plan.transform(columns: count, in: buffer.pointer)
      for (column, group) in groups.enumerated() {
        let base = fixed.index(of: group) | controls
        for row in 0..<offsets.count {
          let (re, im) = places(base | offsets[row])
          let place = 2 * (column * plan.distance + row)
          (state[re], state[im]) = (results[place] * scale, results[place + 1] * scale)
        }
      }
    }
  }

  /// Exchanges two bits of every amplitude's index.
  private func exchangeBits(_ a: Int, _ b: Int) {
    let fixed = FixedBits(1 << a | 1 << b, qubitCount: qubitCount)
    let atOnce = 1 << 13
    forEachIndex(below: (fixed.groupCount + atOnce - 1) / atOnce) { chunk in
      exchangeBits(
        a, b, fixed, chunk * atOnce..<min(fixed.groupCount, (chunk + 1) * atOnce))
    }
  }

  @_specialize(where S == Double)
  @_specialize(where S == Float)
  private func exchangeBits(_ a: Int, _ b: Int, _ fixed: FixedBits, _ groups: Range<Int>) {
    for group in groups {
      let base = fixed.index(of: group)
      let (one, two) = (places(base | 1 << a), places(base | 1 << b))
      (state[one.0], state[two.0]) = (state[two.0], state[one.0])
      (state[one.1], state[two.1]) = (state[two.1], state[one.1])
    }
  }
}

/// What each value of a transform's index, its first bit the most significant, adds to an index of
/// the state.
func lineOffsets(of bits: some Collection<Int>) -> [Int] {
  var offsets = [0]
  for bit in bits.reversed() { offsets += offsets.map { $0 | 1 << bit } }
  return offsets
}

extension Amplitudes {
  /// The Fourier transform of some bits of every lane.
  func transform(bits: [Int], controls: Int, inverse: Bool) {
    typealias S = V.Element
    let scalars = UnsafeMutableRawPointer(pointer).assumingMemoryBound(to: S.self)
    if V.laneCount == 1 {
      FourierTransform<S>(
        state: scalars, layout: .interleaved, qubitCount: qubitCount, pool: pool
      ).apply(bits: bits, controls: controls, inverse: inverse)
    } else {
      // A block of samples is one state in rows whose lowest bits number the sample.
      let laneBits = S.laneBits
      FourierTransform<S>(
        state: scalars, layout: .rows, qubitCount: qubitCount + laneBits, pool: pool
      ).apply(
        bits: bits.map { $0 + laneBits }, controls: controls << laneBits, inverse: inverse)
    }
  }
}
