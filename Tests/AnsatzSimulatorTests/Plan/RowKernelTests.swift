import AnsatzMath
import Testing

@testable import AnsatzSimulator

/// Every C variant against the scalar twin, at every position of every output.
@Suite("Row kernels")
struct RowKernelTests {
  @Test("C kernels in double precision equal their Swift twins")
  func double() {
    for kernels in RowKernelTables.allDouble {
      compare(kernels, tolerance: 1e-13)
    }
  }

  @Test("C kernels in single precision equal their Swift twins")
  func single() {
    for kernels in RowKernelTables.allSingle {
      compare(kernels, tolerance: 2e-5)
    }
  }

  /// The tolerance covers fused and unfused products, and sums of up to 64 numbers in other orders.
  private func compare<S: Scalar>(_ kernels: RowKernels<S>, tolerance: S) {
    let twin = RowKernels<S>.reference
    let lanes = S.Lanes.laneCount
    var random = RandomStream(seed: 12, stream: "kernels")
    func numbers(_ count: Int) -> [S] { (0..<count).map { _ in S(random.uniform(in: -1..<1)) } }
    func check(_ name: String, _ count: Int, _ body: (RowKernels<S>, inout [S]) -> Void) {
      let start = numbers(count)
      var (a, b) = (start, start)
      body(kernels, &a)
      body(twin, &b)
      for i in 0..<count {
        #expect(abs(a[i] - b[i]) <= tolerance, "\(kernels.target) \(name) at \(i)")
      }
    }
    let bits = 5
    let rows = 1 << bits
    let state = rows * 2 * lanes
    // A scattered order, and masks that are independent with parities to match.
    let basis = BitBasis([0b10011, 0b01110, 0b00101], bitCount: bits)
    let order = basis.order ?? []
    for (name, use) in [("in order", false), ("scattered", true)] {
      order.withUnsafeBufferPointer { buffer in
        let order = use ? buffer.baseAddress : nil
        var (source, other, table) = (numbers(state), numbers(state), numbers(state))
        check("probabilities \(name)", rows * lanes) {
          $0.probabilities(&source, order, &$1, rows)
        }
        check("gather \(name)", rows * lanes) { $0.gather(&source, order, &$1, rows) }
        check("orderedSignedSums \(name)", (bits + 1) * lanes) { set, sums in
          var p = [S](repeating: 9, count: rows * lanes)
          set.orderedSignedSums(&source, order, &p, Int32(bits), &sums)
          for lane in 0..<lanes { sums[bits * lanes + lane] = p[lane] }
        }
        check("weigh \(name)", state) { $0.weigh(&$1, &source, &other, order, rows) }
        check("tableMultiply \(name)", 2 * rows) { $0.tableMultiply(&$1, &table, order, rows) }
        check("tableMultiplyLanes \(name)", state) {
          $0.tableMultiplyLanes(&$1, &table, order, rows)
        }
      }
    }
    var (source, ket, table) = (numbers(state), numbers(state), numbers(state))
    check("diagonal", state) { $0.diagonal(&$1, &source, &table, rows) }
    check("diagonalLanes", state) { $0.diagonalLanes(&$1, &source, &table, rows) }
    for isLanes in [false, true] {
      var outputs: [[S]] = []
      let bra = numbers(state)
      for set in [kernels, twin] {
        var (moved, imaginary) = (bra, [S](repeating: 9, count: rows * lanes))
        let back = isLanes ? set.diagonalBackLanes : set.diagonalBack
        back(&moved, &ket, &table, &imaginary, rows)
        outputs.append(moved + imaginary)
      }
      for (a, b) in zip(outputs[0], outputs[1]) { #expect(abs(a - b) <= tolerance) }
    }
    var factor = numbers(4 * lanes)
    check("product", state) { $0.product(&$1, &source, &factor, rows / 2) }
    check("productBack", state + 4 * lanes) { set, bra in
      var h = [S](repeating: 9, count: 4 * lanes)
      set.productBack(&bra, &source, &factor, &h, rows / 2)
      for i in 0..<4 * lanes { bra[state + i] = h[i] }
      // Rows past the half are scratch.
      for i in state / 2..<state { bra[i] = 0 }
    }
    check("productDiagonal", state) {
      $0.productDiagonal(&$1, &source, &factor, &table, rows / 2)
    }
    check("productDiagonalBack", state + (rows + 4) * lanes) { set, bra in
      var (imaginary, h) = ([S](repeating: 9, count: rows * lanes), factor)
      set.productDiagonalBack(&bra, &source, &factor, &table, &imaginary, &h, rows / 2)
      bra.replaceSubrange(state..., with: imaginary + h)
      for i in state / 2..<state { bra[i] = 0 }
    }
    for count in 0...bits {
      check("signedSums of \(count) bits", lanes) { set, total in
        var p = [S](source.prefix(lanes << count))
        var signs = [S](repeating: 0, count: max(1, count) * lanes)
        set.signedSums(&p, Int32(count), &signs)
        for lane in 0..<lanes {
          total[lane] = p[lane]
          for bit in 0..<count { total[lane] += S(bit + 2) * signs[bit * lanes + lane] / 16 }
        }
      }
    }
    var (start, values) = (numbers(2 * lanes), numbers(bits * lanes))
    check("scale", state) { $0.scale(&$1, &source, 0.3, -0.8, rows) }
    words(kernels, rows: rows, check: check)
    check("signedSpread", rows * lanes) { $0.signedSpread(&$1, Int32(bits), &start, &values) }
    var factors = numbers(2 * bits * lanes)
    check("phaseTable", 2 * rows) { $0.phaseTable(&$1, Int32(bits), 0.7, &factors) }
    check("phaseTableLanes", state) {
      $0.phaseTableLanes(&$1, Int32(bits), &start, &factors)
    }
    rotations(kernels, twin, state: state, bits: bits, check: check)
    tiles(kernels, rows: rows, check: check)
  }

  /// Diagonals by index, and tiles of scattered chunks.
  private func tiles<S: Scalar>(
    _ kernels: RowKernels<S>, rows: Int,
    check: (String, Int, (RowKernels<S>, inout [S]) -> Void) -> Void
  ) {
    let lanes = S.Lanes.laneCount
    let state = rows * 2 * lanes
    var random = RandomStream(seed: 8)
    func numbers(_ count: Int) -> [S] { (0..<count).map { _ in S(random.uniform(in: -1..<1)) } }
    var (table, factors, whole) = (numbers(state), numbers(4 * 2 * lanes), numbers(state))
    let index = (0..<rows).map { Int32($0 * 7 % 4) }
    var (cosines, sines) = (numbers(3 * lanes), numbers(3 * lanes))
    for turned in 0..<Int32(lanes) {
      for hasTable in [true, false] {
        check("tileDiagonal, lanes \(turned)", state) { set, state in
          table.withUnsafeMutableBufferPointer { table in
            set.tileDiagonal(
              &state, hasTable ? table.baseAddress : nil, &factors, index, rows, turned, &cosines,
              &sines)
          }
        }
        check("tileDiagonalBack, lanes \(turned)", 2 * state + (rows + 3) * lanes) { set, all in
          all.withUnsafeMutableBufferPointer { all in
            guard let bra = all.baseAddress else { return }
            table.withUnsafeMutableBufferPointer { table in
              set.tileDiagonalBack(
                bra, bra + state, hasTable ? table.baseAddress : nil, &factors, index,
                bra + 2 * state, rows, turned, &cosines, &sines, bra + 2 * state + rows * lanes)
            }
          }
        }
      }
    }
    let chunks: [Int32] = [0, 12, 4, 24]
    check("loadTile", 8 * 2 * lanes) { $0.loadTile(&$1, &whole, chunks, 2, 4, 2, 0.5) }
    check("storeTile", state) { $0.storeTile(&$1, &whole, chunks, 2, 4, 2, 0.5) }
  }

  /// Words that stay in their row, change rows, and carry lanes along.
  private func words<S: Scalar>(
    _ kernels: RowKernels<S>, rows: Int,
    check: (String, Int, (RowKernels<S>, inout [S]) -> Void) -> Void
  ) {
    let lanes = S.Lanes.laneCount
    let state = rows * 2 * lanes
    var random = RandomStream(seed: 5)
    var ket = (0..<state).map { _ in S(random.uniform(in: -1..<1)) }
    var (cosines, sines) = (
      (0..<lanes).map { _ in S(random.uniform()) }, (0..<lanes).map { _ in S(random.uniform()) }
    )
    for xRow in [0, 1, 6, 16] as [Int32] {
      for xLane in 0..<Int32(lanes) where xRow != 0 || xLane != 0 {
        let pairs = xRow == 0 ? rows : rows / 2
        check("wordRotate \(xRow) \(xLane)", state) {
          $0.wordRotate(&$1, 0, pairs / 2, xRow, xLane, 0b10110, &cosines, &sines)
          $0.wordRotate(&$1, pairs / 2, pairs / 2, xRow, xLane, 0b10110, &cosines, &sines)
        }
        for imaginary in [0, 1] as [Int32] {
          check("wordSum \(xRow) \(xLane)", state + lanes) { set, bra in
            var out = [S](repeating: 0.25, count: lanes)
            set.wordSum(&bra, &ket, 3, rows - 3, xRow, xLane, 0b01101, imaginary, &out)
            for lane in 0..<lanes { bra[state + lane] = out[lane] }
          }
          check("wordAdd \(xRow) \(xLane)", state) {
            $0.wordAdd(&$1, &ket, 3, rows - 3, xRow, xLane, 0b01101, imaginary, &cosines)
          }
        }
      }
    }
  }

  private func rotations<S: Scalar>(
    _ kernels: RowKernels<S>, _ twin: RowKernels<S>, state: Int, bits: Int,
    check: (String, Int, (RowKernels<S>, inout [S]) -> Void) -> Void
  ) {
    let lanes = S.Lanes.laneCount
    let words: [(x: Int, z: Int)] = [(0b00001, 0b00001), (0b00110, 0b00010), (0b11000, 0b01000)]
    var random = RandomStream(seed: 3)
    for (k, base) in [(1, 0), (2, 0), (3, 0), (2, 0b10000), (3, 0b10101)] as [(Int, Int32)] {
      let basis = BitBasis(words.prefix(k).map(\.z), bitCount: bits)
      let reps = (0..<1 << (bits - k)).map { i in basis.order?[i << k] ?? Int32(i << k) }
      let offsets = (0..<1 << k).map { choice in
        (0..<k).reduce(Int32(0)) {
          choice >> $1 & 1 == 1 ? $0 ^ Int32(words[$1].x) : $0
        }
      }
      var lifts = (0..<k).map { _ in S(random.uniform(in: -1..<1)) }
      var (cosines, sines) = (
        (0..<k * lanes).map { _ in S(random.uniform()) },
        (0..<k * lanes).map { _ in S(random.uniform()) }
      )
      var ket = (0..<state).map { _ in S(random.uniform(in: -1..<1)) }
      for flags in 0..<Int32(1 << k) {
        check("rotateLift of \(k), flags \(flags)", state) {
          $0.rotateLift(&$1, reps, reps.count, base, offsets, Int32(k), &lifts, flags)
        }
      }
      var laneLifts = (0..<k * lanes).map { _ in S(random.uniform(in: -1..<1)) }
      var signs = (0..<k * lanes).map { _ in random.uniform() < 0.5 ? -0.0 : S(0) }
      for flags in 0..<Int32(1 << k) {
        check("rotateSignedLift of \(k), flags \(flags)", state) {
          $0.rotateSignedLift(
            &$1, reps, reps.count, base, offsets, Int32(k), &laneLifts, &signs, flags)
          $0.rotateSignedLift(
            &$1, reps, reps.count, base, offsets, Int32(k), &laneLifts, nil, flags)
        }
      }
      check("rotateLanes of \(k)", state) {
        $0.rotateLanes(&$1, reps, reps.count, base, offsets, Int32(k), &cosines, &sines)
      }
      check("rotationGradient of \(k)", state + k * lanes) { set, bra in
        var out = [S](repeating: 0.5, count: k * lanes)
        set.rotationGradient(&bra, &ket, reps, reps.count, base, offsets, Int32(k), &out)
        for i in 0..<k * lanes { bra[state + i] = out[i] }
      }
    }
  }
}
