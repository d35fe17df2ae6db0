import AnsatzMath
import Numerics

/// One run of a plan on a list of evaluations: the angles bound, the shared tables built.
///
/// Blocks of W evaluations are independent of one another and may run on any thread.
struct PlanRun<S: Scalar>: @unchecked Sendable {
  typealias Pointer = UnsafeMutablePointer<S>

  let plan: Plan
  let program: Program
  let values: ProgramValues<S>
  let evaluations: [Evaluation]
  let kernels: RowKernels<S>
  /// The angles that inputs do not change, by occurrence.
  private let sharedAngles: [Double]
  private let dependsOnInputs: [Bool]
  /// For each stage whose diagonal no input changes, its table; and the lifts of its rotations.
  private let shared: [SharedStage]
  /// The gates of the starting product, bit by bit.
  private let gates: [ProductGate]
  /// For each bit, its gates as a range of `gates`.
  private let gateRanges: [Range<Int>]

  /// What one stage uses in every block, unless a block shifts one of its angles.
  private struct SharedStage {
    /// (re, im) pairs, the scale of the lifts included; nil if the stage has no diagonal, or it
    /// differs from lane to lane.
    let table: PooledBuffer<S>?
    let rotations: [SharedRotation]
    /// The product of the cosines (or sines) that the lifts leave out.
    let scale: Double
  }

  /// A gate of the starting product, with the cosine and sine of half its angle if no input changes
  /// it.
  private struct ProductGate {
    let axis: TermBuilder.ProductGate.Axis
    let angle: TermAngle
    let cosine: Double
    let sine: Double
    let isShared: Bool
  }

  private enum SharedRotation {
    case lift(PooledBuffer<S>, flags: Int32)
    /// Cosines and sines, the same in every lane: used where no table could take the scale.
    case full(PooledBuffer<S>)
    case lanes
  }

  static var laneCount: Int { S.Lanes.laneCount }
  private var rows: Int { 1 << plan.bitCount }
  /// Scalars in one block's state.
  var stateSize: Int { rows * 2 * Self.laneCount }
  /// States kept of one block: the start, and one after each stage.
  var keptStates: Int { plan.stages.count + 1 }

  init(
    _ plan: Plan, program: Program, values: ProgramValues<S>, evaluations: [Evaluation],
    kernels: RowKernels<S> = .current
  ) {
    self.plan = plan
    self.program = program
    self.values = values
    self.evaluations = evaluations
    self.kernels = kernels
    let dependsOnInputs = program.angles.map(\.expression.dependsOnInputs)
    let sharedAngles = values.weights.withUnsafeBufferPointer { weights in
      program.angles.map {
        $0.expression.dependsOnInputs
          ? 0
          : $0.expression.value(inputs: UnsafeBufferPointer(start: nil, count: 0), weights: weights)
      }
    }
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
          stage, rows: 1 << plan.bitCount, bitCount: plan.bitCount, kernels: kernels,
          angles: sharedAngles, dependsOnInputs: dependsOnInputs))
    }
    shared = list
  }

  private static func sharedStage(
    _ stage: Plan.Stage, rows: Int, bitCount: Int, kernels: RowKernels<S>, angles: [Double],
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
      guard stage.diagonal != nil else {
        let angles = BufferPool.shared.take(2 * halves.count * laneCount, of: S.self)
        for (bit, half) in halves.enumerated() {
          let (c, s) = cosineAndSine(half)
          for lane in 0..<laneCount {
            angles.pointer[bit * laneCount + lane] = S(c)
            angles.pointer[(halves.count + bit) * laneCount + lane] = S(s)
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
    guard let diagonal = stage.diagonal,
      diagonal.groups.allSatisfy({ $0.angles.allSatisfy { $0.allSatisfy(isShared) } })
    else { return SharedStage(table: nil, rotations: rotations, scale: scale) }
    let table = BufferPool.shared.take(2 * rows, of: S.self)
    let scratch = diagonal.groups.count > 1 ? BufferPool.shared.take(2 * rows, of: S.self) : nil
    for (index, group) in diagonal.groups.enumerated() {
      withUnsafeTemporaryAllocation(of: S.self, capacity: 2 * bitCount) { factors in
        guard let base = factors.baseAddress else { return }
        for bit in 0..<bitCount {
          let angle = bit < group.angles.count ? group.angles[bit].reduce(0) { $0 + value($1) } : 0
          let (c, s) = cosineAndSine(angle / 2)
          factors[2 * bit] = S(c)
          factors[2 * bit + 1] = S(-s)
        }
        // The first group is built in place if its order allows; the others are multiplied in.
        if index == 0, group.basis.order == nil {
          kernels.phaseTable(table.pointer, Int32(bitCount), S(scale), base)
        } else {
          if index == 0 {
            for i in 0..<rows {
              table.pointer[2 * i] = S(scale)
              table.pointer[2 * i + 1] = 0
            }
          }
          let own = scratch ?? BufferPool.shared.take(2 * rows, of: S.self)
          kernels.phaseTable(own.pointer, Int32(bitCount), 1, base)
          withOrder(group.basis) {
            kernels.tableMultiply(table.pointer, own.pointer, $0, rows)
          }
        }
      }
    }
    return SharedStage(table: table, rotations: rotations, scale: scale)
  }

  private static func withOrder<Result>(
    _ basis: BitBasis, _ body: (UnsafePointer<Int32>?) -> Result
  ) -> Result {
    guard let order = basis.order else { return body(nil) }
    return order.withUnsafeBufferPointer { body($0.baseAddress) }
  }

  // One block -----------------------------------------------------------------------------------

  /// The scratch memory one pass over a block needs at most, the way back included.
  var workspaceSize: Int {
    let (lanes, bits) = (Self.laneCount, plan.bitCount)
    let small = 16 + plan.constants.count + 16 * (bits + 4)
    return 6 * stateSize + 4 * rows * lanes + small * 2 * lanes
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
            angles[occurrence * lanes + lane] =
              program.angles[occurrence].expression.value(
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
    let product = angles + program.angles.count * lanes
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

  private func value(_ angle: TermAngle, lane: Int, in block: Block) -> Double {
    guard let occurrence = angle.occurrence else { return angle.factor }
    if dependsOnInputs[occurrence] || block.shifted.contains(occurrence) {
      return block.angles[occurrence * Self.laneCount + lane] * angle.factor
    }
    return sharedAngles[occurrence] * angle.factor
  }

  /// A stage's coefficients in one block.
  private struct StageValues {
    /// (re, im) pairs, or rows if `tableIsLanes`.
    let table: PooledBuffer<S>?
    let tableIsLanes: Bool
    let rotations: [SharedRotation]
    /// For groups that differ by lane: k cosines then k sines, each a lane vector.
    let lanes: [PooledBuffer<S>?]
  }

  private func stageValues(_ index: Int, in block: Block) -> StageValues {
    let stage = plan.stages[index]
    var common = shared[index]
    let isShifted =
      !block.shifted.isEmpty
      && (stage.rotations.contains { $0.angles.contains { differsByLane($0, in: block) } }
        || stage.diagonal?.groups.contains {
          $0.angles.contains { $0.contains { differsByLane($0, in: block) } }
        } ?? false)
    if isShifted { common = unshared(stage, in: block) }
    let lanes = zip(stage.rotations, common.rotations).map { group, rotation in
      if case .lanes = rotation { laneAngles(group, in: block) } else { nil as PooledBuffer<S>? }
    }
    guard let diagonal = stage.diagonal else {
      return StageValues(table: nil, tableIsLanes: false, rotations: common.rotations, lanes: lanes)
    }
    if let table = common.table {
      return StageValues(
        table: table, tableIsLanes: false, rotations: common.rotations, lanes: lanes)
    }
    return StageValues(
      table: laneTable(diagonal, scale: common.scale, in: block), tableIsLanes: true,
      rotations: common.rotations, lanes: lanes)
  }

  /// A stage some angle of which is shifted in this block: all of it lane by lane.
  private func unshared(_ stage: Plan.Stage, in block: Block) -> SharedStage {
    SharedStage(table: nil, rotations: stage.rotations.map { _ in .lanes }, scale: 1)
  }

  private func laneAngles(_ group: Plan.RotationGroup, in block: Block) -> PooledBuffer<S> {
    let lanes = Self.laneCount
    let k = group.angles.count
    let buffer = BufferPool.shared.take(2 * k * lanes, of: S.self)
    for (bit, angle) in group.angles.enumerated() {
      for lane in 0..<lanes {
        let half = value(angle, lane: lane, in: block) / 2
        let (c, s) = cosineAndSine(half)
        buffer.pointer[bit * lanes + lane] = S(c)
        buffer.pointer[(k + bit) * lanes + lane] = S(s)
      }
    }
    return buffer
  }

  private func laneTable(
    _ diagonal: Plan.Diagonal, scale: Double, in block: Block
  ) -> PooledBuffer<S> {
    let (lanes, bits) = (Self.laneCount, plan.bitCount)
    let table = BufferPool.shared.take(stateSize, of: S.self)
    let scratch = BufferPool.shared.take(stateSize, of: S.self)
    let factors = BufferPool.shared.take((2 * bits + 1) * lanes, of: S.self)
    let start = factors.pointer + 2 * bits * lanes
    for (index, group) in diagonal.groups.enumerated() {
      for bit in 0..<bits {
        for lane in 0..<lanes {
          let half =
            bit < group.angles.count
            ? group.angles[bit].reduce(0) { $0 + value($1, lane: lane, in: block) } / 2 : 0
          let (c, s) = cosineAndSine(half)
          factors.pointer[2 * bit * lanes + lane] = S(c)
          factors.pointer[(2 * bit + 1) * lanes + lane] = S(-s)
        }
      }
      let isFirst = index == 0 && group.basis.order == nil
      for lane in 0..<lanes { start[lane] = isFirst ? S(scale) : 1 }
      kernels.phaseTableLanes(
        isFirst ? table.pointer : scratch.pointer, Int32(bits), start, factors.pointer)
      if isFirst { continue }
      if index == 0 {
        for row in 0..<rows {
          for lane in 0..<lanes {
            table.pointer[row * 2 * lanes + lane] = S(scale)
            table.pointer[row * 2 * lanes + lanes + lane] = 0
          }
        }
      }
      Self.withOrder(group.basis) {
        kernels.tableMultiplyLanes(table.pointer, scratch.pointer, $0, rows)
      }
    }
    return table
  }

  /// Turns all pairs of a group. The inverse is the same turn with the members of each pair in the
  /// other roles.
  private func rotate(
    _ state: Pointer, _ group: Plan.RotationGroup, _ rotation: SharedRotation,
    lanes: PooledBuffer<S>?, inverted: Bool
  ) {
    let k = Int32(group.angles.count)
    let offsets = inverted ? group.reversedOffsets : group.offsets
    group.representatives.withUnsafeBufferPointer { reps in
      offsets.withUnsafeBufferPointer { offsets in
        guard let reps = reps.baseAddress, let offsets = offsets.baseAddress else { return }
        let count = group.representatives.count
        switch rotation {
        case .lift(let lifts, let flags):
          kernels.rotateLift(state, reps, count, offsets, k, lifts.pointer, flags)
        case .full(let angles):
          kernels.rotateLanes(
            state, reps, count, offsets, k, angles.pointer,
            angles.pointer + group.angles.count * Self.laneCount)
        case .lanes:
          guard let lanes else { return }
          kernels.rotateLanes(
            state, reps, count, offsets, k, lanes.pointer,
            lanes.pointer + group.angles.count * Self.laneCount)
        }
      }
    }
  }

  // Start ---------------------------------------------------------------------------------------

  /// The state of one bit before the circuit's first stage, in one lane.
  private func bitVector(_ bit: Int, lane: Int, in block: Block) -> BitVector {
    let lanes = Self.laneCount
    var vector = BitVector()
    for index in gateRanges[bit] {
      let angles = block.product + 2 * index * lanes
      vector.apply(gates[index].axis, cosine: angles[lane], sine: angles[lanes + lane])
    }
    return vector
  }

  /// The two amplitudes of each bit's part of the product state: re 0, im 0, re 1, im 1, each a lane
  /// vector, bit by bit.
  private func productFactors(in block: Block, _ workspace: inout Workspace<S>) -> Pointer {
    let lanes = Self.laneCount
    let buffer = workspace.take(4 * lanes * plan.bitCount)
    for bit in 0..<plan.bitCount {
      for lane in 0..<lanes {
        let vector = bitVector(bit, lane: lane, in: block)
        let place = buffer + 4 * bit * lanes + lane
        place[0] = S(vector.re0)
        place[lanes] = S(vector.im0)
        place[2 * lanes] = S(vector.re1)
        place[3 * lanes] = S(vector.im1)
      }
    }
    return buffer
  }

  /// The products of the most significant bits' parts: 1, 2, 4, … rows, one after the other; the
  /// last, of all rows, goes to `destination`.
  private func buildProduct(_ factors: Pointer, prefixes: Pointer, destination: Pointer) {
    let row = 2 * Self.laneCount
    for lane in 0..<row { prefixes[lane] = lane < Self.laneCount ? 1 : 0 }
    var source = prefixes
    for step in 0..<plan.bitCount {
      let count = 1 << step
      let isLast = step == plan.bitCount - 1
      let next = isLast ? destination : source + count * row
      kernels.product(next, source, factors + 2 * row * (plan.bitCount - 1 - step), count)
      source = next
    }
  }

  private func setStart(
    _ state: Pointer, block: Block, _ workspace: inout Workspace<S>
  ) throws(AnsatzError) {
    if plan.product != nil {
      let prefixes = workspace.take(stateSize)
      buildProduct(productFactors(in: block, &workspace), prefixes: prefixes, destination: state)
      return
    }
    guard case .amplitudes(let first, let count, let padding, let places) = program.start else {
      return
    }
    for i in 0..<stateSize { state[i] = 0 }
    let lanes = Self.laneCount
    for lane in 0..<lanes {
      let slice = block.evaluations
      let sample = slice[min(slice.startIndex + lane, slice.endIndex - 1)].sample
      let start = try StartAmplitudes(
        values.inputs.row(sample).dropFirst(first).prefix(count), padding: padding,
        count: places.count, sample: sample)
      for (row, value) in zip(places, start.normalized) {
        state[row * 2 * lanes + lane] = S(value)
      }
    }
  }

  // Forward -------------------------------------------------------------------------------------

  /// Runs one block. The states after the start and after each stage go to `states`, one after the
  /// other, or all to the same place if they are not kept.
  func forward(
    _ block: Block, states: Pointer, keeping: Bool, _ workspace: inout Workspace<S>
  ) throws(AnsatzError) {
    try setStart(states, block: block, &workspace)
    var source = states
    for index in plan.stages.indices {
      let values = stageValues(index, in: block)
      let destination = keeping ? source + stateSize : source
      if let table = values.table {
        let apply = values.tableIsLanes ? kernels.diagonalLanes : kernels.diagonal
        apply(destination, source, table.pointer, rows)
      } else if keeping {
        destination.update(from: source, count: stateSize)
      }
      for (place, group) in plan.stages[index].rotations.enumerated() {
        rotate(
          destination, group, values.rotations[place], lanes: values.lanes[place], inverted: false)
      }
      source = destination
    }
  }

  /// The expectation values in a final state, observable by observable, each a lane vector.
  func expectations(_ state: Pointer, into results: Pointer, _ workspace: inout Workspace<S>) {
    let (lanes, bits) = (Self.laneCount, plan.bitCount)
    for (k, constant) in plan.constants.enumerated() {
      for lane in 0..<lanes { results[k * lanes + lane] = S(constant) }
    }
    func add(_ term: Plan.Readout.Term, _ values: Pointer) {
      for use in term.uses {
        let factor = S(term.sign * use.coefficient)
        for lane in 0..<lanes { results[use.observable * lanes + lane] += factor * values[lane] }
      }
    }
    if !plan.readout.groups.isEmpty {
      let p = workspace.take(rows * lanes)
      let signs = workspace.take(bits * lanes)
      for (basis, terms) in plan.readout.groups {
        Self.withOrder(basis) { kernels.probabilities(state, $0, p, rows) }
        kernels.signedSums(p, Int32(bits), signs)
        for (bit, term) in terms.enumerated() { add(term, signs + bit * lanes) }
      }
    }
    guard !plan.readout.general.isEmpty else { return }
    let amplitudes = lanesView(state)
    withUnsafeTemporaryAllocation(of: S.self, capacity: lanes) { scratch in
      guard let own = scratch.baseAddress else { return }
      for (masks, term) in plan.readout.general {
        let fixed = FixedBits(masks.pivot, qubitCount: bits)
        let value = amplitudes.sumOverChunks(of: fixed.groupCount) {
          pauliExpectation(amplitudes.pointer, fixed, $0, masks: masks)
        }
        for lane in 0..<lanes { own[lane] = value[lane: lane] }
        add(term, own)
      }
    }
  }

  private func lanesView(_ state: Pointer) -> Amplitudes<S.Lanes> {
    Amplitudes(
      pointer: UnsafeMutableRawPointer(state).assumingMemoryBound(to: S.Lanes.self),
      qubitCount: plan.bitCount, pool: nil)
  }

  // Backward ------------------------------------------------------------------------------------

  /// Carries the observables, weighted by `upstream`, back through one block whose states were kept.
  ///
  /// - Parameters:
  ///   - upstream: One lane vector an observable.
  ///   - needed: Which occurrences' derivatives are wanted.
  ///   - derivatives: `[evaluations, occurrences]`; this block's rows are added to.
  ///   - bra: Scratch; at the end, the observable pulled back to the start if the start is data.
  func backward(
    _ block: Block, states: Pointer, upstream: Pointer, needed: [Bool],
    derivatives: UnsafeMutablePointer<Double>, bra: Pointer, _ workspace: inout Workspace<S>
  ) {
    let lanes = Self.laneCount
    let imaginary = workspace.take(rows * lanes)
    let sums = workspace.take(rows * lanes)
    let small = workspace.take(max(4, plan.bitCount) * lanes)
    let output = Derivatives(
      values: derivatives, first: block.evaluations.startIndex, count: block.evaluations.count,
      width: program.angles.count, needed: needed)
    func isNeeded(_ angle: TermAngle) -> Bool { angle.occurrence.map { needed[$0] } ?? false }

    observe(
      states + (keptStates - 1) * stateSize, bra: bra, upstream: upstream, scratch: sums, &workspace
    )
    for index in plan.stages.indices.reversed() {
      let stage = plan.stages[index]
      let values = stageValues(index, in: block)
      let after = states + (index + 1) * stateSize
      for group in stage.rotations where group.angles.contains(where: isNeeded) {
        gradient(of: group, bra: bra, ket: after, into: small)
        for (bit, angle) in group.angles.enumerated() {
          output.add(angle, small + bit * lanes)
        }
      }
      for (place, group) in stage.rotations.enumerated() {
        rotate(bra, group, values.rotations[place], lanes: values.lanes[place], inverted: true)
      }
      guard let diagonal = stage.diagonal, let table = values.table else { continue }
      let back = values.tableIsLanes ? kernels.diagonalBackLanes : kernels.diagonalBack
      back(bra, after - stateSize, table.pointer, imaginary, rows)
      for group in diagonal.groups
      where group.angles.contains(where: { $0.contains(where: isNeeded) }) {
        Self.withOrder(group.basis) {
          kernels.gather(imaginary, $0, sums, rows)
        }
        kernels.signedSums(sums, Int32(plan.bitCount), small)
        for (bit, angles) in group.angles.enumerated() {
          for angle in angles { output.add(angle, small + bit * lanes) }
        }
      }
    }
    if plan.product != nil { productBack(block: block, bra: bra, output: output, &workspace) }
  }

  /// bra ← (Σ_k upstream_k O_k)·ket
  private func observe(
    _ ket: Pointer, bra: Pointer, upstream: Pointer, scratch: Pointer,
    _ workspace: inout Workspace<S>
  ) {
    let (lanes, bits) = (Self.laneCount, plan.bitCount)
    func weight(_ term: Plan.Readout.Term, into place: Pointer) {
      for lane in 0..<lanes { place[lane] = 0 }
      for use in term.uses {
        let factor = S(term.sign * use.coefficient)
        for lane in 0..<lanes {
          place[lane] += factor * upstream[use.observable * lanes + lane]
        }
      }
    }
    let small = workspace.take((bits + 1) * lanes)
    let start = small + bits * lanes
    for lane in 0..<lanes {
      start[lane] = plan.constants.indices.reduce(0) {
        $0 + S(plan.constants[$1]) * upstream[$1 * lanes + lane]
      }
    }
    let groups = plan.readout.groups
    if groups.count == 1 {
      for i in 0..<bits * lanes { small[i] = 0 }
      for (bit, term) in groups[0].terms.enumerated() {
        weight(term, into: small + bit * lanes)
      }
      kernels.signedSpread(scratch, Int32(bits), start, small)
      Self.withOrder(groups[0].basis) { kernels.weigh(bra, ket, scratch, $0, rows) }
    } else {
      // Several sets, or none: their weights are added row by row.
      let total = workspace.take(rows * lanes)
      for row in 0..<rows {
        for lane in 0..<lanes { total[row * lanes + lane] = start[lane] }
      }
      for lane in 0..<lanes { start[lane] = 0 }
      for (basis, terms) in groups {
        for i in 0..<bits * lanes { small[i] = 0 }
        for (bit, term) in terms.enumerated() {
          weight(term, into: small + bit * lanes)
        }
        kernels.signedSpread(scratch, Int32(bits), start, small)
        for i in 0..<rows {
          let row = basis.order.map { Int($0[i]) } ?? i
          for lane in 0..<lanes {
            total[row * lanes + lane] += scratch[i * lanes + lane]
          }
        }
      }
      kernels.weigh(bra, ket, total, nil, rows)
    }
    guard !plan.readout.general.isEmpty else { return }
    let (ketView, braView) = (lanesView(ket), lanesView(bra))
    for (masks, term) in plan.readout.general {
      let fixed = FixedBits(masks.pivot, qubitCount: bits)
      weight(term, into: start)
      var vector = S.Lanes.zero
      for lane in 0..<lanes { vector[lane: lane] = start[lane] }
      addPauli(
        ketView.pointer, braView.pointer, fixed, 0..<fixed.groupCount, masks: masks, weight: vector)
    }
  }

  private func gradient(
    of group: Plan.RotationGroup, bra: Pointer, ket: Pointer, into out: Pointer
  ) {
    for i in 0..<group.angles.count * Self.laneCount { out[i] = 0 }
    group.representatives.withUnsafeBufferPointer { reps in
      group.offsets.withUnsafeBufferPointer { offsets in
        guard let reps = reps.baseAddress, let offsets = offsets.baseAddress else { return }
        kernels.rotationGradient(
          bra, ket, reps, group.representatives.count, offsets, Int32(group.angles.count), out)
      }
    }
  }

  /// The gradients of the gates in the starting product, bit by bit from the least significant: what
  /// is left of the bra when all other bits are contracted is a bra of one bit.
  private func productBack(
    block: Block, bra: Pointer, output: Derivatives, _ workspace: inout Workspace<S>
  ) {
    let lanes = Self.laneCount
    let isNeeded = gateRanges.map { range in
      gates[range].contains { gate in gate.angle.occurrence.map { output.needed[$0] } ?? false }
    }
    guard isNeeded.contains(true) else { return }
    let factors = productFactors(in: block, &workspace)
    let prefixes = workspace.take(2 * stateSize)
    buildProduct(factors, prefixes: prefixes, destination: prefixes + stateSize)
    let h = workspace.take(4 * lanes)
    for bit in 0..<plan.bitCount {
      let count = 1 << (plan.bitCount - 1 - bit)
      let prefix = prefixes + (count - 1) * 2 * lanes
      kernels.productBack(bra, prefix, factors + 4 * bit * lanes, h, count)
      guard isNeeded[bit] else { continue }
      for lane in 0..<block.evaluations.count {
        var ket = bitVector(bit, lane: lane, in: block)
        // h is ⟨bra| with the others contracted, so the bra's amplitudes are its conjugates.
        var own = BitVector(
          Double(h[lane]), -Double(h[lanes + lane]),
          Double(h[2 * lanes + lane]), -Double(h[3 * lanes + lane]))
        for index in gateRanges[bit].reversed() {
          let gate = gates[index]
          output.add(gate.angle, lane: lane, own.derivative(gate.axis, ket: ket))
          let angles = block.product + 2 * index * lanes
          ket.apply(gate.axis, cosine: angles[lane], sine: -angles[lanes + lane])
          own.apply(gate.axis, cosine: angles[lane], sine: -angles[lanes + lane])
        }
      }
    }
  }

  /// Where a block's derivatives go.
  private struct Derivatives {
    let values: UnsafeMutablePointer<Double>
    let first: Int
    let count: Int
    let width: Int
    let needed: [Bool]

    func add(_ angle: TermAngle, _ lanes: Pointer) {
      guard let occurrence = angle.occurrence, needed[occurrence] else { return }
      for lane in 0..<count {
        values[(first + lane) * width + occurrence] += angle.factor * Double(lanes[lane])
      }
    }

    func add(_ angle: TermAngle, lane: Int, _ value: Double) {
      guard let occurrence = angle.occurrence, needed[occurrence] else { return }
      values[(first + lane) * width + occurrence] += angle.factor * value
    }
  }
}

/// The state of one qubit.
private struct BitVector {
  var re0: Double
  var im0: Double
  var re1: Double
  var im1: Double

  /// |0⟩
  init() { (re0, im0, re1, im1) = (1, 0, 0, 0) }

  init(_ re0: Double, _ im0: Double, _ re1: Double, _ im1: Double) {
    (self.re0, self.im0, self.re1, self.im1) = (re0, im0, re1, im1)
  }

  func part(_ index: Int) -> Double {
    switch index {
    case 0: re0
    case 1: im0
    case 2: re1
    default: im1
    }
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
