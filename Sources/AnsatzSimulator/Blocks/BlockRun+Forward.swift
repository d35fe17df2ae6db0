import AnsatzMath

extension BlockRun {
  /// Runs one bound block.
  ///
  /// - Parameters:
  ///   - states: Where the states after the start and after each stage go, one after the other, or
  ///     all to the same place if they are not kept.
  ///   - prefixes: Where the levels of the starting product go.
  func forward(
    _ block: Block, states: Pointer, prefixes: Pointer, keeping: Bool, _ scratch: Scratch
  ) throws(AnsatzError) {
    let isFolded = foldsStart(block)
    if isFolded {
      buildProduct(block, prefixes: prefixes, levels: code.rowBits - 1, destination: nil)
    } else if code.hasProduct {
      buildProduct(block, prefixes: prefixes, levels: code.rowBits, destination: states)
    } else {
      try setAmplitudes(block, states)
    }
    var source = states
    for index in 0..<code.stages.count {
      let stage = code.stages[index]
      let isShifted = shifts(stage, block)
      let destination = keeping ? source + stateSize : source
      if index == 0, isFolded {
        kernels.productDiagonal(
          destination, lastPrefix(prefixes), block.factors, sharedTable(0), rows / 2)
      } else if !stage.hasDiagonal {
        if keeping { destination.update(from: source, count: stateSize) }
      } else if stage.isLaneDiagonal || isShifted {
        setLaneTable(stage, scale: isShifted ? 1 : scales[index], block, scratch)
        kernels.diagonalLanes(destination, source, scratch.table, rows)
      } else {
        kernels.diagonal(destination, source, sharedTable(index), rows)
      }
      rotate(destination, stage, block, isShifted: isShifted, inverted: false)
      source = destination
    }
  }

  /// Whether the first diagonal is applied, and undone, together with the last bit of the starting
  /// product, so that the start itself is never stored.
  func foldsStart(_ block: Block) -> Bool {
    guard code.hasProduct, code.stages.count > 0 else { return false }
    let first = code.stages[0]
    return first.hasDiagonal && !first.isLaneDiagonal && !shifts(first, block)
  }

  /// The product of all bits but the last.
  func lastPrefix(_ prefixes: Pointer) -> Pointer {
    prefixes + (rows / 2 - 1) * 2 * Self.laneCount
  }

  /// A stage's rotations. The inverse is the same turn with the members of each pair in the other
  /// roles.
  func rotate(
    _ state: Pointer, _ stage: BlockCode.Stage, _ block: Block, isShifted: Bool, inverted: Bool
  ) {
    for place in stage.groups.indices {
      let group = code.groups[place]
      let reps = code.rows.base + Int(group.reps.first)
      let offsets = code.rows.base + Int(group.offsets) + (inverted ? 1 << Int(group.k) : 0)
      let slot = Int(group.slot)
      for base in group.bases.indices {
        if group.isLane || isShifted {
          let lane = lanePlace(group.slot)
          kernels.rotateLanes(
            state, reps, group.reps.count, code.rows[base], offsets, group.k,
            block.cosines + lane, block.sines + lane)
        } else if group.isLift {
          kernels.rotateLift(
            state, reps, group.reps.count, code.rows[base], offsets, group.k, lifts + slot,
            flags[place])
        } else {
          kernels.rotateLanes(
            state, reps, group.reps.count, code.rows[base], offsets, group.k,
            cosineRows + slot * Self.laneCount, sineRows + slot * Self.laneCount)
        }
      }
    }
  }

  /// The products of the most significant bits' parts, level by level: 1, 2, 4, … rows, one after the
  /// other. With `levels` bits done, the last level goes to `destination` if there is one.
  func buildProduct(_ block: Block, prefixes: Pointer, levels: Int, destination: Pointer?) {
    let lanes = Self.laneCount
    let row = 2 * lanes
    for lane in 0..<lanes { (prefixes[lane], prefixes[lanes + lane]) = (1, 0) }
    var source = prefixes
    for step in 0..<levels {
      let count = 1 << step
      var next = source + count * row
      if step == levels - 1, let destination { next = destination }
      kernels.product(next, source, block.factors + 2 * row * (code.rowBits - 1 - step), count)
      source = next
    }
  }

  private func setAmplitudes(_ block: Block, _ state: Pointer) throws(AnsatzError) {
    guard case .amplitudes(let first, let count, let padding, let places) = program.start else {
      return
    }
    let lanes = Self.laneCount
    for i in 0..<stateSize { state[i] = 0 }
    for lane in 0..<lanes {
      let sample = evaluation(lane, block).sample
      let start = try StartAmplitudes(
        values.inputs.row(sample).dropFirst(first).prefix(count), padding: padding,
        count: places.count, sample: sample)
      for (place, value) in zip(places, start.normalized) {
        state[place * 2 * lanes + lane] = S(value)
      }
    }
  }

  /// The expectation values in a final state, a lane vector an observable, in `scratch.observables`.
  func expectations(_ state: Pointer, _ scratch: Scratch) {
    let lanes = Self.laneCount
    let results = scratch.observables
    for k in 0..<code.constants.count {
      let constant = S(code.constants[k])
      for lane in 0..<lanes { results[k * lanes + lane] = constant }
    }
    for place in 0..<code.readoutGroups.count {
      let group = code.readoutGroups[place]
      kernels.probabilities(state, order(group.order), scratch.sums, rows)
      kernels.signedSums(scratch.sums, code.rowBits, scratch.small)
      add(group.uses, scratch.small, sign: 1, to: results)
    }
    for place in 0..<code.words.count {
      let word = code.words[place]
      let isImaginary = word.yCount & 1 == 1
      for lane in 0..<lanes { scratch.small[lane] = 0 }
      kernels.wordSum(
        state, state, rows, x: word.x, z: word.z, isImaginary: isImaginary, scratch.small)
      // i to the power of the Y's, and the real part of i z is -Im z.
      let sign: S = (word.yCount & 2 == 0) != isImaginary ? 1 : -1
      add(word.uses, scratch.small, sign: sign, to: results)
    }
  }

  private func add(_ uses: BlockCode.Range32, _ sums: Pointer, sign: S, to results: Pointer) {
    let lanes = Self.laneCount
    for index in uses.indices {
      let use = code.uses[index]
      let factor = sign * S(use.factor)
      let (place, own) = (results + Int(use.observable) * lanes, sums + Int(use.bit) * lanes)
      for lane in 0..<lanes { place[lane] += factor * own[lane] }
    }
  }
}
