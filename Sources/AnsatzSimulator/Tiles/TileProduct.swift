import AnsatzMath

/// The product state that a circuit starts from: built from its high and its low bits' parts, and
/// differentiated by contracting all bits but one.
final class TileProduct<S: Scalar>: @unchecked Sendable {
  typealias Pointer = UnsafeMutablePointer<S>

  private struct Gate {
    let axis: TermBuilder.ProductGate.Axis
    let angle: TermAngle
    let cosine: Double
    let sine: Double
  }

  private let gates: [[Gate]]
  /// The state of each bit.
  private let vectors: [BitVector]
  private let laneBits: Int
  private let kernels: RowKernels<S>
  private let pool: ThreadPool

  /// Row bits of one job's piece.
  private static var pieceBits: Int { 8 }

  init(
    _ product: [[TermBuilder.ProductGate]], laneBits: Int, kernels: RowKernels<S>,
    pool: ThreadPool, _ value: (TermAngle) -> Double
  ) {
    gates = product.map { list in
      list.map { gate in
        let (c, s) = cosineAndSine(value(gate.angle) / 2)
        return Gate(axis: gate.axis, angle: gate.angle, cosine: c, sine: s)
      }
    }
    vectors = gates.map { list in
      var vector = BitVector()
      for gate in list { vector.apply(gate.axis, cosine: gate.cosine, sine: gate.sine) }
      return vector
    }
    self.laneBits = laneBits
    self.kernels = kernels
    self.pool = pool
  }

  private static var row: Int { 2 * S.Lanes.laneCount }

  /// Π over some bits of the amplitude that a choice of their values has.
  private func amplitude(_ first: Int, _ count: Int, _ choice: Int) -> (re: Double, im: Double) {
    var (re, im) = (1.0, 0.0)
    for bit in 0..<count {
      let vector = vectors[first + bit]
      let (vr, vi) =
        choice >> bit & 1 == 1 ? (vector.re1, vector.im1) : (vector.re0, vector.im0)
      (re, im) = (re * vr - im * vi, re * vi + im * vr)
    }
    return (re, im)
  }

  /// The lane bits' part, one row.
  private func setLaneRow(_ row: Pointer) {
    let lanes = S.Lanes.laneCount
    for lane in 0..<lanes {
      let (re, im) = amplitude(0, laneBits, lane)
      (row[lane], row[lanes + lane]) = (S(re), S(im))
    }
  }

  /// A row bit's two amplitudes, a row each.
  private func setFactors(_ place: Pointer, bit: Int) {
    let lanes = S.Lanes.laneCount
    let vector = vectors[laneBits + bit]
    for lane in 0..<lanes {
      place[lane] = S(vector.re0)
      place[lanes + lane] = S(vector.im0)
      place[2 * lanes + lane] = S(vector.re1)
      place[3 * lanes + lane] = S(vector.im1)
    }
  }

  /// The products of row bits `first...` from the most significant down, level by level: 1, 2, 4, …
  /// rows, one after the other.
  private func setPrefixes(_ prefixes: Pointer, first: Int, levels: Int, firstRow: Pointer) {
    let factors = BufferPool.shared.take(2 * Self.row, of: S.self)
    prefixes.update(from: firstRow, count: Self.row)
    var source = prefixes
    for step in 0..<levels {
      let next = source + (Self.row << step)
      setFactors(factors.pointer, bit: first + levels - 1 - step)
      kernels.product(next, source, factors.pointer, 1 << step)
      source = next
    }
  }

  func fill(_ state: Pointer, rowBits: Int) {
    let low = min(rowBits, Self.pieceBits)
    let row = Self.row
    let prefixes = BufferPool.shared.take(((2 * row) << low) + row, of: S.self)
    let first = prefixes.pointer + ((2 * row) << low)
    setLaneRow(first)
    setPrefixes(prefixes.pointer, first: 0, levels: low, firstRow: first)
    let last = prefixes.pointer + ((1 << low) - 1) * row
    let high = rowBits - low
    let perJob = 1 << min(4, high)
    pool.run(chunks: (1 << high) / perJob) { job in
      for piece in job * perJob..<(job + 1) * perJob {
        let (re, im) = amplitude(laneBits + low, high, piece)
        kernels.scale(state + ((piece * row) << low), last, S(re), S(im), 1 << low)
      }
    }
  }

  /// derivatives += those of the gates, from the bra at the start, which is used up.
  func addGradient(
    bra: Pointer, rowBits: Int, needed: [Bool], derivatives: UnsafeMutablePointer<Double>
  ) {
    func isNeeded(_ gate: Gate) -> Bool { gate.angle.occurrence.map { needed[$0] } ?? false }
    guard gates.contains(where: { $0.contains(where: isNeeded) }) else { return }
    let row = Self.row
    let low = min(rowBits, Self.pieceBits)
    let high = rowBits - low
    // Within a piece the other bits' prefix is the high bits' amplitude, times the lanes' row, times
    // the low bits above; the high bits' amplitude is multiplied in at the end.
    let tables = BufferPool.shared.take((row << low) + 2 * row * low + row, of: S.self)
    let factors = tables.pointer + (row << low)
    let laneRow = factors + 2 * row * low
    setLaneRow(laneRow)
    setPrefixes(tables.pointer, first: 1, levels: max(0, low - 1), firstRow: laneRow)
    for bit in 0..<low { setFactors(factors + 2 * row * bit, bit: bit) }
    let pieces = 1 << high
    let perJob = 1 << min(4, high)
    let sums = BufferPool.shared.take((pieces / perJob) * max(1, low) * 2 * row, of: Double.self)
    let rest = BufferPool.shared.take(pieces * row, of: S.self)
    pool.run(chunks: pieces / perJob) { job in
      let own = sums.pointer + job * low * 2 * row
      own.update(repeating: 0, count: low * 2 * row)
      let h = BufferPool.shared.take(2 * row, of: S.self)
      for piece in job * perJob..<(job + 1) * perJob {
        let part = bra + ((piece * row) << low)
        let (re, im) = amplitude(laneBits + low, high, piece)
        for bit in 0..<low {
          let count = 1 << (low - 1 - bit)
          kernels.productBack(
            part, tables.pointer + (count - 1) * row, factors + 2 * row * bit, h.pointer, count)
          add(h.pointer, re, im, to: own + bit * 2 * row)
        }
        (rest.pointer + piece * row).update(from: part, count: row)
      }
    }
    for bit in 0..<low {
      let total = sums.pointer + bit * 2 * row
      for job in 1..<max(1, pieces / perJob) {
        for i in 0..<2 * row { total[i] += sums.pointer[job * low * 2 * row + bit * 2 * row + i] }
      }
      finish(laneBits + bit, total, needed, derivatives)
    }
    contractHigh(rest.pointer, low: low, high: high, laneRow: laneRow, needed, derivatives)
  }

  /// total += (re + i im) · h, where h are two rows.
  private func add(
    _ h: Pointer, _ re: Double, _ im: Double, to total: UnsafeMutablePointer<Double>
  ) {
    let lanes = S.Lanes.laneCount
    for side in 0..<2 {
      for lane in 0..<lanes {
        let place = side * 2 * lanes + lane
        let (hr, hi) = (Double(h[place]), Double(h[place + lanes]))
        total[place] += hr * re - hi * im
        total[place + lanes] += hr * im + hi * re
      }
    }
  }

  /// The bits above the pieces, and the lanes.
  private func contractHigh(
    _ rest: Pointer, low: Int, high: Int, laneRow: Pointer, _ needed: [Bool],
    _ derivatives: UnsafeMutablePointer<Double>
  ) {
    let (row, lanes) = (Self.row, S.Lanes.laneCount)
    let memory = BufferPool.shared.take((row << high) + 4 * row, of: S.self)
    let factors = memory.pointer + (row << high)
    let h = factors + 2 * row
    let total = BufferPool.shared.take(2 * row, of: Double.self)
    setPrefixes(memory.pointer, first: low + 1, levels: max(0, high - 1), firstRow: laneRow)
    for bit in 0..<high {
      let count = 1 << (high - 1 - bit)
      setFactors(factors, bit: low + bit)
      kernels.productBack(rest, memory.pointer + (count - 1) * row, factors, h, count)
      for i in 0..<2 * row { total.pointer[i] = Double(h[i]) }
      finish(laneBits + low + bit, total.pointer, needed, derivatives)
    }
    for bit in 0..<laneBits {
      var own = BitVector(0, 0, 0, 0)
      for lane in 0..<lanes {
        // bra · conj(the other bits' amplitudes): the conjugate of ⟨bra|others⟩.
        var (re, im) = (Double(rest[lane]), Double(rest[lanes + lane]))
        for other in 0..<laneBits where other != bit {
          let v = vectors[other]
          let (vr, vi) = lane >> other & 1 == 1 ? (v.re1, -v.im1) : (v.re0, -v.im0)
          (re, im) = (re * vr - im * vi, re * vi + im * vr)
        }
        if lane >> bit & 1 == 1 {
          own.re1 += re
          own.im1 += im
        } else {
          own.re0 += re
          own.im0 += im
        }
      }
      undo(bit, bra: own, needed, derivatives)
    }
  }

  /// - Parameter h: ⟨bra| with the others contracted, two rows: the bra's amplitudes are its
  ///   conjugates.
  private func finish(
    _ bit: Int, _ h: UnsafeMutablePointer<Double>, _ needed: [Bool],
    _ derivatives: UnsafeMutablePointer<Double>
  ) {
    let lanes = S.Lanes.laneCount
    func total(_ part: Int) -> Double {
      (0..<lanes).reduce(0) { $0 + h[part * lanes + $1] }
    }
    undo(
      bit, bra: BitVector(total(0), -total(1), total(2), -total(3)), needed, derivatives)
  }

  /// The gates of one bit, undone on its bra.
  private func undo(
    _ bit: Int, bra: BitVector, _ needed: [Bool], _ derivatives: UnsafeMutablePointer<Double>
  ) {
    var (own, ket) = (bra, vectors[bit])
    for gate in gates[bit].reversed() {
      if let occurrence = gate.angle.occurrence, needed[occurrence] {
        derivatives[occurrence] += gate.angle.factor * own.derivative(gate.axis, ket: ket)
      }
      ket.apply(gate.axis, cosine: gate.cosine, sine: -gate.sine)
      own.apply(gate.axis, cosine: gate.cosine, sine: -gate.sine)
    }
  }
}
