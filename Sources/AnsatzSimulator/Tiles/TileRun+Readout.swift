import AnsatzMath

extension TileRun {
  /// The expectation values in a final state, observable by observable.
  func expectations(_ state: Pointer) -> [Double] {
    let readout = plan.readout
    var results = readout.constants
    guard !readout.words.isEmpty else { return results }
    for pass in readout.passes {
      let width = readout.words.count
      let jobs = Self.jobCount(pass.space.tileCount)
      let totals = BufferPool.shared.take(jobs * width, of: Double.self)
      forEachJob(pass.space.tileCount) { job, tiles in
        let own = totals.pointer + job * width
        own.update(repeating: 0, count: width)
        let scratch = Scratch(
          tileBits: pass.space.isContiguous ? 0 : pass.space.bits, blockBits: pass.blockBits,
          states: 1)
        let parities = BufferPool.shared.take(max(1, pass.parityIndices.count), of: Double.self)
        parities.pointer.update(repeating: 0, count: pass.parityIndices.count)
        for index in tiles {
          let first = pass.space.firstRow(ofTile: index)
          var tile = state + first * 2 * Self.laneCount
          if !pass.space.isContiguous {
            tile = scratch.ket
            load(pass.space, state, first, into: tile, scale: 1)
          }
          measure(pass, tile, firstRow: first, scratch, totals: own, parities: parities.pointer)
        }
        for (place, index) in pass.parityIndices.enumerated() {
          own[index] += parities.pointer[place]
        }
      }
      for job in 0..<jobs {
        for (index, word) in readout.words.enumerated() {
          let value = word.sign * totals.pointer[job * width + index]
          for use in word.uses { results[use.observable] += use.coefficient * value }
        }
      }
    }
    return results
  }

  private func measure(
    _ pass: TileReadout.Pass, _ tile: Pointer, firstRow: Int, _ scratch: Scratch,
    totals: UnsafeMutablePointer<Double>, parities: UnsafeMutablePointer<Double>
  ) {
    let blockRows = 1 << pass.blockBits
    if !pass.parities.isEmpty || !pass.inner.isEmpty {
      for (index, offset) in pass.blockRows.enumerated() {
        let block = tile + index * blockRows * 2 * Self.laneCount
        let row = firstRow ^ offset
        for word in pass.inner {
          measure(word, block, rows: blockRows, firstRow: row, scratch, totals)
        }
        guard !pass.parities.isEmpty else { continue }
        kernels.probabilities(block, nil, scratch.p, blockRows)
        pass.parities.addSums(
          scratch.p, firstRow: row, scratch: scratch.block, totals: parities, run: self)
      }
    }
    for word in pass.outer {
      measure(word, tile, rows: 1 << pass.space.bits, firstRow: firstRow, scratch, totals)
    }
  }

  private func measure(
    _ word: TileReadout.PairWord, _ state: Pointer, rows: Int, firstRow: Int, _ scratch: Scratch,
    _ totals: UnsafeMutablePointer<Double>
  ) {
    let lanes = Self.laneCount
    let sum = scratch.vector
    for lane in 0..<lanes { sum[lane] = 0 }
    kernels.wordSum(
      state, state, 0, rows, word.x, Int32(word.xLane), Int32(word.zLocal & (rows - 1)),
      word.isImaginary ? 1 : 0, sum)
    var total = 0.0
    for lane in 0..<lanes {
      total += parityIsOdd(lane & word.zLane) ? -Double(sum[lane]) : Double(sum[lane])
    }
    totals[word.index] += parityIsOdd(word.z & firstRow) ? -word.sign * total : word.sign * total
  }

  /// bra ← (Σ_k upstream_k O_k)·ket
  func observe(_ ket: Pointer, bra: Pointer, upstream: [Double]) {
    let readout = plan.readout
    let weights = readout.words.map { word in
      word.uses.reduce(0.0) { $0 + word.sign * $1.coefficient * upstream[$1.observable] }
    }
    let constant = zip(readout.constants, upstream).reduce(0.0) { $0 + $1.0 * $1.1 }
    for (passIndex, pass) in readout.passes.enumerated() {
      let isFirst = passIndex == 0
      let lanes = Self.laneCount
      // The weight of each pair word by the lane it moves to, and its negative.
      let vectors = pass.inner + pass.outer
      let words = BufferPool.shared.take(max(1, 2 * vectors.count * lanes), of: S.self)
      for (place, word) in vectors.enumerated() {
        for lane in 0..<lanes {
          let isNegated = parityIsOdd((lane ^ word.xLane) & word.zLane)
          // i to the power of the Y's, of which the imaginary i is the kernel's.
          let weight = weights[word.index] * (word.isImaginary ? -word.sign : word.sign)
          let own = S(isNegated ? -weight : weight)
          words.pointer[2 * place * lanes + lane] = own
          words.pointer[(2 * place + 1) * lanes + lane] = -own
        }
      }
      let parityWeights = pass.parityIndices.map { weights[$0] }
      forEachJob(pass.space.tileCount) { _, tiles in
        let scratch = Scratch(
          tileBits: pass.space.isContiguous ? 0 : pass.space.bits, blockBits: pass.blockBits,
          states: 2)
        for index in tiles {
          let first = pass.space.firstRow(ofTile: index)
          var (ketTile, braTile) = (ket + first * 2 * lanes, bra + first * 2 * lanes)
          if !pass.space.isContiguous {
            (ketTile, braTile) = (scratch.ket, scratch.bra)
            load(pass.space, ket, first, into: ketTile, scale: 1)
            if !isFirst { load(pass.space, bra, first, into: braTile, scale: 1) }
          }
          let blockRows = 1 << pass.blockBits
          for (place, offset) in pass.blockRows.enumerated() {
            let (at, row) = (place * blockRows * 2 * lanes, first ^ offset)
            if isFirst {
              parityWeights.withUnsafeBufferPointer { weights in
                withUnsafePointer(to: 0.0) { none in
                  pass.parities.spread(
                    weights.baseAddress ?? none, constant: constant, firstRow: row,
                    scratch: scratch.block, into: scratch.p, run: self)
                }
              }
              kernels.weigh(braTile + at, ketTile + at, scratch.p, nil, blockRows)
            }
            for (index, word) in pass.inner.enumerated() {
              add(
                word, words.pointer + 2 * index * lanes, ketTile + at, braTile + at,
                rows: blockRows, firstRow: row)
            }
          }
          for (index, word) in pass.outer.enumerated() {
            add(
              word, words.pointer + 2 * (pass.inner.count + index) * lanes, ketTile, braTile,
              rows: 1 << pass.space.bits, firstRow: first)
          }
          if !pass.space.isContiguous { store(pass.space, braTile, bra, first, scale: 1) }
        }
      }
    }
  }

  private func add(
    _ word: TileReadout.PairWord, _ weights: Pointer, _ ket: Pointer, _ bra: Pointer, rows: Int,
    firstRow: Int
  ) {
    let own = parityIsOdd(word.z & firstRow) ? weights + Self.laneCount : weights
    kernels.wordAdd(
      bra, ket, 0, rows, word.x, Int32(word.xLane), Int32(word.zLocal & (rows - 1)),
      word.isImaginary ? 1 : 0, own)
  }
}
