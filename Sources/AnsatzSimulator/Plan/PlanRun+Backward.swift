import AnsatzMath

extension PlanRun {
  /// Carries the observables, weighted by `upstream`, back through one block whose states were kept.
  ///
  /// - Parameters:
  ///   - upstream: One lane vector an observable; of a single state, a number in lane 0.
  ///   - needed: Which occurrences' derivatives are wanted.
  ///   - derivatives: `[evaluations, occurrences]`; this block's rows are added to.
  ///   - bra: Scratch; at the end, the observable pulled back to the start if the start is data.
  func backward(
    _ block: Block, states: Pointer, upstream: Pointer, needed: [Bool],
    derivatives: UnsafeMutablePointer<Double>, bra: Pointer, _ workspace: inout Workspace<S>
  ) {
    let lanes = Self.laneCount
    let small = workspace.take(max(4, plan.rowBits + 1) * lanes)
    let output = Derivatives(
      run: self, values: derivatives, first: block.evaluations.startIndex,
      count: block.evaluations.count, width: program.angles.count, needed: needed)
    let imaginary = isBatch ? workspace.take(rows * lanes) : nil
    let sums = isBatch ? workspace.take(rows * lanes) : nil

    var lastBit: Pointer?
    observe(states + (keptStates - 1) * stateSize, bra: bra, upstream: upstream, &workspace)
    for index in plan.stages.indices.reversed() {
      let stage = plan.stages[index]
      let values = stageValues(index, in: block)
      let after = states + (index + 1) * stateSize
      for group in stage.rotations where group.angles.contains(where: output.isNeeded) {
        gradient(of: group, bra: bra, ket: after, into: small)
        for (bit, angle) in group.angles.enumerated() {
          output.add(angle, small + bit * lanes, lane: group.laneSigns[bit])
        }
      }
      for word in stage.words where output.isNeeded(word.angle) {
        sumOverJobs((rows + Self.jobRows - 1) / Self.jobRows, vectors: 1, into: small) {
          job, own in
          let first = job * Self.jobRows
          kernels.wordSum(
            bra, after, first, min(Self.jobRows, rows - first), Int32(word.x.row),
            Int32(word.x.lane), Int32(word.z.row), 0, own)
        }
        output.add(word.angle, small, lane: word.z.lane)
      }
      for word in stage.words { rotate(bra, word, in: block, inverted: true) }
      for (place, group) in stage.rotations.enumerated() {
        rotate(bra, group, values.rotations[place], lanes: values.lanes[place], inverted: true)
      }
      guard let diagonal = stage.diagonal else { continue }
      if let table = values.table, let imaginary, let sums {
        if index == 0, let folded = foldedTable(values) {
          let last = workspace.take(4 * lanes)
          kernels.productDiagonalBack(
            bra, states + (rows / 2 - 1) * 2 * lanes, productFactors(in: block, &workspace),
            folded.pointer, imaginary, last, rows / 2)
          lastBit = last
        } else {
          let back = values.tableIsLanes ? kernels.diagonalBackLanes : kernels.diagonalBack
          back(bra, after - stateSize, table.pointer, imaginary, rows)
        }
        for group in diagonal.groups where output.isNeeded(group) {
          group.basis.withOrder {
            kernels.orderedSignedSums(imaginary, $0, sums, Int32(plan.rowBits), small)
          }
          for (bit, angles) in group.angles.enumerated() {
            for signed in angles { output.add(signed.angle, small + bit * lanes, lane: 0) }
          }
        }
      } else {
        back(diagonal, scale: values.scale, bra: bra, ket: after - stateSize, in: block, output)
      }
    }
    // The kept states have served; the first of them is where the prefixes are, or go.
    if plan.product != nil {
      productBack(
        block: block, bra: bra, prefixes: states, lastBit: lastBit, output, &workspace)
    }
  }

  /// The diagonal of a single state undone chunk by chunk, and its gradient.
  private func back(
    _ diagonal: Plan.Diagonal, scale: Double, bra: Pointer, ket: Pointer, in block: Block,
    _ output: Derivatives
  ) {
    let (lanes, bits) = (Self.laneCount, plan.chunkBits)
    let chunkRows = 1 << bits
    let chunks = 1 << (plan.rowBits - bits)
    let groups = diagonal.groups
    // For each chunk: the sum of all, then each group's signed sums.
    let size = (1 + groups.count * bits) * lanes
    let partial = BufferPool.shared.take(chunks * size, of: S.self)
    forEachChunk(diagonal, scale: scale, in: block) { first, table, chunk in
      let memory = BufferPool.shared.take(2 * chunkRows * lanes, of: S.self)
      let (imaginary, sums) = (memory.pointer, memory.pointer + chunkRows * lanes)
      let own = partial.pointer + chunk * size
      let place = first * 2 * lanes
      kernels.diagonalBackLanes(bra + place, ket + place, table, imaginary, chunkRows)
      for (index, group) in groups.enumerated() {
        group.basis.withOrder {
          kernels.orderedSignedSums(
            imaginary, $0, sums, Int32(bits), own + (1 + index * bits) * lanes)
        }
      }
      if groups.isEmpty { kernels.gather(imaginary, nil, sums, chunkRows) }
      if groups.isEmpty { kernels.signedSums(sums, Int32(bits), imaginary) }
      for lane in 0..<lanes { own[lane] = sums[lane] }
    }
    for chunk in 0..<chunks {
      let own = partial.pointer + chunk * size
      for signed in diagonal.common { output.add(signed, own, chunk: chunk) }
      for (index, group) in groups.enumerated() {
        for (bit, angles) in group.angles.enumerated() {
          for signed in angles {
            output.add(signed, own + (1 + index * bits + bit) * lanes, chunk: chunk)
          }
        }
      }
    }
  }

  private func gradient(
    of group: Plan.RotationGroup, bra: Pointer, ket: Pointer, into out: Pointer
  ) {
    let k = group.angles.count
    group.pattern.withUnsafeBufferPointer { reps in
      group.offsets.withUnsafeBufferPointer { offsets in
        guard let reps = reps.baseAddress, let offsets = offsets.baseAddress else { return }
        if group.repeatCount == 1 {
          for i in 0..<k * Self.laneCount { out[i] = 0 }
          kernels.rotationGradient(
            bra, ket, reps, group.pattern.count, 0, offsets, Int32(k), out)
          return
        }
        sumOverJobs(group.repeatCount, vectors: k, into: out) { job, own in
          kernels.rotationGradient(
            bra, ket, reps, group.pattern.count, group.base(job), offsets, Int32(k), own)
        }
      }
    }
  }

  /// The gradients of the gates in the starting product, bit by bit from the least significant: what
  /// is left of the bra when all other bits are contracted is a bra of one bit.
  ///
  /// - Parameter lastBit: That bra of bit 0, if bit 0 is contracted already and the prefixes are there.
  private func productBack(
    block: Block, bra: Pointer, prefixes: Pointer, lastBit: Pointer?, _ output: Derivatives,
    _ workspace: inout Workspace<S>
  ) {
    let lanes = Self.laneCount
    let isNeeded = gateRanges.map { range in gates[range].contains { output.isNeeded($0.angle) } }
    guard isNeeded.contains(true) else { return }
    let factors = productFactors(in: block, &workspace)
    if lastBit == nil {
      buildProduct(
        factors, prefixes: prefixes, levels: plan.rowBits - 1, destination: nil, in: block)
    }
    let h = lastBit ?? workspace.take(4 * lanes)
    for bit in 0..<plan.rowBits {
      let count = 1 << (plan.rowBits - 1 - bit)
      let prefix = prefixes + (count - 1) * 2 * lanes
      if bit > 0 || lastBit == nil {
        kernels.productBack(bra, prefix, factors + 4 * bit * lanes, h, count)
      }
      guard isNeeded[plan.laneBits + bit] else { continue }
      // h is ⟨bra| with the others contracted, so the bra's amplitudes are its conjugates.
      if isBatch {
        for lane in 0..<block.evaluations.count {
          let own = BitVector(
            Double(h[lane]), -Double(h[lanes + lane]), Double(h[2 * lanes + lane]),
            -Double(h[3 * lanes + lane]))
          gatesBack(bit, lane: lane, bra: own, block: block, output)
        }
      } else {
        let own = BitVector(
          Double(signedTotal(h, 0)), -Double(signedTotal(h + lanes, 0)),
          Double(signedTotal(h + 2 * lanes, 0)), -Double(signedTotal(h + 3 * lanes, 0)))
        gatesBack(plan.laneBits + bit, lane: 0, bra: own, block: block, output)
      }
    }
    let vectors = (0..<plan.laneBits).map { bitVector($0, lane: 0, in: block) }
    for bit in 0..<plan.laneBits where isNeeded[bit] {
      var own = BitVector(0, 0, 0, 0)
      for lane in 0..<lanes {
        // bra · conj(the other bits' amplitudes): the conjugate of ⟨bra|others⟩.
        var (re, im) = (Double(bra[lane]), Double(bra[lanes + lane]))
        for other in 0..<plan.laneBits where other != bit {
          let v = vectors[other]
          let (vr, vi) = lane >> other & 1 == 1 ? (v.re1, -v.im1) : (v.re0, -v.im0)
          (re, im) = (re * vr - im * vi, re * vi + im * vr)
        }
        if lane >> bit & 1 == 1 {
          own.re1 += re
          own.im1 += im
        } else {
          own.re0 += re
          own.im0 += im
        }
      }
      gatesBack(bit, lane: 0, bra: own, block: block, output)
    }
  }

  /// The gates of one bit's starting product, undone on its bra.
  private func gatesBack(
    _ bit: Int, lane: Int, bra: BitVector, block: Block, _ output: Derivatives
  ) {
    let lanes = Self.laneCount
    var (own, ket) = (bra, bitVector(bit, lane: lane, in: block))
    for index in gateRanges[bit].reversed() {
      let gate = gates[index]
      output.add(gate.angle, lane: lane, own.derivative(gate.axis, ket: ket))
      let angles = block.product + 2 * index * lanes
      ket.apply(gate.axis, cosine: angles[lane], sine: -angles[lanes + lane])
      own.apply(gate.axis, cosine: angles[lane], sine: -angles[lanes + lane])
    }
  }

  /// Where a block's derivatives go.
  private struct Derivatives {
    let run: PlanRun
    let values: UnsafeMutablePointer<Double>
    let first: Int
    let count: Int
    let width: Int
    let needed: [Bool]

    func isNeeded(_ angle: TermAngle) -> Bool { angle.occurrence.map { needed[$0] } ?? false }

    func isNeeded(_ group: Plan.Diagonal.Group) -> Bool {
      group.angles.contains { $0.contains { isNeeded($0.angle) } }
    }

    /// - Parameter lane: The lanes of a single state whose parity changes the sign.
    func add(_ angle: TermAngle, _ lanes: Pointer, lane mask: Int) {
      guard let occurrence = angle.occurrence, needed[occurrence] else { return }
      if run.isBatch {
        for lane in 0..<count {
          values[(first + lane) * width + occurrence] += angle.factor * Double(lanes[lane])
        }
      } else {
        values[occurrence] += angle.factor * Double(run.signedTotal(lanes, mask))
      }
    }

    func add(_ signed: Plan.SignedAngle, _ lanes: Pointer, chunk: Int) {
      guard let occurrence = signed.angle.occurrence, needed[occurrence] else { return }
      let total = signed.angle.factor * Double(run.signedTotal(lanes, signed.lane))
      values[occurrence] += parityIsOdd(signed.high & chunk) ? -total : total
    }

    func add(_ angle: TermAngle, lane: Int, _ value: Double) {
      guard let occurrence = angle.occurrence, needed[occurrence] else { return }
      values[(first + lane) * width + occurrence] += angle.factor * value
    }
  }
}
