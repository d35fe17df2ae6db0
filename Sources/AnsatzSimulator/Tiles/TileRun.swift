import AnsatzMath

/// One evaluation of a tile plan: the angles bound, and the windows run on a state.
///
/// A window's tiles are dealt to a fixed number of jobs, and sums are added job by job, so results
/// do not depend on the threads.
final class TileRun<S: Scalar>: @unchecked Sendable {
  typealias Pointer = UnsafeMutablePointer<S>

  let plan: TilePlan
  let program: Program
  let kernels = RowKernels<S>()
  let pool: ThreadPool
  let product: TileProduct<S>?
  private let start: [S]
  private let evaluation: Evaluation
  /// The value of each of the program's angles.
  let angles: [Double]
  private let windows: [BoundWindow<S>]

  init(
    _ plan: TilePlan, program: Program, values: ProgramValues<S>, evaluation: Evaluation,
    pool: ThreadPool
  ) {
    self.plan = plan
    self.program = program
    self.pool = pool
    self.evaluation = evaluation
    start = values.inputs.shape[1] > 0 ? Array(values.inputs.row(evaluation.sample)) : []
    let row = start.map { Double($0) }
    var angles = values.weights.withUnsafeBufferPointer { weights in
      row.withUnsafeBufferPointer { row in
        program.angles.map { $0.expression.value(inputs: row, weights: weights) }
      }
    }
    evaluation.forEachShift { angles[$0.occurrence] += $0.amount }
    self.angles = angles
    func value(_ angle: TermAngle) -> Double {
      angle.occurrence.map { angles[$0] * angle.factor } ?? angle.factor
    }
    windows = plan.windows.map { BoundWindow($0, value) }
    product = plan.product.map {
      TileProduct($0, laneBits: plan.laneBits, pool: pool, value)
    }
  }

  static var laneCount: Int { S.Lanes.laneCount }
  private static var row: Int { 2 * S.Lanes.laneCount }
  var rows: Int { 1 << plan.rowBits }
  /// Scalars in a state.
  var stateSize: Int { rows * Self.row }
  /// The angle of the factor that the terms leave out.
  var globalPhase: Double {
    plan.globalPhase.reduce(0) { $0 + $1.factor * ($1.occurrence.map { angles[$0] } ?? 1) }
  }

  // Jobs ----------------------------------------------------------------------------------------

  /// Deals the tiles of a space to jobs of a number that depends on nothing but the space.
  func forEachJob(_ tiles: Int, _ body: (_ job: Int, _ tiles: Range<Int>) -> Void) {
    let jobs = Self.jobCount(tiles)
    let perJob = tiles / jobs
    pool.run(chunks: jobs) { job in body(job, job * perJob..<(job + 1) * perJob) }
  }

  static func jobCount(_ tiles: Int) -> Int { min(tiles, 64) }

  /// Memory of one job: two tiles and what a block needs.
  struct Scratch {
    let ket: Pointer
    let bra: Pointer
    /// A lane vector a row of a block.
    let p: Pointer
    let block: Pointer
    let vector: Pointer
    /// A lane vector for each lane bit.
    let laneCosines: Pointer
    let laneSines: Pointer
    let laneSums: Pointer
    private let memory: PooledBuffer<S>

    init(tileBits: Int, blockBits: Int, states: Int) {
      let lanes = S.Lanes.laneCount
      let row = 2 * lanes
      // Tiles begin on different sets of the cache.
      let pad = 8 * row
      let tile = (row << tileBits) + pad
      let block = (row << blockBits) + (2 * blockBits + 4) * row
      memory = BufferPool.shared.take(
        states * tile + (lanes << blockBits) + block + 10 * lanes, of: S.self)
      ket = memory.pointer
      bra = ket + (states - 1) * tile
      p = bra + tile
      self.block = p + (lanes << blockBits)
      vector = self.block + block
      laneCosines = vector + lanes
      laneSines = laneCosines + 3 * lanes
      laneSums = laneSines + 3 * lanes
    }
  }

  // Forwards ------------------------------------------------------------------------------------

  /// Runs the circuit from its start.
  func forward(_ state: Pointer) throws(AnsatzError) {
    if let product {
      product.fill(state, rowBits: plan.rowBits)
    } else {
      try fillAmplitudes(state)
    }
    for window in windows {
      try StopFlag.checkRun()
      run(window, state)
    }
  }

  private func fillAmplitudes(_ state: Pointer) throws(AnsatzError) {
    guard case .amplitudes(let first, let count, let padding, let places) = program.start else {
      return
    }
    let size = Self.row << min(plan.rowBits, 12)
    pool.run(chunks: stateSize / size) { chunk in
      (state + chunk * size).update(repeating: 0, count: size)
    }
    let amplitudes = try StartAmplitudes(
      start[...].dropFirst(first).prefix(count), padding: padding, count: places.count,
      sample: evaluation.sample)
    for (place, value) in zip(places, amplitudes.normalized) {
      state[realPlace(place)] = S(value)
    }
  }

  /// Where the real part of a row's amplitude is; the imaginary part is W further on.
  func realPlace(_ index: Int) -> Int {
    (index >> plan.laneBits) * Self.row + (index & ((1 << plan.laneBits) - 1))
  }

  private func run(_ bound: BoundWindow<S>, _ state: Pointer) {
    let space = bound.window.space
    let inPlace = space.isContiguous && bound.entryScale == 1
    forEachJob(space.tileCount) { _, tiles in
      let scratch = Scratch(
        tileBits: inPlace ? 0 : space.bits, blockBits: bound.window.blockBits, states: 1)
      for index in tiles {
        let first = space.firstRow(ofTile: index)
        if inPlace {
          forward(bound, state + first * Self.row, firstRow: first, scratch)
        } else {
          load(space, state, first, into: scratch.ket, scale: bound.entryScale)
          forward(bound, scratch.ket, firstRow: first, scratch)
          store(space, scratch.ket, state, first, scale: 1)
        }
      }
    }
  }

  func load(_ space: TileSpace, _ state: Pointer, _ first: Int, into tile: Pointer, scale: Double) {
    kernels.loadTile(
      tile, state, space.chunkRows.pointer, Int32(first), space.chunkRows.count,
      1 << space.chunkBits, scale: scale)
  }

  func store(_ space: TileSpace, _ tile: Pointer, _ state: Pointer, _ first: Int, scale: Double) {
    kernels.storeTile(
      state, tile, space.chunkRows.pointer, Int32(first), space.chunkRows.count,
      1 << space.chunkBits, scale: scale)
  }

  private func forward(
    _ bound: BoundWindow<S>, _ tile: Pointer, firstRow: Int, _ scratch: Scratch
  ) {
    let blockSize = Self.row << bound.window.blockBits
    let turns = bound.turns
    bound.window.blockRows.withUnsafeBufferPointer { blockRows in
      for step in bound.steps {
        if step.hasBlocks {
          for index in 0..<blockRows.count {
            let (block, row) = (tile + index * blockSize, firstRow ^ blockRows[index])
            if let diagonal = step.diagonal {
              step.setLanes(
                turns, firstRow: row, cosines: scratch.laneCosines, sines: scratch.laneSines)
              diagonal.forEachGroup(firstRow: row, scratch: scratch.block, self) {
                group, table, factors, index in
                kernels.tileDiagonal(
                  block, table, factors, index, 1 << bound.window.blockBits,
                  lanes: group + 1 >= diagonal.groupCount ? step.laneSet : 0, scratch.laneCosines,
                  scratch.laneSines)
              }
            }
            for turn in step.inner {
              turns[turn].rotate(block, firstRow: row, inverted: false, self)
            }
          }
        }
        for turn in step.outer {
          turns[turn].rotate(tile, firstRow: firstRow, inverted: false, self)
        }
      }
    }
  }

  // Backwards -----------------------------------------------------------------------------------

  /// Carries ket and bra back to the start of the circuit's stages, and adds up the derivatives.
  ///
  /// - Parameters:
  ///   - ket: The final state; used up.
  ///   - bra: The observable applied to the final state; at the end, pulled back to the start, or
  ///     used up.
  ///   - derivatives: A number for each of the program's angles.
  func backward(
    ket: Pointer, bra: Pointer, needed: [Bool], derivatives: UnsafeMutablePointer<Double>
  ) throws(AnsatzError) {
    for (index, window) in windows.enumerated().reversed() {
      try StopFlag.checkRun()
      undo(
        window, ket: ket, bra: bra, keepsKet: index > 0, needed: needed, derivatives: derivatives)
    }
    product?.addGradient(
      bra: bra, rowBits: plan.rowBits, needed: needed, derivatives: derivatives)
  }

  private func undo(
    _ bound: BoundWindow<S>, ket: Pointer, bra: Pointer, keepsKet: Bool, needed: [Bool],
    derivatives: UnsafeMutablePointer<Double>
  ) {
    let space = bound.window.space
    let diagonals = bound.window.steps.map { $0.diagonal?.angles ?? [] }
    let lanes = Self.laneCount
    // For each job: the turns' sums, lane vector by lane vector, then the diagonals' sums.
    let width = bound.sumCount * lanes + diagonals.reduce(0) { $0 + $1.count }
    let jobs = Self.jobCount(space.tileCount)
    let totals = BufferPool.shared.take(max(1, jobs * width), of: Double.self)
    forEachJob(space.tileCount) { job, tiles in
      let own = totals.pointer + job * width
      own.update(repeating: 0, count: width)
      let scratch = Scratch(
        tileBits: space.isContiguous ? 0 : space.bits, blockBits: bound.window.blockBits, states: 2)
      let sums = BufferPool.shared.take(max(1, bound.sumCount * lanes), of: S.self)
      for index in tiles {
        let first = space.firstRow(ofTile: index)
        var (ketTile, braTile) = (scratch.ket, scratch.bra)
        if space.isContiguous {
          (ketTile, braTile) = (ket + first * Self.row, bra + first * Self.row)
        } else {
          load(space, ket, first, into: ketTile, scale: 1)
          load(space, bra, first, into: braTile, scale: 1)
        }
        sums.pointer.update(repeating: 0, count: bound.sumCount * lanes)
        backward(
          bound, ket: ketTile, bra: braTile, firstRow: first, scratch, sums: sums.pointer,
          diagonals: own + bound.sumCount * lanes)
        for i in 0..<bound.sumCount * lanes { own[i] += Double(sums.pointer[i]) }
        if !space.isContiguous {
          if keepsKet { store(space, ketTile, ket, first, scale: bound.entryScale) }
          store(space, braTile, bra, first, scale: bound.entryScale)
        } else if bound.entryScale != 1 {
          let scale = bound.entryScale
          kernels.scale(ketTile, ketTile, scale, 0, 1 << space.bits)
          kernels.scale(braTile, braTile, scale, 0, 1 << space.bits)
        }
      }
    }
    for i in 0..<width {
      for job in 1..<max(1, jobs) { totals.pointer[i] += totals.pointer[job * width + i] }
    }
    var (place, index) = (0, 0)
    for step in bound.window.steps {
      for turn in step.turns {
        for (bit, angle) in turn.angles.enumerated() {
          if let occurrence = angle.occurrence, needed[occurrence] {
            let sum = totals.pointer + (place + bit) * lanes
            let total = (0..<lanes).reduce(0.0) {
              parityIsOdd($1 & turn.laneSigns[bit]) ? $0 - sum[$1] : $0 + sum[$1]
            }
            derivatives[occurrence] += angle.factor * total * bound.gradientScales[index]
          }
        }
        place += turn.angles.count
        index += 1
      }
    }
    var sum = totals.pointer + bound.sumCount * lanes
    for angles in diagonals {
      for angle in angles {
        if let occurrence = angle.occurrence, needed[occurrence] {
          derivatives[occurrence] += angle.factor * sum[0]
        }
        sum += 1
      }
    }
  }

  private func backward(
    _ bound: BoundWindow<S>, ket: Pointer, bra: Pointer, firstRow: Int, _ scratch: Scratch,
    sums: Pointer, diagonals: UnsafeMutablePointer<Double>
  ) {
    let lanes = Self.laneCount
    let blockSize = Self.row << bound.window.blockBits
    let turns = bound.turns
    var diagonal =
      diagonals
      + bound.window.steps.reduce(0) {
        $0 + ($1.diagonal?.angles.count ?? 0)
      }
    func undo(_ index: Int, _ ket: Pointer, _ bra: Pointer, _ row: Int) {
      turns[index].addGradient(
        bra: bra, ket: ket, firstRow: row, sums: sums + turns[index].place * lanes,
        scratch: scratch.vector, self)
      turns[index].rotate(ket, firstRow: row, inverted: true, self)
      turns[index].rotate(bra, firstRow: row, inverted: true, self)
    }
    bound.window.blockRows.withUnsafeBufferPointer { blockRows in
      for stepIndex in bound.steps.indices.reversed() {
        let step = bound.steps[stepIndex]
        for turn in step.outer { undo(turn, ket, bra, firstRow) }
        guard step.hasBlocks else { continue }
        let own = bound.window.steps[stepIndex].diagonal
        diagonal -= own?.angles.count ?? 0
        for index in 0..<blockRows.count {
          let row = firstRow ^ blockRows[index]
          let (ketBlock, braBlock) = (ket + index * blockSize, bra + index * blockSize)
          for turn in step.inner { undo(turn, ketBlock, braBlock, row) }
          guard let own else { continue }
          step.setLanes(
            turns, firstRow: row, cosines: scratch.laneCosines, sines: scratch.laneSines)
          scratch.laneSums.update(repeating: 0, count: 3 * lanes)
          step.diagonal?.forEachGroup(firstRow: row, scratch: scratch.block, self) {
            group, table, factors, index in
            kernels.tileDiagonalBack(
              braBlock, ketBlock, table, factors, index, scratch.p, 1 << bound.window.blockBits,
              lanes: group == 0 ? step.laneSet : 0, scratch.laneCosines, scratch.laneSines,
              scratch.laneSums)
          }
          step.addLanes(turns, scratch.laneSums, firstRow: row, sums: sums)
          own.sums.addSums(
            scratch.p, firstRow: row, scratch: scratch.block, totals: diagonal, run: self)
        }
      }
    }
  }
}
