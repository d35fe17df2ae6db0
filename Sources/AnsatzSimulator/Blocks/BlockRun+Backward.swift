import AnsatzMath

extension BlockRun {
  /// Carries the observables back through one block whose states were kept.
  ///
  /// The upstream factors are in `scratch.observables`, a lane vector each. The derivatives in the
  /// slots' whole angles go to `scratch.derivatives`, a lane vector each, 0 where not wanted; at the end
  /// `scratch.bra` is the observable pulled back to the start if the start is data.
  ///
  /// - Parameters:
  ///   - prefixes: The levels of the starting product, or memory for them if they are not kept.
  ///   - wanted: Whether derivatives in weights and in inputs are wanted.
  func backward(
    _ block: Block, states: Pointer, prefixes: Pointer, wanted: BlockCode.Reach,
    _ scratch: Scratch
  ) {
    let lanes = Self.laneCount
    let (bra, derivatives) = (scratch.bra, scratch.derivatives)
    for i in 0..<lanes * code.slots.count { derivatives[i] = 0 }
    observe(states + code.stages.count * stateSize, scratch)
    let isFolded = foldsStart(block)
    // What is left of the bra in bit 0, if it is contracted with the first diagonal; no table of
    // lanes is made then.
    let lastBit = scratch.tableFactors
    for index in (0..<code.stages.count).reversed() {
      let stage = code.stages[index]
      let after = states + (index + 1) * stateSize
      for place in stage.groups.indices {
        let group = code.groups[place]
        guard group.reach.overlaps(wanted) else { continue }
        let reps = code.rows.base + Int(group.reps.first)
        let offsets = code.rows.base + Int(group.offsets)
        let own = derivatives + Int(group.slot) * lanes
        for base in group.bases.indices {
          kernels.rotationGradient(
            bra, after, reps, group.reps.count, code.rows[base], offsets, group.k, own)
        }
      }
      let isShifted = shifts(stage, block)
      rotate(bra, stage, block, isShifted: isShifted, inverted: true)
      guard stage.hasDiagonal else { continue }
      let before = after - stateSize
      if index == 0, isFolded {
        if !layout.keepsPrefixes {
          buildProduct(block, prefixes: prefixes, levels: code.rowBits - 1, destination: nil)
        }
        kernels.productDiagonalBack(
          bra, lastPrefix(prefixes), block.factors, sharedTable(0), scratch.imaginary, lastBit,
          rows / 2)
      } else if stage.isLaneDiagonal || isShifted {
        setLaneTable(stage, scale: isShifted ? 1 : scales[index], block, scratch)
        kernels.diagonalBackLanes(bra, before, scratch.table, scratch.imaginary, rows)
      } else {
        kernels.diagonalBack(bra, before, sharedTable(index), scratch.imaginary, rows)
      }
      for place in stage.diagonals.indices {
        let group = code.diagonals[place]
        guard group.reach.overlaps(wanted) else { continue }
        kernels.orderedSignedSums(
          scratch.imaginary, order(group.order), scratch.sums, code.rowBits, scratch.small)
        let own = derivatives + Int(group.slots.first) * lanes
        own.update(from: scratch.small, count: group.slots.count * lanes)
      }
    }
    if code.hasProduct {
      productBack(
        block, prefixes: prefixes, lastBit: isFolded ? lastBit : nil, wanted, scratch)
    }
  }

  /// scratch.bra ← (Σ_k upstream_k O_k)·ket
  private func observe(_ ket: Pointer, _ scratch: Scratch) {
    let (lanes, bits) = (Self.laneCount, code.rowBits)
    let (bra, upstream, values) = (scratch.bra, scratch.observables, scratch.small)
    let start = values + bits * lanes
    for lane in 0..<lanes { start[lane] = 0 }
    for k in 0..<code.constants.count where code.constants[k] != 0 {
      let constant = S(code.constants[k])
      for lane in 0..<lanes { start[lane] += constant * upstream[k * lanes + lane] }
    }
    let groups = code.readoutGroups
    if groups.count <= 1 {
      setWeights(groups.count == 0 ? nil : groups[0].uses, values, upstream)
      kernels.signedSpread(scratch.sums, bits, start, values)
      kernels.weigh(
        bra, ket, scratch.sums, groups.count == 0 ? nil : order(groups[0].order), rows)
    } else {
      // Several independent sets: their weights are added row by row.
      let total = scratch.imaginary
      for row in 0..<rows { (total + row * lanes).update(from: start, count: lanes) }
      for lane in 0..<lanes { start[lane] = 0 }
      for place in 0..<groups.count {
        setWeights(groups[place].uses, values, upstream)
        kernels.signedSpread(scratch.sums, bits, start, values)
        let order = order(groups[place].order)
        for row in 0..<rows {
          let target = total + (order.map { Int($0[row]) } ?? row) * lanes
          let own = scratch.sums + row * lanes
          for lane in 0..<lanes { target[lane] += own[lane] }
        }
      }
      kernels.weigh(bra, ket, total, nil, rows)
    }
    for place in 0..<code.words.count {
      let word = code.words[place]
      for lane in 0..<lanes { start[lane] = 0 }
      for index in word.uses.indices { addWeight(code.uses[index], upstream, to: start) }
      if word.yCount & 2 != 0 { for lane in 0..<lanes { start[lane] = -start[lane] } }
      kernels.wordAdd(
        bra, ket, rows, x: word.x, z: word.z, isImaginary: word.yCount & 1 == 1, start)
    }
  }

  /// The weight of each parity, a lane vector each.
  private func setWeights(
    _ uses: BlockCode.Range32?, _ values: Pointer, _ upstream: Pointer
  ) {
    let lanes = Self.laneCount
    for i in 0..<code.rowBits * lanes { values[i] = 0 }
    guard let uses else { return }
    for index in uses.indices {
      addWeight(code.uses[index], upstream, to: values + Int(code.uses[index].bit) * lanes)
    }
  }

  private func addWeight(_ use: BlockCode.Use, _ upstream: Pointer, to place: Pointer) {
    let factor = S(use.factor)
    let own = upstream + Int(use.observable) * Self.laneCount
    for lane in 0..<Self.laneCount { place[lane] += factor * own[lane] }
  }

  /// The gradients of the gates in the starting product, bit by bit from the least significant: what
  /// is left of the bra when all other bits are contracted is a bra of one bit.
  ///
  /// - Parameter lastBit: That of bit 0, if it is contracted already and the prefixes are there.
  private func productBack(
    _ block: Block, prefixes: Pointer, lastBit: Pointer?, _ wanted: BlockCode.Reach,
    _ scratch: Scratch
  ) {
    let (lanes, bits) = (Self.laneCount, code.rowBits)
    var last = bits - 1
    while last >= 0, !code.gateReaches[last].overlaps(wanted) { last -= 1 }
    guard last >= 0 else { return }
    if lastBit == nil, !layout.keepsPrefixes {
      buildProduct(block, prefixes: prefixes, levels: bits - 1, destination: nil)
    }
    for bit in 0...last {
      let h = bit == 0 ? lastBit ?? scratch.small : scratch.small
      let count = 1 << (bits - 1 - bit)
      let prefix = prefixes + (count - 1) * 2 * lanes
      let factor = block.factors + 4 * bit * lanes
      if bit > 0 || lastBit == nil {
        kernels.productBack(scratch.bra, prefix, factor, h, count)
      }
      guard code.gateReaches[bit].overlaps(wanted) else { continue }
      let first = Int(code.gateRanges[bit])
      kernels.productGatesBack(
        scratch.derivatives + first * lanes, h, factor, Int(code.gateRanges[bit + 1]) - first,
        gates + 2 * first, shared: (cosineRows, sineRows), lanes: (block.cosines, block.sines))
    }
  }
}
