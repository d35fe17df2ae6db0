import AnsatzMath
import Numerics

/// One run of a plan on a list of evaluations: the angles bound, the shared tables built.
///
/// In a batch, blocks of W evaluations are independent of one another and may run on any thread. A
/// plan with lane bits runs one evaluation at a time, and spreads it over the pool's threads itself;
/// its sums are reduced in chunks of fixed size and order.
final class PlanRun<S: Scalar>: @unchecked Sendable {
  typealias Pointer = UnsafeMutablePointer<S>

  let plan: Plan
  let program: Program
  let values: ProgramValues<S>
  let evaluations: [Evaluation]
  let kernels: RowKernels<S>
  /// The threads to spread one state over; nil in a batch.
  let pool: ThreadPool?
  /// The angles that are the same in all lanes, by occurrence.
  let sharedAngles: [Double]
  /// Whether an angle differs from lane to lane of a batch.
  let dependsOnInputs: [Bool]
  private let shared: [SharedStage]
  /// The gates of the starting product, bit by bit.
  let gates: [ProductGate]
  /// For each bit, its gates as a range of `gates`.
  let gateRanges: [Range<Int>]

  /// What one stage uses in every block, unless a block shifts one of its angles.
  private struct SharedStage {
    /// (re, im) pairs, the scale of the lifts included; nil if the stage has no diagonal, it differs
    /// from lane to lane, or it is made chunk by chunk.
    let table: PooledBuffer<S>?
    let rotations: [SharedRotation]
    /// The product of the cosines (or sines) that the lifts leave out.
    let scale: Double
  }

  /// A gate of the starting product, with the cosine and sine of half its angle if no input changes
  /// it.
  struct ProductGate {
    let axis: TermBuilder.ProductGate.Axis
    let angle: TermAngle
    let cosine: Double
    let sine: Double
    let isShared: Bool
  }

  enum SharedRotation {
    case lift(PooledBuffer<S>, flags: Int32)
    /// Cosines and sines, the same in every block: where no diagonal could take the scale, or lanes
    /// differ in sign.
    case full(PooledBuffer<S>)
    case lanes
  }

  static var laneCount: Int { S.Lanes.laneCount }
  var rows: Int { 1 << plan.rowBits }
  var isBatch: Bool { plan.laneBits == 0 }
  /// Scalars in one block's state.
  var stateSize: Int { rows * 2 * Self.laneCount }
  /// States kept of one block: the start, and one after each stage.
  var keptStates: Int { plan.stages.count + 1 }

  /// - Parameters:
  ///   - evaluations: All of a batch, or the one of a single state.
  ///   - pool: The threads to spread a single state over.
  init(
    _ plan: Plan, program: Program, values: ProgramValues<S>, evaluations: [Evaluation],
    kernels: RowKernels<S> = .current, pool: ThreadPool? = nil
  ) {
    self.plan = plan
    self.program = program
    self.values = values
    self.evaluations = evaluations
    self.kernels = kernels
    self.pool = pool
    let isSingle = plan.laneBits > 0
    let dependsOnInputs = program.angles.map { !isSingle && $0.expression.dependsOnInputs }
    let row =
      isSingle ? values.inputs.row(evaluations[0].sample).map { Double($0) } : [Double]()
    var sharedAngles = values.weights.withUnsafeBufferPointer { weights in
      row.withUnsafeBufferPointer { row in
        program.angles.indices.map {
          dependsOnInputs[$0]
            ? 0 : program.angles[$0].expression.value(inputs: row, weights: weights)
        }
      }
    }
    if isSingle, let shift = evaluations[0].shift { sharedAngles[shift.occurrence] += shift.amount }
    var flat: [ProductGate] = []
    var ranges: [Range<Int>] = []
    for gates in plan.product ?? [] {
      let first = flat.count
      for gate in gates {
        let isShared = gate.angle.occurrence.map { !dependsOnInputs[$0] } ?? true
        let angle = gate.angle.occurrence.map { sharedAngles[$0] * gate.angle.factor }
        let (c, s) = cosineAndSine((angle ?? gate.angle.factor) / 2)
        flat.append(
          ProductGate(
            axis: gate.axis, angle: gate.angle, cosine: c, sine: s, isShared: isShared))
      }
      ranges.append(first..<flat.count)
    }
    gates = flat
    gateRanges = ranges
    self.dependsOnInputs = dependsOnInputs
    self.sharedAngles = sharedAngles
    var list: [SharedStage] = []
    for stage in plan.stages {
      list.append(
        Self.sharedStage(
          stage, plan: plan, kernels: kernels, angles: sharedAngles,
          dependsOnInputs: dependsOnInputs))
    }
    shared = list
  }

  private static func sharedStage(
    _ stage: Plan.Stage, plan: Plan, kernels: RowKernels<S>, angles: [Double],
    dependsOnInputs: [Bool]
  ) -> SharedStage {
    func isShared(_ angle: TermAngle) -> Bool {
      angle.occurrence.map { !dependsOnInputs[$0] } ?? true
    }
    func value(_ angle: TermAngle) -> Double {
      angle.occurrence.map { angles[$0] * angle.factor } ?? angle.factor
    }
    var scale = 1.0
    let rotations = stage.rotations.map { group -> SharedRotation in
      guard group.angles.allSatisfy(isShared) else { return .lanes }
      let halves = group.angles.map { value($0) / 2 }
      guard stage.diagonal != nil, group.laneSigns.allSatisfy({ $0 == 0 }) else {
        let angles = BufferPool.shared.take(2 * halves.count * laneCount, of: S.self)
        for (bit, half) in halves.enumerated() {
          let (c, s) = cosineAndSine(half)
          for lane in 0..<laneCount {
            let isNegated = parityIsOdd(lane & group.laneSigns[bit])
            angles.pointer[bit * laneCount + lane] = S(c)
            angles.pointer[(halves.count + bit) * laneCount + lane] = S(isNegated ? -s : s)
          }
        }
        return .full(angles)
      }
      let lifts = BufferPool.shared.take(halves.count, of: S.self)
      var flags: Int32 = 0
      for (bit, half) in halves.enumerated() {
        let (c, s) = cosineAndSine(half)
        // The larger of the two is divided by, so a lift is never above 1.
        let isSwapped = abs(s) > abs(c)
        lifts.pointer[bit] = S(isSwapped ? c / s : s / c)
        if isSwapped { flags |= 1 << Int32(bit) }
        scale *= isSwapped ? s : c
      }
      return .lift(lifts, flags: flags)
    }
    guard let diagonal = stage.diagonal, plan.laneBits == 0,
      diagonal.allAngles.allSatisfy(isShared)
    else { return SharedStage(table: nil, rotations: rotations, scale: scale) }
    let table = sharedTable(diagonal, scale: scale, bits: plan.rowBits, kernels: kernels, value)
    return SharedStage(table: table, rotations: rotations, scale: scale)
  }

  /// The diagonal of a batch as one table of (re, im) pairs.
  private static func sharedTable(
    _ diagonal: Plan.Diagonal, scale: Double, bits: Int, kernels: RowKernels<S>,
    _ value: (TermAngle) -> Double
  ) -> PooledBuffer<S> {
    let rows = 1 << bits
    let table = BufferPool.shared.take(2 * rows, of: S.self)
    let scratch = BufferPool.shared.take(2 * rows + 2 * bits, of: S.self)
    let factors = scratch.pointer + 2 * rows
    for (index, group) in diagonal.groups.enumerated() {
      for bit in 0..<bits {
        let angle =
          bit < group.angles.count ? group.angles[bit].reduce(0) { $0 + value($1.angle) } : 0
        let (c, s) = cosineAndSine(angle / 2)
        factors[2 * bit] = S(c)
        factors[2 * bit + 1] = S(-s)
      }
      // The first group is built in place if its order allows; the others are multiplied in.
      if index == 0, group.basis.order == nil {
        kernels.phaseTable(table.pointer, Int32(bits), S(scale), factors)
        continue
      }
      if index == 0 {
        for i in 0..<rows {
          table.pointer[2 * i] = S(scale)
          table.pointer[2 * i + 1] = 0
        }
      }
      kernels.phaseTable(scratch.pointer, Int32(bits), 1, factors)
      group.basis.withOrder { kernels.tableMultiply(table.pointer, scratch.pointer, $0, rows) }
    }
    return table
  }

  // One block -----------------------------------------------------------------------------------

  /// The scratch memory one pass over a block needs at most, forwards or back.
  var workspaceSize: Int {
    let line = 2 * Self.laneCount
    let small =
      8 * plan.rowBits + 2 * plan.constants.count + 2 * plan.readout.general.count + 64
    let states = isBatch ? 4 * stateSize + 2 * stateSize : stateSize + (4 * line << 8)
    return states + small * line + Workspace<S>.pageBytes / MemoryLayout<S>.stride
  }

  /// The angles of one block: what differs from lane to lane.
  struct Block {
    let evaluations: ArraySlice<Evaluation>
    /// For each occurrence, its angle in each lane; only lane-dependent ones are filled in.
    let angles: UnsafeMutablePointer<Double>
    /// The occurrences that evaluations of this block shift.
    let shifted: [Int]
    /// For each gate of the starting product, the cosine and the sine of half its angle in each lane.
    let product: UnsafeMutablePointer<Double>
  }

  /// How many numbers a block's angles take.
  var blockAngleCount: Int { (program.angles.count + 2 * gates.count) * Self.laneCount }

  /// - Parameter angles: Memory for the block's angles.
  func block(_ index: Int, angles: UnsafeMutablePointer<Double>) -> Block {
    let lanes = Self.laneCount
    let product = angles + program.angles.count * lanes
    guard isBatch else {
      setProductAngles(product, from: angles, shifted: [])
      return Block(evaluations: evaluations[...], angles: angles, shifted: [], product: product)
    }
    let slice = evaluations[index * lanes..<min(evaluations.count, (index + 1) * lanes)]
    var shifted: [Int] = []
    let inputCount = program.inputCount
    values.weights.withUnsafeBufferPointer { weights in
      withUnsafeTemporaryAllocation(of: Double.self, capacity: max(1, inputCount)) { row in
        for lane in 0..<lanes {
          // Lanes beyond the last evaluation repeat it; nobody reads them.
          let evaluation = slice[min(slice.startIndex + lane, slice.endIndex - 1)]
          for i in 0..<inputCount {
            row[i] = Double(values.inputs.elements[evaluation.sample * inputCount + i])
          }
          for occurrence in dependsOnInputs.indices where dependsOnInputs[occurrence] {
            angles[occurrence * lanes + lane] = program.angles[occurrence].expression.value(
              inputs: UnsafeBufferPointer(row), weights: weights)
          }
        }
      }
    }
    for (lane, evaluation) in slice.enumerated() {
      guard let shift = evaluation.shift else { continue }
      if !dependsOnInputs[shift.occurrence], !shifted.contains(shift.occurrence) {
        for other in 0..<lanes {
          angles[shift.occurrence * lanes + other] = sharedAngles[shift.occurrence]
        }
        shifted.append(shift.occurrence)
      }
      angles[shift.occurrence * lanes + lane] += shift.amount
    }
    setProductAngles(product, from: angles, shifted: shifted)
    return Block(evaluations: slice, angles: angles, shifted: shifted, product: product)
  }

  private func setProductAngles(
    _ product: UnsafeMutablePointer<Double>, from angles: UnsafeMutablePointer<Double>,
    shifted: [Int]
  ) {
    let lanes = Self.laneCount
    for (index, gate) in gates.enumerated() {
      let cosines = product + 2 * index * lanes
      let isShifted = gate.angle.occurrence.map { shifted.contains($0) } ?? false
      if gate.isShared, !isShifted {
        for lane in 0..<lanes { (cosines[lane], cosines[lanes + lane]) = (gate.cosine, gate.sine) }
      } else {
        let own = angles + (gate.angle.occurrence ?? 0) * lanes
        for lane in 0..<lanes {
          (cosines[lane], cosines[lanes + lane]) = cosineAndSine(own[lane] * gate.angle.factor / 2)
        }
      }
    }
  }

  private func differsByLane(_ angle: TermAngle, in block: Block) -> Bool {
    guard let occurrence = angle.occurrence else { return false }
    return dependsOnInputs[occurrence] || block.shifted.contains(occurrence)
  }

  func value(_ angle: TermAngle, lane: Int, in block: Block) -> Double {
    guard let occurrence = angle.occurrence else { return angle.factor }
    if dependsOnInputs[occurrence] || block.shifted.contains(occurrence) {
      return block.angles[occurrence * Self.laneCount + lane] * angle.factor
    }
    return sharedAngles[occurrence] * angle.factor
  }

  /// A stage's coefficients in one block.
  struct StageValues {
    /// (re, im) pairs, or rows if `tableIsLanes`; nil if there is no diagonal or it is made chunk by
    /// chunk.
    let table: PooledBuffer<S>?
    let tableIsLanes: Bool
    let scale: Double
    let rotations: [SharedRotation]
    /// For groups that differ by lane: k cosines then k sines, each a lane vector.
    let lanes: [PooledBuffer<S>?]
  }

  func stageValues(_ index: Int, in block: Block) -> StageValues {
    let stage = plan.stages[index]
    var common = shared[index]
    // A stage some angle of which is shifted in this block is bound lane by lane.
    let isShifted =
      !block.shifted.isEmpty
      && (stage.rotations.contains { $0.angles.contains { differsByLane($0, in: block) } }
        || stage.diagonal?.allAngles.contains { differsByLane($0, in: block) } ?? false)
    if isShifted {
      common = SharedStage(
        table: nil, rotations: stage.rotations.map { _ in .lanes }, scale: 1)
    }
    let lanes = zip(stage.rotations, common.rotations).map { group, rotation in
      if case .lanes = rotation { laneAngles(group, in: block) } else { nil as PooledBuffer<S>? }
    }
    var table = common.table
    if table == nil, isBatch, let diagonal = stage.diagonal {
      table = laneTable(diagonal, scale: common.scale, in: block)
    }
    return StageValues(
      table: table, tableIsLanes: common.table == nil, scale: common.scale,
      rotations: common.rotations, lanes: lanes)
  }

  private func laneAngles(_ group: Plan.RotationGroup, in block: Block) -> PooledBuffer<S> {
    let lanes = Self.laneCount
    let k = group.angles.count
    let buffer = BufferPool.shared.take(2 * k * lanes, of: S.self)
    for (bit, angle) in group.angles.enumerated() {
      for lane in 0..<lanes {
        let (c, s) = cosineAndSine(value(angle, lane: lane, in: block) / 2)
        buffer.pointer[bit * lanes + lane] = S(c)
        buffer.pointer[(k + bit) * lanes + lane] = S(s)
      }
    }
    return buffer
  }

  private func laneTable(
    _ diagonal: Plan.Diagonal, scale: Double, in block: Block
  ) -> PooledBuffer<S> {
    let table = BufferPool.shared.take(stateSize, of: S.self)
    let scratch = BufferPool.shared.take(
      stateSize + (2 * plan.rowBits + 2) * Self.laneCount, of: S.self)
    setTable(
      table.pointer, diagonal, scale: scale, chunk: 0, scratch: scratch.pointer, in: block)
    return table
  }

  /// The diagonal of one chunk as a table of rows.
  ///
  /// - Parameter scratch: Memory for another table, and for two lane vectors a bit and one row.
  func setTable(
    _ table: Pointer, _ diagonal: Plan.Diagonal, scale: Double, chunk: Int, scratch: Pointer,
    in block: Block
  ) {
    let (lanes, bits) = (Self.laneCount, plan.chunkBits)
    let rows = 1 << bits
    let factors = scratch + rows * 2 * lanes
    let start = factors + 2 * bits * lanes
    set(
      start, start + lanes, diagonal.common, chunk: chunk, scale: scale, in: block)
    if diagonal.groups.isEmpty {
      for row in 0..<rows { (table + row * 2 * lanes).update(from: start, count: 2 * lanes) }
      return
    }
    for (index, group) in diagonal.groups.enumerated() {
      for bit in 0..<bits {
        let place = factors + 2 * bit * lanes
        set(
          place, place + lanes, bit < group.angles.count ? group.angles[bit] : [], chunk: chunk,
          scale: 1, in: block)
      }
      if index == 0, group.basis.order == nil {
        kernels.phaseTableLanes(table, Int32(bits), start, factors)
        continue
      }
      if index == 0 {
        for row in 0..<rows { (table + row * 2 * lanes).update(from: start, count: 2 * lanes) }
      }
      // The start has been used; from here on the tables start from 1.
      for lane in 0..<lanes { (start[lane], start[lanes + lane]) = (1, 0) }
      kernels.phaseTableLanes(scratch, Int32(bits), start, factors)
      group.basis.withOrder { kernels.tableMultiplyLanes(table, scratch, $0, rows) }
    }
  }

  /// e^{-iα/2} for the sum of some angles, lane by lane.
  private func set(
    _ re: Pointer, _ im: Pointer, _ angles: [Plan.SignedAngle], chunk: Int, scale: Double,
    in block: Block
  ) {
    let differs = angles.contains { $0.lane != 0 || differsByLane($0.angle, in: block) }
    for lane in 0..<(differs ? Self.laneCount : 1) {
      var total = 0.0
      for signed in angles {
        let isNegated = parityIsOdd(signed.high & chunk) != parityIsOdd(signed.lane & lane)
        let angle = value(signed.angle, lane: lane, in: block)
        total += isNegated ? -angle : angle
      }
      let (c, s) = total == 0 ? (1, 0) : cosineAndSine(total / 2)
      re[lane] = S(scale * c)
      im[lane] = S(-scale * s)
    }
    guard !differs else { return }
    for lane in 1..<Self.laneCount { (re[lane], im[lane]) = (re[0], im[0]) }
  }
}
