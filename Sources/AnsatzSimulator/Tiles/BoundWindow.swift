import AnsatzMath

/// A window with its angles bound, and the memory that its parts point to.
final class BoundWindow<S: Scalar>: @unchecked Sendable {
  typealias Pointer = UnsafeMutablePointer<S>

  let window: TileWindow
  let turns: UnsafeMutablePointer<BoundTurn<S>>
  let turnCount: Int
  let steps: [BoundStep<S>]
  /// For each turn, what its derivatives' sums are multiplied by: the turns undone before it in its
  /// step leave their scales out of both bra and ket.
  let gradientScales: [Double]
  /// Lane vectors of derivatives' sums.
  let sumCount: Int
  /// What the first step's lifts leave out if it has no diagonal to take it.
  let entryScale: Double

  private let phases: UnsafeMutablePointer<BoundPhase<S>>
  private let labels: UnsafeMutablePointer<Range<Int>>
  private let groups: UnsafeMutablePointer<BoundDiagonal<S>.Group>
  private let memory: PooledBuffer<S>

  /// Lifts may leave out this much of a step, and make its states as much larger, before its further
  /// turns are made in full: squares of that must not leave the range of `Float`.
  private static var smallestScale: Double { 0x1p-30 }

  deinit {
    turns.deallocate()
    phases.deallocate()
    labels.deallocate()
    groups.deallocate()
  }

  /// - Parameter value: The value of an angle, in radians.
  init(_ window: TileWindow, _ value: (TermAngle) -> Double) {
    let lanes = S.Lanes.laneCount
    let blockRows = 1 << window.blockBits
    self.window = window
    let allTurns = window.steps.flatMap(\.turns)
    let diagonals = window.steps.compactMap(\.diagonal)
    let groupTotal = diagonals.reduce(0) { $0 + $1.moving.count }
    turnCount = allTurns.count
    turns = .allocate(capacity: max(1, allTurns.count))
    let phases = UnsafeMutablePointer<BoundPhase<S>>.allocate(
      capacity: max(1, diagonals.reduce(0) { $0 + $1.angles.count }))
    let labels = UnsafeMutablePointer<Range<Int>>.allocate(
      capacity: max(1, diagonals.reduce(0) { $0 + $1.moving.reduce(0) { $0 + $1.labels.count } }))
    let groups = UnsafeMutablePointer<BoundDiagonal<S>.Group>.allocate(
      capacity: max(1, groupTotal))
    (self.phases, self.labels, self.groups) = (phases, labels, groups)
    let tables = diagonals.filter { !$0.fixed.isEmpty }.count
    memory = BufferPool.shared.take(
      allTurns.reduce(0) { $0 + 3 * $1.angles.count * lanes }
        + (diagonals.count + tables * blockRows) * 2 * lanes, of: S.self)
    var next = memory.pointer
    func take(_ count: Int) -> Pointer {
      defer { next += count }
      return next
    }

    var list: [BoundStep<S>] = []
    var scales: [Double] = []
    var (turnIndex, place) = (0, 0)
    var (phaseIndex, labelIndex, groupIndex) = (0, 0, 0)
    var entry = 1.0
    // Diagonals are rows and tables: they come first, on cache lines of their own.
    let starts = diagonals.map { _ in take(2 * lanes) }
    let tablePlaces = diagonals.map { $0.fixed.isEmpty ? nil : take(blockRows * 2 * lanes) }
    var diagonalIndex = 0
    for (stepIndex, step) in window.steps.enumerated() {
      let canScale = step.diagonal != nil || stepIndex == 0
      var bounds: [Range<Int>] = []
      var undone: [Double] = []
      var scale = 1.0
      for side in [step.inner, step.outer, step.lanes.compactMap { $0 }] {
        let first = turnIndex
        for turn in side {
          let bound = Self.bind(
            turn, canScale: canScale && abs(scale) > Self.smallestScale, place: place, take, value)
          (turns + turnIndex).initialize(to: bound)
          undone.append(bound.scale)
          scale *= bound.scale
          place += turn.angles.count
          turnIndex += 1
        }
        bounds.append(first..<turnIndex)
      }
      // Undone are the outer turns, then the inner ones, each in order, then the lanes'.
      let inner = undone.prefix(step.inner.count)
      let outer = undone[step.inner.count...].prefix(step.outer.count)
      var before = 1.0
      let outerScales = outer.map { own in
        defer { before *= own * own }
        return before
      }
      let innerScales = inner.map { own in
        defer { before *= own * own }
        return before
      }
      scales += innerScales + outerScales + step.lanes.compactMap { $0 }.map { _ in before }
      var diagonal: BoundDiagonal<S>?
      if let own = step.diagonal {
        let (start, table) = (starts[diagonalIndex], tablePlaces[diagonalIndex])
        diagonalIndex += 1
        func phase(_ term: TileDiagonal.Term) -> BoundPhase<S> {
          let (c, s) = cosineAndSine(value(term.angle) / 2)
          return BoundPhase(z: term.z, lane: term.lane, cosine: S(c), sine: S(s))
        }
        func append(_ terms: [TileDiagonal.Term]) -> Range<Int> {
          let first = phaseIndex
          for term in terms {
            (phases + phaseIndex).initialize(to: phase(term))
            phaseIndex += 1
          }
          return first..<phaseIndex
        }
        Self.setLanes(start, own.lanes, scale: scale, value)
        if let table {
          Self.setTable(table, own, start: start, value)
          for lane in 0..<lanes { (start[lane], start[lanes + lane]) = (1, 0) }
        }
        let common = append(own.common)
        let firstGroup = groupIndex
        for group in own.moving {
          let firstLabel = labelIndex
          for label in group.labels {
            (labels + labelIndex).initialize(to: append(label))
            labelIndex += 1
          }
          (groups + groupIndex).initialize(
            to: .init(
              labelCount: group.labels.count, labels: labels + firstLabel,
              index: UnsafePointer(group.index.pointer)))
          groupIndex += 1
        }
        diagonal = BoundDiagonal(
          rows: blockRows, table: table, start: start, phases: phases, common: common,
          groupCount: own.moving.count, groups: groups + firstGroup,
          noIndex: UnsafePointer(own.noIndex.pointer))
      } else if stepIndex == 0 {
        entry = scale
      }
      list.append(
        BoundStep(
          diagonal: diagonal, inner: bounds[0], outer: bounds[1],
          hasBlocks: diagonal != nil || !bounds[0].isEmpty,
          laneSet: step.lanes.indices.reduce(0) {
            step.lanes[$1] == nil ? $0 : $0 | 1 << Int32($1)
          }, firstLane: bounds[2].lowerBound))
    }
    steps = list
    gradientScales = scales
    sumCount = place
    entryScale = entry
  }

  private static func bind(
    _ turn: TileTurn, canScale: Bool, place: Int, _ take: (Int) -> Pointer,
    _ value: (TermAngle) -> Double
  ) -> BoundTurn<S> {
    let lanes = S.Lanes.laneCount
    let k = turn.angles.count
    let memory = take(3 * k * lanes)
    func x(_ index: Int) -> Int32 { index < k ? turn.xRows[index] : 0 }
    func z(_ index: Int) -> Int { index < k ? turn.zRows[index] : 0 }
    var bound = BoundTurn<S>(
      k: Int32(k), representatives: UnsafePointer(turn.representatives.pointer),
      representativeCount: turn.representatives.count,
      offsets: UnsafePointer(turn.offsets.pointer),
      reversedOffsets: UnsafePointer(turn.offsets.pointer + (1 << k)),
      x: (x(0), x(1), x(2)), z: (z(0), z(1), z(2)), cosines: memory, sines: memory + k * lanes,
      negatedSines: memory + 2 * k * lanes,
      hasLaneSigns: turn.laneSigns.contains { $0 != 0 }, xLane: Int32(turn.xLane),
      zLocal: Int32(turn.zLocal & ((1 << turn.rowBits) - 1)), rows: 1 << turn.rowBits,
      conditions: UnsafeBufferPointer(
        start: turn.conditions.pointer, count: turn.conditions.count),
      wholeConditions: UnsafeBufferPointer(
        start: turn.wholeConditions.pointer, count: turn.wholeConditions.count),
      place: place)
    let isConditioned = turn.conditions.count + turn.wholeConditions.count > 0
    bound.kind = turn.movesLanes ? .word : canScale && !isConditioned ? .lift : .full
    for (bit, angle) in turn.angles.enumerated() {
      let (c, s) = cosineAndSine(value(angle) / 2)
      // The larger of the two is divided by, so a lift is never above 1.
      let isSwapped = abs(s) > abs(c)
      for lane in 0..<lanes {
        let isNegated = parityIsOdd(lane & turn.laneSigns[bit])
        let index = bit * lanes + lane
        switch bound.kind {
        case .lift:
          memory[index] = S(isSwapped ? c / s : s / c) * (isNegated && !isSwapped ? -1 : 1)
          memory[k * lanes + index] = isNegated ? -0.0 : 0
        case .full, .word:
          memory[index] = S(c)
          memory[k * lanes + index] = S(isNegated ? -s : s)
          memory[2 * k * lanes + index] = S(isNegated ? s : -s)
        }
      }
      if bound.kind == .lift {
        if isSwapped { bound.flags |= 1 << Int32(bit) }
        bound.scale *= isSwapped ? s : c
      }
    }
    return bound
  }

  /// scale · Π e^{∓iα/2} over terms of lanes alone.
  private static func setLanes(
    _ row: Pointer, _ terms: [TileDiagonal.Term], scale: Double, _ value: (TermAngle) -> Double
  ) {
    let lanes = S.Lanes.laneCount
    for lane in 0..<lanes {
      let angle = terms.reduce(0) {
        $0 + (parityIsOdd($1.lane & lane) ? -value($1.angle) : value($1.angle))
      }
      let (c, s) = cosineAndSine(angle / 2)
      (row[lane], row[lanes + lane]) = (S(scale * c), S(-scale * s))
    }
  }

  private static func setTable(
    _ table: Pointer, _ diagonal: TileDiagonal, start: Pointer,
    _ value: (TermAngle) -> Double
  ) {
    let kernels = RowKernels<S>()
    let (lanes, bits) = (S.Lanes.laneCount, diagonal.blockBits)
    let rows = 1 << bits
    let scratch = BufferPool.shared.take((rows + bits + 1) * 2 * lanes, of: S.self)
    let factors = scratch.pointer + rows * 2 * lanes
    let one = factors + bits * 2 * lanes
    for lane in 0..<lanes { (one[lane], one[lanes + lane]) = (1, 0) }
    for (index, group) in diagonal.fixed.enumerated() {
      for bit in 0..<bits {
        setLanes(
          factors + bit * 2 * lanes, bit < group.labels.count ? group.labels[bit] : [], scale: 1,
          value)
      }
      if index == 0, group.basis.order == nil {
        kernels.phaseTableLanes(table, bits, start, factors)
        continue
      }
      if index == 0 {
        for row in 0..<rows { (table + row * 2 * lanes).update(from: start, count: 2 * lanes) }
      }
      kernels.phaseTableLanes(scratch.pointer, bits, one, factors)
      group.basis.withOrder { kernels.tableMultiplyLanes(table, scratch.pointer, $0, rows) }
    }
  }
}
