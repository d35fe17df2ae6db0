import AnsatzMath

/// Words of Z, arranged so that the signed sums of all of them over a block of rows, or the sums of
/// signed weights on each row, take one halving (or doubling) for each independent set.
///
/// A block is 2^bits rows that follow one another in a tile. On it, a word's sign is the parity of
/// its mask within the block, times one sign for the whole block.
final class TileParities: Sendable {
  struct Word: Sendable {
    /// What the caller knows the word by.
    let index: Int
    /// The mask among all rows.
    let z: Int
    let lane: Int
  }

  struct Label: Sendable {
    /// The bit of its group's labels, or nil for words that are the same on all rows of a block.
    let bit: Int?
    let words: [Word]
    /// The lane masks of the words.
    let hasLanes: Bool
  }

  struct Group: Sendable {
    let basis: BitBasis
    let labels: [Label]
  }

  let bits: Int
  let groups: [Group]
  /// Words without rows of the block.
  let common: Label

  /// - Parameters:
  ///   - words: Row masks and lane masks.
  ///   - within: A row mask's part in a block's own numbers.
  init(_ words: [(z: Int, lane: Int)], bits: Int, within: (Int) -> Int) {
    var order: [Int] = []
    var byPart: [Int: [Word]] = [:]
    for (index, word) in words.enumerated() {
      let part = within(word.z)
      if part != 0, byPart[part] == nil { order.append(part) }
      byPart[part, default: []].append(Word(index: index, z: word.z, lane: word.lane))
    }
    func label(_ part: Int, bit: Int?) -> Label {
      let words = byPart[part] ?? []
      return Label(bit: bit, words: words, hasLanes: words.contains { $0.lane != 0 })
    }
    self.bits = bits
    groups = BitBasis.independentSets(order).map { members in
      Group(
        basis: BitBasis(members.map { order[$0] }, bitCount: bits),
        labels: members.enumerated().map { label(order[$1], bit: $0) })
    }
    common = label(0, bit: nil)
  }

  var isEmpty: Bool { groups.isEmpty && common.words.isEmpty }

  /// Scratch numbers that `addSums` needs.
  func scratchCount(lanes: Int) -> Int { (lanes << bits) + (bits + 1) * lanes }

  /// totals[word] += ±Σ over a block's rows and lanes of ±p.
  ///
  /// - Parameters:
  ///   - p: A lane vector a row; may be used up.
  ///   - firstRow: The row of the block's first, among all.
  func addSums<S: Scalar>(
    _ p: UnsafeMutablePointer<S>, firstRow: Int, scratch: UnsafeMutablePointer<S>,
    totals: UnsafeMutablePointer<Double>, run: TileRun<S>
  ) {
    let lanes = S.Lanes.laneCount
    let rows = 1 << bits
    let signs = scratch + lanes * rows
    let total = signs + bits * lanes
    var isSummed = false
    for group in groups {
      group.basis.withOrder { run.kernels.orderedSignedSums(p, $0, scratch, Int32(bits), signs) }
      if !isSummed { total.update(from: scratch, count: lanes) }
      isSummed = true
      for label in group.labels {
        add(label, signs + (label.bit ?? 0) * lanes, firstRow, totals)
      }
    }
    guard !common.words.isEmpty else { return }
    if !isSummed {
      run.kernels.signedSums(p, Int32(bits), signs)
      total.update(from: p, count: lanes)
    }
    add(common, total, firstRow, totals)
  }

  private func add<S: Scalar>(
    _ label: Label, _ sums: UnsafeMutablePointer<S>, _ firstRow: Int,
    _ totals: UnsafeMutablePointer<Double>
  ) {
    let lanes = S.Lanes.laneCount
    label.words.withUnsafeBufferPointer { words in
      withUnsafeTemporaryAllocation(of: Double.self, capacity: lanes) { byLane in
        // The signed sums for every lane mask, by butterflies.
        for lane in 0..<lanes { byLane[lane] = Double(sums[lane]) }
        if label.hasLanes {
          var half = 1
          while half < lanes {
            for lane in 0..<lanes where lane & half == 0 {
              let (a, b) = (byLane[lane], byLane[lane | half])
              (byLane[lane], byLane[lane | half]) = (a + b, a - b)
            }
            half <<= 1
          }
        } else {
          var sum = 0.0
          for lane in 0..<lanes { sum += byLane[lane] }
          byLane[0] = sum
        }
        for word in words {
          let value = byLane[word.lane]
          totals[word.index] += parityIsOdd(word.z & firstRow) ? -value : value
        }
      }
    }
  }

  /// w[row] = Σ over words of ±weights[word], a lane vector a row.
  func spread<S: Scalar>(
    _ weights: UnsafePointer<Double>, constant: Double, firstRow: Int,
    scratch: UnsafeMutablePointer<S>, into w: UnsafeMutablePointer<S>, run: TileRun<S>
  ) {
    let lanes = S.Lanes.laneCount
    let rows = 1 << bits
    let values = scratch + lanes * rows
    let start = values + bits * lanes
    for lane in 0..<lanes { start[lane] = S(constant) }
    add(common, weights, firstRow, to: start)
    for (index, group) in groups.enumerated() {
      for i in 0..<bits * lanes { values[i] = 0 }
      for label in group.labels {
        add(label, weights, firstRow, to: values + (label.bit ?? 0) * lanes)
      }
      let isDirect = index == 0 && group.basis.order == nil
      run.kernels.signedSpread(isDirect ? w : scratch, Int32(bits), start, values)
      for lane in 0..<lanes { start[lane] = 0 }
      if isDirect { continue }
      guard let order = group.basis.order else {
        for i in 0..<rows * lanes { w[i] += scratch[i] }
        continue
      }
      order.withUnsafeBufferPointer { order in
        for i in 0..<rows {
          let place = w + Int(order[i]) * lanes
          for lane in 0..<lanes {
            place[lane] = (index == 0 ? 0 : place[lane]) + scratch[i * lanes + lane]
          }
        }
      }
    }
    if groups.isEmpty {
      for i in 0..<rows { (w + i * lanes).update(from: start, count: lanes) }
    }
  }

  private func add<S: Scalar>(
    _ label: Label, _ weights: UnsafePointer<Double>, _ firstRow: Int,
    to place: UnsafeMutablePointer<S>
  ) {
    label.words.withUnsafeBufferPointer { words in
      for word in words {
        let weight = weights[word.index]
        let own = S(parityIsOdd(word.z & firstRow) ? -weight : weight)
        for lane in 0..<S.Lanes.laneCount {
          place[lane] += parityIsOdd(lane & word.lane) ? -own : own
        }
      }
    }
  }
}
