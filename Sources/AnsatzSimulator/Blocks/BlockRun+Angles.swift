import AnsatzMath

// The binding of angles: once for what all lanes share, then block by block.
extension BlockRun {
  /// Evaluates every slot, and makes lifts and tables of those that all lanes share.
  func bindShared(pool: ThreadPool) {
    values.weights.withUnsafeBufferPointer { weights in
      for index in 0..<code.angles.count {
        let angle = code.angles[index]
        if angle.isAffine {
          var total = angle.constant
          for place in angle.weights.indices {
            let term = code.angleTerms[place]
            total += term.factor * weights[Int(term.variable)]
          }
          sharedAngles[index] = total
        } else {
          let expression = program.angles[index].expression
          sharedAngles[index] =
            expression.dependsOnInputs
            ? 0
            : expression.value(inputs: UnsafeBufferPointer(start: nil, count: 0), weights: weights)
        }
      }
    }
    for index in 0..<code.slots.count {
      let slot = code.slots[index]
      var total = slot.constant
      for place in slot.terms.indices {
        let term = code.slotTerms[place]
        total += term.factor * sharedAngles[Int(term.angle)]
      }
      half[index] = total / 2
    }
    kernels.exactCosinesSines(half, cosines, sines, code.slots.count)
    for slot in 0..<code.gateCount { setRows(slot) }
    for index in 0..<code.stages.count { bindRotations(index) }
    let size = code.stages.count << code.rowBits
    if size >= 1 << 11 {
      pool.runByWorker(chunks: code.stages.count) { bindTable($0, scratch($1)) }
    } else {
      let scratch = scratch(0)
      for index in 0..<code.stages.count { bindTable(index, scratch) }
    }
  }

  private func setRows(_ slot: Int) {
    let lanes = Self.laneCount
    let (c, s) = (S(cosines[slot]), S(sines[slot]))
    for lane in 0..<lanes {
      cosineRows[slot * lanes + lane] = c
      sineRows[slot * lanes + lane] = s
    }
  }

  /// A stage's rotations as lifts, whose scale its diagonal takes, or else as they are.
  private func bindRotations(_ index: Int) {
    let stage = code.stages[index]
    var scale = 1.0
    for place in stage.groups.indices {
      let group = code.groups[place]
      if group.isLane { continue }
      var swapped: Int32 = 0
      for bit in 0..<group.k {
        let slot = Int(group.slot + bit)
        if !group.isLift {
          setRows(slot)
          continue
        }
        let (c, s) = (cosines[slot], sines[slot])
        // The larger of the two is divided by, so a lift is never above 1.
        if abs(s) > abs(c) {
          lifts[slot] = S(c / s)
          swapped |= 1 << bit
          scale *= s
        } else {
          lifts[slot] = S(s / c)
          scale *= c
        }
      }
      flags[place] = swapped
    }
    scales[index] = scale
  }

  /// A shared diagonal as one table of (re, im) pairs.
  private func bindTable(_ index: Int, _ scratch: Scratch) {
    let stage = code.stages[index]
    guard stage.hasDiagonal, !stage.isLaneDiagonal else { return }
    let bits = code.rowBits
    let table = sharedTable(index)
    let factors = scratch.tableFactors
    var isStarted = false
    for place in stage.diagonals.indices {
      let group = code.diagonals[place]
      let first = Int(group.slots.first)
      for bit in 0..<bits {
        let isUsed = bit < group.slots.count
        factors[2 * bit] = isUsed ? S(cosines[first + bit]) : 1
        factors[2 * bit + 1] = isUsed ? -S(sines[first + bit]) : 0
      }
      // The first is built in place if its order allows; the others are multiplied in.
      if !isStarted, group.order < 0 {
        kernels.phaseTable(table, bits, scales[index], factors)
      } else {
        if !isStarted { fill(table, S(scales[index]), 0) }
        kernels.phaseTable(scratch.otherTable, bits, 1, factors)
        kernels.tableMultiply(table, scratch.otherTable, order(group.order), rows)
      }
      isStarted = true
    }
    if !isStarted { fill(table, S(scales[index]), 0) }
  }

  private func fill(_ table: Pointer, _ re: S, _ im: S) {
    for row in 0..<rows { (table[2 * row], table[2 * row + 1]) = (re, im) }
  }

  func sharedTable(_ stage: Int) -> Pointer { tables + stage * (2 << code.rowBits) }

  func order(_ place: Int32) -> UnsafePointer<Int32>? {
    place < 0 ? nil : code.rows.base + Int(place)
  }

  // One block -----------------------------------------------------------------------------------

  /// Evaluates the slots of a block that differ from lane to lane, and its starting product.
  func bind(_ block: Block, _ scratch: Scratch) {
    let lanes = Self.laneCount
    let list = laneSlots
    if list.count > 0 {
      setInputs(block, scratch)
      setAngles(block, scratch)
      for place in 0..<list.count {
        let slot = code.slots[list[place]]
        let out = scratch.half + place * lanes
        for lane in 0..<lanes { out[lane] = slot.constant / 2 }
        for index in slot.terms.indices {
          let term = code.slotTerms[index]
          let own = scratch.angles + Int(term.angle) * lanes
          let factor = term.factor / 2
          for lane in 0..<lanes { out[lane] += factor * own[lane] }
        }
      }
      kernels.cosinesSines(scratch.half, block.cosines, block.sines, list.count * lanes)
    }
    guard code.hasProduct else { return }
    kernels.productGates(
      block.factors, code.rowBits, code.gateRanges.base, gates, shared: (cosineRows, sineRows),
      lanes: (block.cosines, block.sines))
  }

  var gates: UnsafePointer<Int32> { isShifted ? code.laneGates.base : code.gates.base }

  private func setInputs(_ block: Block, _ scratch: Scratch) {
    let lanes = Self.laneCount
    let count = layout.inputs
    values.inputs.elements.withUnsafeBufferPointer { inputs in
      for lane in 0..<lanes {
        let row = evaluation(lane, block).sample * count
        for i in 0..<count { scratch.inputs[i * lanes + lane] = Double(inputs[row + i]) }
      }
    }
  }

  /// Lanes beyond the last evaluation repeat it; nobody reads them.
  func evaluation(_ lane: Int, _ block: Block) -> Evaluation {
    evaluations[block.first + min(lane, block.count - 1)]
  }

  /// The program's angles in the lanes: those that depend on inputs, or all if any is shifted.
  private func setAngles(_ block: Block, _ scratch: Scratch) {
    let lanes = Self.laneCount
    let others = isShifted ? code.allAngles : code.mixedAngles
    for place in 0..<others.count {
      let index = Int(others[place])
      for lane in 0..<lanes { scratch.angles[index * lanes + lane] = sharedAngles[index] }
    }
    for place in 0..<code.laneAngles.count {
      let index = Int(code.laneAngles[place])
      let angle = code.angles[index]
      let out = scratch.angles + index * lanes
      guard angle.isAffine else {
        setByExpression(index, out, scratch)
        continue
      }
      for lane in 0..<lanes { out[lane] = sharedAngles[index] }
      for term in angle.inputs.indices {
        let (variable, factor) = (Int(code.angleTerms[term].variable), code.angleTerms[term].factor)
        let input = scratch.inputs + variable * lanes
        for lane in 0..<lanes { out[lane] += factor * input[lane] }
      }
    }
    guard isShifted else { return }
    for lane in 0..<block.count {
      evaluation(lane, block).forEachShift { shift in
        scratch.angles[shift.occurrence * lanes + lane] += shift.amount
      }
    }
  }

  private func setByExpression(_ index: Int, _ out: Numbers, _ scratch: Scratch) {
    let lanes = Self.laneCount
    let count = layout.inputs
    values.weights.withUnsafeBufferPointer { weights in
      for lane in 0..<lanes {
        for i in 0..<count { scratch.row[i] = scratch.inputs[i * lanes + lane] }
        out[lane] = program.angles[index].expression.value(
          inputs: UnsafeBufferPointer(start: scratch.row, count: count), weights: weights)
      }
    }
  }

  /// Whether an evaluation of the block shifts an angle of the stage, which then runs lane by lane.
  func shifts(_ stage: BlockCode.Stage, _ block: Block) -> Bool {
    guard isShifted else { return false }
    for lane in 0..<block.count {
      var isHere = false
      evaluation(lane, block).forEachShift { shift in
        for slot in stage.slots.indices {
          for term in code.slots[slot].terms.indices
          where Int(code.slotTerms[term].angle) == shift.occurrence {
            isHere = true
          }
        }
      }
      if isHere { return true }
    }
    return false
  }

  /// Where a slot's lane vectors are in a block.
  @inline(__always)
  func lanePlace(_ slot: Int32) -> Int {
    (isShifted ? Int(slot) : Int(code.lanePlaces[slot])) * Self.laneCount
  }

  /// A stage's diagonal in one block as a table of rows.
  ///
  /// - Parameter scale: What the stage's lifts leave out.
  func setLaneTable(
    _ stage: BlockCode.Stage, scale: Double, _ block: Block, _ scratch: Scratch
  ) {
    let (lanes, bits) = (Self.laneCount, code.rowBits)
    let start = scratch.tableFactors
    let factors = start + 2 * lanes
    setRow(start, S(scale), 0)
    var isStarted = false
    for place in stage.diagonals.indices {
      let group = code.diagonals[place]
      for bit in 0..<bits {
        let factor = factors + 2 * bit * lanes
        if bit < group.slots.count {
          setPhase(factor, group.slots.first + Int32(bit), scale: 1, block)
        } else {
          setRow(factor, 1, 0)
        }
      }
      if !isStarted, group.order < 0 {
        kernels.phaseTableLanes(scratch.table, bits, start, factors)
      } else {
        if !isStarted { repeatRow(start, scratch.table) }
        setRow(start, 1, 0)
        kernels.phaseTableLanes(scratch.otherTable, bits, start, factors)
        kernels.tableMultiplyLanes(
          scratch.table, scratch.otherTable, order(group.order), rows)
      }
      isStarted = true
      setRow(start, 1, 0)
    }
    if !isStarted { repeatRow(start, scratch.table) }
  }

  /// e^{-iα/2} times the scale.
  private func setPhase(_ row: Pointer, _ slot: Int32, scale: S, _ block: Block) {
    let lanes = Self.laneCount
    let place = lanePlace(slot)
    for lane in 0..<lanes {
      row[lane] = scale * block.cosines[place + lane]
      row[lanes + lane] = -scale * block.sines[place + lane]
    }
  }

  private func setRow(_ row: Pointer, _ re: S, _ im: S) {
    let lanes = Self.laneCount
    for lane in 0..<lanes { (row[lane], row[lanes + lane]) = (re, im) }
  }

  private func repeatRow(_ row: Pointer, _ table: Pointer) {
    let size = 2 * Self.laneCount
    for index in 0..<rows { (table + index * size).update(from: row, count: size) }
  }
}
