import AnsatzMath

extension PlanRun {
  /// Label bits of one job's piece of a readout.
  private var pieceBits: Int { isBatch ? plan.rowBits : min(plan.rowBits, 12) }

  /// The expectation values in a final state, observable by observable: each a lane vector in a
  /// batch, else a number in lane 0.
  func expectations(_ state: Pointer, into results: Pointer, _ workspace: inout Workspace<S>) {
    let lanes = Self.laneCount
    for (k, constant) in plan.constants.enumerated() {
      for lane in 0..<lanes { results[k * lanes + lane] = S(constant) }
    }
    let sums = workspace.take((plan.rowBits + 1) * lanes)
    let total = sums + plan.rowBits * lanes
    for (basis, words) in plan.readout.groups {
      signedProbabilities(state, basis, into: sums)
      for (bit, list) in words.enumerated() {
        for word in list { add(word, sums + bit * lanes, 1, to: results) }
      }
    }
    if !plan.readout.laneWords.isEmpty {
      if plan.readout.groups.isEmpty {
        signedProbabilities(state, BitBasis([], bitCount: plan.rowBits), into: sums)
      }
      for word in plan.readout.laneWords { add(word, total, 1, to: results) }
    }
    for (x, z, yCount, word) in plan.readout.general {
      let isImaginary = yCount & 1 == 1
      sumOverJobs((rows + Self.jobRows - 1) / Self.jobRows, vectors: 1, into: sums) { job, own in
        let first = job * Self.jobRows
        kernels.wordSum(
          state, state, first, min(Self.jobRows, rows - first), Int32(x.row), Int32(x.lane),
          Int32(z.row), isImaginary ? 1 : 0, own)
      }
      // i to the power of the Y's, and the real part of i z is -Im z.
      let sign: S = (yCount & 2 == 0) != isImaginary ? 1 : -1
      add(word, sums, sign, to: results)
    }
  }

  private func add(_ word: Plan.Readout.Word, _ sums: Pointer, _ sign: S, to results: Pointer) {
    let lanes = Self.laneCount
    for use in word.uses {
      let factor = sign * S(word.sign * use.coefficient)
      let place = results + use.observable * lanes
      if isBatch {
        for lane in 0..<lanes { place[lane] += factor * sums[lane] }
      } else {
        place[0] += factor * signedTotal(sums, word.lane)
      }
    }
  }

  /// Σ over lanes with the sign of the lanes' parity.
  func signedTotal(_ vector: Pointer, _ mask: Int) -> S {
    var total: S = 0
    for lane in 0..<Self.laneCount {
      total += parityIsOdd(lane & mask) ? -vector[lane] : vector[lane]
    }
    return total
  }

  /// Σ over rows of ±|ψ|² for every parity of a basis, then the sum of all, each a lane vector.
  private func signedProbabilities(_ state: Pointer, _ basis: BitBasis, into sums: Pointer) {
    let (lanes, bits) = (Self.laneCount, plan.rowBits)
    let low = pieceBits
    basis.withOrder { order in
      sumOverJobs(1 << (bits - low), vectors: bits + 1, into: sums) { job, own in
        let p = BufferPool.shared.take(lanes << low, of: S.self)
        let first = job << low
        if let order {
          kernels.probabilities(state, order + first, p.pointer, 1 << low)
        } else {
          kernels.probabilities(state + first * 2 * lanes, nil, p.pointer, 1 << low)
        }
        kernels.signedSums(p.pointer, Int32(low), own)
        for bit in low..<bits {
          let isNegated = job >> (bit - low) & 1 == 1
          for lane in 0..<lanes {
            own[bit * lanes + lane] = isNegated ? -p.pointer[lane] : p.pointer[lane]
          }
        }
        for lane in 0..<lanes { own[bits * lanes + lane] = p.pointer[lane] }
      }
    }
  }

  /// bra ← (Σ_k upstream_k O_k)·ket
  func observe(
    _ ket: Pointer, bra: Pointer, upstream: Pointer, _ workspace: inout Workspace<S>
  ) {
    let (lanes, bits) = (Self.laneCount, plan.rowBits)
    let values = workspace.take((bits + 1) * lanes)
    let start = values + bits * lanes
    for lane in 0..<lanes {
      start[lane] = plan.constants.indices.reduce(0) {
        $0 + S(plan.constants[$1]) * upstream[$1 * lanes + (isBatch ? lane : 0)]
      }
    }
    for word in plan.readout.laneWords { add(weight: word, upstream, to: start) }
    let groups = plan.readout.groups
    if groups.count <= 1 {
      setWeights(values, groups.first?.words ?? [], upstream)
      let basis = groups.first?.basis ?? BitBasis([], bitCount: bits)
      basis.withOrder { order in
        forEachPiece(values, start) { first, w, count in
          if let order {
            kernels.weigh(bra, ket, w, order + first, count)
          } else {
            let place = first * 2 * lanes
            kernels.weigh(bra + place, ket + place, w, nil, count)
          }
        }
      }
    } else {
      addWeights(groups, values: values, start: start, upstream, ket: ket, bra: bra)
    }
    for (x, z, yCount, word) in plan.readout.general {
      let weights = workspace.take(lanes)
      for lane in 0..<lanes { weights[lane] = 0 }
      add(weight: word, upstream, setting: weights, x: x.lane, z: z.lane)
      if yCount & 2 != 0 { for lane in 0..<lanes { weights[lane] = -weights[lane] } }
      forEachJob(rows) { first, count in
        kernels.wordAdd(
          bra, ket, first, count, Int32(x.row), Int32(x.lane), Int32(z.row),
          Int32(yCount & 1), weights)
      }
    }
  }

  /// Several independent sets: their weights are added row by row.
  private func addWeights(
    _ groups: [(basis: BitBasis, words: [[Plan.Readout.Word]])], values: Pointer, start: Pointer,
    _ upstream: Pointer, ket: Pointer, bra: Pointer
  ) {
    let lanes = Self.laneCount
    let total = BufferPool.shared.take(rows * lanes, of: S.self)
    for row in 0..<rows {
      (total.pointer + row * lanes).update(from: start, count: lanes)
    }
    for lane in 0..<lanes { start[lane] = 0 }
    for (basis, words) in groups {
      setWeights(values, words, upstream)
      forEachPiece(values, start) { first, w, count in
        for i in 0..<count {
          let row = basis.order.map { Int($0[first + i]) } ?? first + i
          for lane in 0..<lanes { total.pointer[row * lanes + lane] += w[i * lanes + lane] }
        }
      }
    }
    kernels.weigh(bra, ket, total.pointer, nil, rows)
  }

  /// The weight of each parity, a lane vector each.
  private func setWeights(
    _ values: Pointer, _ words: [[Plan.Readout.Word]], _ upstream: Pointer
  ) {
    for i in 0..<plan.rowBits * Self.laneCount { values[i] = 0 }
    for (bit, list) in words.enumerated() {
      for word in list { add(weight: word, upstream, to: values + bit * Self.laneCount) }
    }
  }

  private func add(weight word: Plan.Readout.Word, _ upstream: Pointer, to place: Pointer) {
    let lanes = Self.laneCount
    for use in word.uses {
      let factor = S(word.sign * use.coefficient)
      for lane in 0..<lanes {
        let value = factor * upstream[use.observable * lanes + (isBatch ? lane : 0)]
        place[lane] += parityIsOdd(lane & word.lane) ? -value : value
      }
    }
  }

  /// A word's weight for the lanes it moves to, with the signs of the lanes it comes from.
  private func add(
    weight word: Plan.Readout.Word, _ upstream: Pointer, setting weights: Pointer, x: Int, z: Int
  ) {
    let lanes = Self.laneCount
    for use in word.uses {
      let factor = S(word.sign * use.coefficient)
      for lane in 0..<lanes {
        let value = factor * upstream[use.observable * lanes + (isBatch ? lane : 0)]
        weights[lane] += parityIsOdd((lane ^ x) & z) ? -value : value
      }
    }
  }

  /// Visits the weights Σ_b ±values[b] + start of all labels, piece by piece.
  private func forEachPiece(
    _ values: Pointer, _ start: Pointer, _ body: (_ first: Int, _ w: Pointer, _ count: Int) -> Void
  ) {
    let (lanes, low) = (Self.laneCount, pieceBits)
    forEach(1 << (plan.rowBits - low)) { piece in
      let w = BufferPool.shared.take((lanes << low) + lanes, of: S.self)
      let own = w.pointer + (lanes << low)
      own.update(from: start, count: lanes)
      for bit in low..<plan.rowBits {
        let isNegated = piece >> (bit - low) & 1 == 1
        for lane in 0..<lanes {
          let value = values[bit * lanes + lane]
          own[lane] += isNegated ? -value : value
        }
      }
      kernels.signedSpread(w.pointer, Int32(low), own, values)
      body(piece << low, w.pointer, 1 << low)
    }
  }
}
