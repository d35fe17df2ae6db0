import AnsatzMath
import Numerics

extension PlanRun {
  /// The state of one bit before the circuit's first stage, in one lane of a batch.
  func bitVector(_ bit: Int, lane: Int, in block: Block) -> BitVector {
    let lanes = Self.laneCount
    var vector = BitVector()
    for index in gateRanges[bit] {
      let angles = block.product + 2 * index * lanes
      vector.apply(gates[index].axis, cosine: angles[lane], sine: angles[lanes + lane])
    }
    return vector
  }

  /// The two amplitudes of each row bit's part of the product state: re 0, im 0, re 1, im 1, each a
  /// lane vector, bit by bit.
  func productFactors(in block: Block, _ workspace: inout Workspace<S>) -> Pointer {
    let lanes = Self.laneCount
    let buffer = workspace.take(4 * lanes * plan.rowBits)
    for bit in 0..<plan.rowBits {
      for lane in 0..<lanes {
        let vector = bitVector(plan.laneBits + bit, lane: lane, in: block)
        let place = buffer + 4 * bit * lanes + lane
        place[0] = S(vector.re0)
        place[lanes] = S(vector.im0)
        place[2 * lanes] = S(vector.re1)
        place[3 * lanes] = S(vector.im1)
      }
    }
    return buffer
  }

  /// The row that products start from: 1, or the product of the lane bits' parts.
  func setFirstRow(_ row: Pointer, in block: Block) {
    let lanes = Self.laneCount
    let vectors = (0..<plan.laneBits).map { bitVector($0, lane: 0, in: block) }
    for lane in 0..<lanes {
      var (re, im) = (1.0, 0.0)
      for (bit, vector) in vectors.enumerated() {
        let (vr, vi) = lane >> bit & 1 == 1 ? (vector.re1, vector.im1) : (vector.re0, vector.im0)
        (re, im) = (re * vr - im * vi, re * vi + im * vr)
      }
      (row[lane], row[lanes + lane]) = (S(re), S(im))
    }
  }

  /// The products of the most significant bits' parts, level by level: 1, 2, 4, … rows, one after
  /// the other. With `levels` row bits done, the last level goes to `destination` if there is one.
  func buildProduct(
    _ factors: Pointer, prefixes: Pointer, levels: Int, destination: Pointer?, in block: Block
  ) {
    let row = 2 * Self.laneCount
    setFirstRow(prefixes, in: block)
    if levels == 0 { destination?.update(from: prefixes, count: row) }
    var source = prefixes
    for step in 0..<levels {
      let count = 1 << step
      let next = step == levels - 1 ? destination ?? source + count * row : source + count * row
      kernels.product(next, source, factors + 2 * row * (plan.rowBits - 1 - step), count)
      source = next
    }
  }

  /// The product state of all bits, as the product of the high row bits' part and the rest.
  private func setSpreadProduct(_ state: Pointer, block: Block, _ workspace: inout Workspace<S>) {
    let row = 2 * Self.laneCount
    let low = min(plan.rowBits, 8)
    let factors = productFactors(in: block, &workspace)
    let tail = workspace.take((2 * row) << low)
    setFirstRow(tail, in: block)
    var source = tail
    for step in 0..<low {
      let next = source + (1 << step) * row
      kernels.product(next, source, factors + 2 * row * (low - 1 - step), 1 << step)
      source = next
    }
    let last = source
    let highBits = plan.rowBits - low
    let vectors = (0..<highBits).map { bitVector(plan.laneBits + low + $0, lane: 0, in: block) }
    forEach(1 << max(0, highBits - 4)) { job in
      let perJob = 1 << min(4, highBits)
      for head in job * perJob..<(job + 1) * perJob {
        var (re, im) = (1.0, 0.0)
        for (bit, vector) in vectors.enumerated() {
          let isSet = head >> bit & 1 == 1
          let (vr, vi) = isSet ? (vector.re1, vector.im1) : (vector.re0, vector.im0)
          (re, im) = (re * vr - im * vi, re * vi + im * vr)
        }
        kernels.scale(state + ((head * row) << low), last, S(re), S(im), 1 << low)
      }
    }
  }

  private func setStart(
    _ state: Pointer, block: Block, _ workspace: inout Workspace<S>
  ) throws(AnsatzError) {
    if plan.product != nil {
      guard isBatch else { return setSpreadProduct(state, block: block, &workspace) }
      let prefixes = workspace.take(stateSize)
      buildProduct(
        productFactors(in: block, &workspace), prefixes: prefixes, levels: plan.rowBits,
        destination: state, in: block)
      return
    }
    guard case .amplitudes(let first, let count, let padding, let places) = program.start else {
      return
    }
    let lanes = Self.laneCount
    forEachJob(rows) { row, count in
      for i in row * 2 * lanes..<(row + count) * 2 * lanes { state[i] = 0 }
    }
    for lane in 0..<(isBatch ? lanes : 1) {
      let slice = block.evaluations
      let sample = slice[min(slice.startIndex + lane, slice.endIndex - 1)].sample
      let start = try StartAmplitudes(
        values.inputs.row(sample).dropFirst(first).prefix(count), padding: padding,
        count: places.count, sample: sample)
      for (place, value) in zip(places, start.normalized) {
        state[realPlace(place, lane: lane)] = S(value)
      }
    }
  }

  /// Where the real part of a basis state's amplitude is; the imaginary part is W further on.
  func realPlace(_ index: Int, lane: Int) -> Int {
    let lanes = Self.laneCount
    return isBatch
      ? index * 2 * lanes + lane
      : (index >> plan.laneBits) * 2 * lanes + (index & ((1 << plan.laneBits) - 1))
  }

  /// Runs one block. The states after the start and after each stage go to `states`, one after the
  /// other, or all to the same place if they are not kept.
  func forward(
    _ block: Block, states: Pointer, keeping: Bool, _ workspace: inout Workspace<S>
  ) throws(AnsatzError) {
    var source = states
    if plan.stages.isEmpty { try setStart(states, block: block, &workspace) }
    for index in plan.stages.indices {
      let stage = plan.stages[index]
      let values = stageValues(index, in: block)
      let destination = keeping ? source + stateSize : source
      let folded = index == 0 ? foldedTable(values) : nil
      if index == 0, folded == nil { try setStart(states, block: block, &workspace) }
      if let folded {
        // The start itself is not stored: in its place are the products it would be made from.
        let prefixes = keeping ? states : workspace.take(stateSize)
        let factors = productFactors(in: block, &workspace)
        buildProduct(
          factors, prefixes: prefixes, levels: plan.rowBits - 1, destination: nil, in: block)
        kernels.productDiagonal(
          destination, prefixes + (rows / 2 - 1) * 2 * Self.laneCount, factors, folded.pointer,
          rows / 2)
      } else if let table = values.table {
        let apply = values.tableIsLanes ? kernels.diagonalLanes : kernels.diagonal
        apply(destination, source, table.pointer, rows)
      } else if let diagonal = stage.diagonal {
        forEachChunk(diagonal, scale: values.scale, in: block) { first, table, _ in
          let place = first * 2 * Self.laneCount
          kernels.diagonalLanes(
            destination + place, source + place, table, 1 << plan.chunkBits)
        }
      } else if keeping {
        forEachJob(rows) { first, count in
          let place = first * 2 * Self.laneCount
          (destination + place).update(from: source + place, count: count * 2 * Self.laneCount)
        }
      }
      for (place, group) in stage.rotations.enumerated() {
        rotate(
          destination, group, values.rotations[place], lanes: values.lanes[place], inverted: false)
      }
      for word in stage.words { rotate(destination, word, in: block, inverted: false) }
      source = destination
    }
  }

  /// The first stage's table if the diagonal is applied, and undone, together with the last bit of
  /// the starting product.
  func foldedTable(_ first: StageValues) -> PooledBuffer<S>? {
    isBatch && plan.product != nil && !first.tableIsLanes ? first.table : nil
  }

  /// Visits the chunks of a single state with the diagonal's table for each, made on the spot.
  func forEachChunk(
    _ diagonal: Plan.Diagonal, scale: Double, in block: Block,
    _ body: (_ firstRow: Int, _ table: Pointer, _ chunk: Int) -> Void
  ) {
    let chunks = 1 << (plan.rowBits - plan.chunkBits)
    let perJob = min(chunks, 8)
    let size = (2 * Self.laneCount) << plan.chunkBits
    forEach(chunks / perJob) { job in
      let memory = BufferPool.shared.take(
        2 * size + (2 * plan.chunkBits + 2) * Self.laneCount, of: S.self)
      for chunk in job * perJob..<(job + 1) * perJob {
        setTable(
          memory.pointer, diagonal, scale: scale, chunk: chunk, scratch: memory.pointer + size,
          in: block)
        body(chunk << plan.chunkBits, memory.pointer, chunk)
      }
    }
  }
}

/// The state of one qubit.
struct BitVector {
  var re0: Double
  var im0: Double
  var re1: Double
  var im1: Double

  /// |0⟩
  init() { (re0, im0, re1, im1) = (1, 0, 0, 0) }

  init(_ re0: Double, _ im0: Double, _ re1: Double, _ im1: Double) {
    (self.re0, self.im0, self.re1, self.im1) = (re0, im0, re1, im1)
  }

  mutating func apply(
    _ axis: TermBuilder.ProductGate.Axis, cosine c: Double, sine s: Double
  ) {
    switch axis {
    case .y:
      (re0, im0, re1, im1) = (
        c * re0 - s * re1, c * im0 - s * im1, c * re1 + s * re0, c * im1 + s * im0
      )
    case .z:
      (re0, im0) = (c * re0 + s * im0, c * im0 - s * re0)
      (re1, im1) = (c * re1 - s * im1, c * im1 + s * re1)
    }
  }

  /// Im⟨self|P|ket⟩
  func derivative(_ axis: TermBuilder.ProductGate.Axis, ket: BitVector) -> Double {
    switch axis {
    case .y: re1 * ket.re0 + im1 * ket.im0 - (re0 * ket.re1 + im0 * ket.im1)
    case .z: re0 * ket.im0 - im0 * ket.re0 - (re1 * ket.im1 - im1 * ket.re1)
    }
  }
}
