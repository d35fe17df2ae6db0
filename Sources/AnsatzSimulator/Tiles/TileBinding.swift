import AnsatzMath

/// A turn with its angles bound: numbers and pointers alone, so that a loop over turns counts no
/// references.
struct BoundTurn<S: Scalar> {
  enum Kind {
    /// One multiply-add for each number; the cosines (or sines) are left to the step's scale.
    case lift
    /// Cosines and sines.
    case full
    /// One rotation that moves lanes.
    case word
  }

  var kind = Kind.full
  var k: Int32 = 0
  var flags: Int32 = 0
  let representatives: UnsafePointer<Int32>
  let representativeCount: Int
  let offsets: UnsafePointer<Int32>
  let reversedOffsets: UnsafePointer<Int32>
  /// Up to three X masks of the tile, and sign masks among all rows.
  var x: (Int32, Int32, Int32) = (0, 0, 0)
  var z: (Int, Int, Int) = (0, 0, 0)
  /// Lifts or cosines, a lane vector each.
  let cosines: UnsafeMutablePointer<S>
  /// Sines; for lifts, sign bits of the lanes.
  let sines: UnsafeMutablePointer<S>
  /// Sines of the opposite sign, for a word.
  let negatedSines: UnsafeMutablePointer<S>
  let hasLaneSigns: Bool
  let xLane: Int32
  let zLocal: Int32
  let rows: Int
  let conditions: UnsafeBufferPointer<TileTurn.Condition>
  let wholeConditions: UnsafeBufferPointer<TileTurn.Condition>
  /// What the lifts leave out.
  var scale = 1.0
  /// Where its derivatives' sums are, in lane vectors.
  let place: Int

  /// The roles that are exchanged where a block's sign is odd, as what representatives are combined
  /// with.
  func base(_ firstRow: Int) -> Int32 {
    var base: Int32 = parityIsOdd(z.0 & firstRow) ? x.0 : 0
    if k > 1, parityIsOdd(z.1 & firstRow) { base ^= x.1 }
    if k > 2, parityIsOdd(z.2 & firstRow) { base ^= x.2 }
    for condition in conditions where parityIsOdd(condition.z & firstRow) != condition.isOdd {
      base ^= condition.shift
    }
    return base
  }

  /// Whether some rows of a block meet the conditions.
  private func applies(to firstRow: Int) -> Bool {
    for condition in wholeConditions where parityIsOdd(condition.z & firstRow) != condition.isOdd {
      return false
    }
    return true
  }

  func rotate(
    _ state: UnsafeMutablePointer<S>, firstRow: Int, inverted: Bool, _ run: TileRun<S>
  ) {
    guard applies(to: firstRow) else { return }
    switch kind {
    case .lift:
      run.kernels.rotateSignedLift(
        state, representatives, representativeCount, base(firstRow),
        inverted ? reversedOffsets : offsets, k, cosines, hasLaneSigns ? sines : nil, flags)
    case .full:
      run.kernels.rotateLanes(
        state, representatives, representativeCount, base(firstRow),
        inverted ? reversedOffsets : offsets, k, cosines, sines)
    case .word:
      let isNegated = parityIsOdd(z.0 & firstRow) != inverted
      run.kernels.wordRotate(
        state, 0, x.0 == 0 ? rows : rows / 2, x.0, xLane, zLocal, cosines,
        isNegated ? negatedSines : sines)
    }
  }

  /// sums += this block's derivatives.
  ///
  /// - Parameter scratch: One lane vector.
  func addGradient(
    bra: UnsafeMutablePointer<S>, ket: UnsafeMutablePointer<S>, firstRow: Int,
    sums: UnsafeMutablePointer<S>, scratch: UnsafeMutablePointer<S>, _ run: TileRun<S>
  ) {
    guard applies(to: firstRow) else { return }
    let lanes = S.Lanes.laneCount
    guard kind == .word else {
      run.kernels.rotationGradient(
        bra, ket, representatives, representativeCount, base(firstRow), offsets, k, sums)
      return
    }
    for lane in 0..<lanes { scratch[lane] = 0 }
    run.kernels.wordSum(bra, ket, 0, rows, x.0, xLane, zLocal, 0, scratch)
    let isNegated = parityIsOdd(z.0 & firstRow)
    for lane in 0..<lanes { sums[lane] += isNegated ? -scratch[lane] : scratch[lane] }
  }
}

/// A phase e^{∓iα/2} by the parity of a row and a lane.
struct BoundPhase<S: Scalar> {
  let z: Int
  let lane: Int
  let cosine: S
  let sine: S
}

/// A step's diagonal with its angles bound.
struct BoundDiagonal<S: Scalar> {
  typealias Pointer = UnsafeMutablePointer<S>

  /// Independent parities that move, with the phases of each: a range of `phases` a label.
  struct Group {
    let labelCount: Int
    let labels: UnsafePointer<Range<Int>>
    let index: UnsafePointer<Int32>
  }

  let rows: Int
  /// A row for each row of a block, the scale included; nil if there is none.
  let table: Pointer?
  /// The row that factors start from.
  let start: Pointer
  let phases: UnsafePointer<BoundPhase<S>>
  let common: Range<Int>
  let groupCount: Int
  let groups: UnsafePointer<Group>
  let noIndex: UnsafePointer<Int32>

  /// source · Π e^{∓iα/2} over a range of phases, lane by lane.
  private func setFactor(
    _ range: Range<Int>, firstRow: Int, from source: Pointer?, into row: Pointer
  ) {
    let lanes = S.Lanes.laneCount
    var (re, im): (S, S) = (1, 0)
    var movesLanes = false
    for i in range {
      let phase = phases[i]
      if phase.lane != 0 {
        movesLanes = true
        continue
      }
      let sine = parityIsOdd(phase.z & firstRow) ? -phase.sine : phase.sine
      (re, im) = (re * phase.cosine + im * sine, im * phase.cosine - re * sine)
    }
    for lane in 0..<lanes {
      var (r, i) = (re, im)
      if movesLanes {
        for place in range where phases[place].lane != 0 {
          let phase = phases[place]
          let isNegated = parityIsOdd(phase.z & firstRow) != parityIsOdd(phase.lane & lane)
          let sine = isNegated ? -phase.sine : phase.sine
          (r, i) = (r * phase.cosine + i * sine, i * phase.cosine - r * sine)
        }
      }
      if let source {
        let (sr, si) = (source[lane], source[lanes + lane])
        (r, i) = (r * sr - i * si, r * si + i * sr)
      }
      (row[lane], row[lanes + lane]) = (r, i)
    }
  }

  /// The moving factors of one block, group by group.
  ///
  /// - Parameter scratch: Memory for a block's rows, and for two lane vectors a bit and one row.
  func forEachGroup(
    firstRow: Int, scratch: Pointer, _ run: TileRun<S>,
    _ body: (
      _ group: Int, _ table: Pointer?, _ factors: Pointer, _ index: UnsafePointer<Int32>
    ) -> Void
  ) {
    let row = 2 * S.Lanes.laneCount
    let factors = scratch + rows * row
    setFactor(common, firstRow: firstRow, from: start, into: factors)
    if groupCount == 0 { return body(0, table, factors, noIndex) }
    for index in 0..<groupCount {
      let group = groups[index]
      for label in 0..<group.labelCount {
        setFactor(
          group.labels[label], firstRow: firstRow, from: nil, into: factors + (label + 1) * row)
      }
      run.kernels.phaseTableLanes(scratch, Int32(group.labelCount), factors, factors + row)
      body(index, index == 0 ? table : nil, scratch, group.index)
      // The start has been used.
      for lane in 0..<row / 2 { (factors[lane], factors[row / 2 + lane]) = (1, 0) }
    }
  }
}

struct BoundStep<S: Scalar> {
  let diagonal: BoundDiagonal<S>?
  let inner: Range<Int>
  let outer: Range<Int>
  let hasBlocks: Bool
  /// The lane bits that are turned with the diagonal, and their turns from the first on.
  let laneSet: Int32
  let firstLane: Int

  /// The lane turns' cosines and sines on one block, a lane vector for each lane bit.
  func setLanes(
    _ turns: UnsafePointer<BoundTurn<S>>, firstRow: Int, cosines: UnsafeMutablePointer<S>,
    sines: UnsafeMutablePointer<S>
  ) {
    let lanes = S.Lanes.laneCount
    var index = firstLane
    for bit in 0..<3 where laneSet >> Int32(bit) & 1 == 1 {
      let turn = turns[index]
      let own = parityIsOdd(turn.z.0 & firstRow) ? turn.negatedSines : turn.sines
      for lane in 0..<lanes {
        cosines[bit * lanes + lane] = turn.cosines[lane]
        sines[bit * lanes + lane] = own[lane]
      }
      index += 1
    }
  }

  /// sums += the lane turns' derivatives on one block.
  func addLanes(
    _ turns: UnsafePointer<BoundTurn<S>>, _ block: UnsafeMutablePointer<S>, firstRow: Int,
    sums: UnsafeMutablePointer<S>
  ) {
    let lanes = S.Lanes.laneCount
    var index = firstLane
    for bit in 0..<3 where laneSet >> Int32(bit) & 1 == 1 {
      let turn = turns[index]
      let isNegated = parityIsOdd(turn.z.0 & firstRow)
      for lane in 0..<lanes {
        let value = block[bit * lanes + lane]
        sums[turn.place * lanes + lane] += isNegated ? -value : value
      }
      index += 1
    }
  }
}
