import AnsatzMath

/// A plan for batches as flat tables, made once: what a run does is a walk through them.
///
/// Everything that turns by an angle has a slot. Slots are numbered: the gates of the starting
/// product, then stage by stage the rotations, then the parities of the diagonal. A slot's half angle
/// is a sum of multiples of the program's angles, and its derivative goes to the same ones.
final class BlockCode: @unchecked Sendable {
  /// `constant + Σ factor · angle`, over a range of `slotTerms`, is the slot's whole angle.
  struct Slot {
    let constant: Double
    let terms: Range32
  }

  struct SlotTerm {
    let angle: Int32
    let factor: Double
  }

  /// An affine angle of the program, as ranges of `angleTerms`; others are evaluated by steps.
  struct Angle {
    let constant: Double
    let weights: Range32
    let inputs: Range32
    let isAffine: Bool
  }

  struct AngleTerm {
    let variable: Int32
    let factor: Double
  }

  struct Group {
    let k: Int32
    /// The first of its k slots.
    let slot: Int32
    /// Whether lanes differ whatever the run.
    let isLane: Bool
    /// Whether its cosines may be left to the stage's diagonal.
    let isLift: Bool
    let reps: Range32
    let bases: Range32
    /// Offsets of the 2^k rows, then the same backwards, in `rows`.
    let offsets: Int32
    let reach: Reach
  }

  struct DiagonalGroup {
    let slots: Range32
    /// Place of its order in `rows`, or -1 if the labels are the rows.
    let order: Int32
    let reach: Reach
  }

  /// Whether weights and inputs change any of some slots.
  struct Reach {
    var weights = false
    var inputs = false

    @inline(__always)
    func overlaps(_ other: Reach) -> Bool { weights && other.weights || inputs && other.inputs }
  }

  struct Stage {
    let slots: Range32
    let groups: Range32
    let hasDiagonal: Bool
    let diagonals: Range32
    let isLaneDiagonal: Bool
  }

  struct Use {
    /// The parity's place in its group.
    let bit: Int32
    let observable: Int32
    let factor: Double
  }

  struct ReadoutGroup {
    let order: Int32
    let uses: Range32
  }

  struct Word {
    let x: Int32
    let z: Int32
    let yCount: Int32
    let uses: Range32
  }

  /// The derivative in a slot's whole angle, times the factor, is part of that in a weight, an input,
  /// or an angle of the program.
  struct Partial {
    let slot: Int32
    let variable: Int32
    let factor: Double
  }

  struct Range32 {
    let first: Int32
    let end: Int32

    init(_ first: Int, _ end: Int) { (self.first, self.end) = (Int32(first), Int32(end)) }

    @inline(__always)
    var indices: Range<Int> { Range(uncheckedBounds: (Int(first), Int(end))) }
    var count: Int { Int(end - first) }
    var isEmpty: Bool { first == end }
  }

  let rowBits: Int
  let hasProduct: Bool
  let angles: FlatList<Angle>
  let angleTerms: FlatList<AngleTerm>
  /// The angles that differ from sample to sample.
  let laneAngles: FlatList<Int32>
  /// The other angles that slots with lane vectors use, and all angles.
  let mixedAngles: FlatList<Int32>
  let allAngles: FlatList<Int32>
  let slots: FlatList<Slot>
  let slotTerms: FlatList<SlotTerm>
  /// The slots that need a vector for all lanes, and where each is among them (-1 for the others).
  let laneSlots: FlatList<Int32>
  let lanePlaces: FlatList<Int32>
  /// For runs whose evaluations shift angles: every slot at its own place.
  let allSlots: FlatList<Int32>
  /// For each bit, its gates: the slots `gateRanges[bit]..<gateRanges[bit + 1]`.
  let gateRanges: FlatList<Int32>
  /// Axis and place of each gate, as the kernels take them; and with all of them in lanes.
  let gates: FlatList<Int32>
  let laneGates: FlatList<Int32>
  /// For each bit, what changes its gates.
  let gateReaches: FlatList<Reach>
  let stages: FlatList<Stage>
  let groups: FlatList<Group>
  let diagonals: FlatList<DiagonalGroup>
  /// Patterns, offsets and orders.
  let rows: FlatList<Int32>
  let constants: FlatList<Double>
  let uses: FlatList<Use>
  let readoutGroups: FlatList<ReadoutGroup>
  let words: FlatList<Word>
  /// The chain rule, where the partial derivatives are constant: for the weights, and for the inputs in
  /// their order.
  let weightPartials: FlatList<Partial>
  let inputPartials: FlatList<Partial>
  /// For the angles where they are not: the slots' parts of each.
  let otherPartials: FlatList<Partial>

  var gateCount: Int { gates.count / 2 }

  init(_ plan: Plan, _ program: Program) {
    var builder = BlockCodeBuilder(program)
    builder.addProduct(plan.product)
    for stage in plan.stages { builder.add(stage) }
    builder.add(plan.readout, constants: plan.constants)
    rowBits = plan.rowBits
    hasProduct = plan.product != nil
    angles = FlatList(builder.angles)
    angleTerms = FlatList(builder.angleTerms)
    laneAngles = FlatList(builder.isLane.indices.filter { builder.isLane[$0] }.map { Int32($0) })
    mixedAngles = FlatList(builder.mixedAngles)
    allAngles = FlatList(builder.angles.indices.map { Int32($0) })
    slots = FlatList(builder.slots)
    slotTerms = FlatList(builder.slotTerms)
    laneSlots = FlatList(builder.laneSlots)
    lanePlaces = FlatList(builder.lanePlaces)
    allSlots = FlatList(builder.slots.indices.map { Int32($0) })
    gateRanges = FlatList(builder.gateRanges)
    gates = FlatList(
      builder.axes.indices.flatMap { slot -> [Int32] in
        let lane = builder.lanePlaces[slot]
        return [builder.axes[slot], lane >= 0 ? ~lane : Int32(slot)]
      })
    laneGates = FlatList(builder.axes.indices.flatMap { [builder.axes[$0], ~Int32($0)] })
    stages = FlatList(builder.stages)
    groups = FlatList(builder.groups)
    diagonals = FlatList(builder.diagonals)
    rows = FlatList(builder.rows)
    constants = FlatList(builder.constants)
    uses = FlatList(builder.uses)
    readoutGroups = FlatList(builder.readoutGroups)
    words = FlatList(builder.words)
    gateReaches = FlatList(builder.gateReaches)
    weightPartials = FlatList(builder.partials(program.jacobian.weights))
    inputPartials = FlatList(
      builder.partials(program.jacobian.inputs).enumerated().sorted {
        ($0.element.variable, $0.offset) < ($1.element.variable, $1.offset)
      }.map(\.element))
    otherPartials = FlatList(builder.otherPartials)
  }

  deinit {
    angles.free()
    angleTerms.free()
    laneAngles.free()
    mixedAngles.free()
    allAngles.free()
    slots.free()
    slotTerms.free()
    laneSlots.free()
    lanePlaces.free()
    allSlots.free()
    gateRanges.free()
    gates.free()
    laneGates.free()
    stages.free()
    groups.free()
    diagonals.free()
    rows.free()
    constants.free()
    uses.free()
    readoutGroups.free()
    words.free()
    gateReaches.free()
    weightPartials.free()
    inputPartials.free()
    otherPartials.free()
  }
}

/// Lays a plan out.
private struct BlockCodeBuilder {
  typealias Range32 = BlockCode.Range32

  /// Whether an angle of the program differs from sample to sample.
  let isLane: [Bool]
  let jacobian: AngleJacobian
  var gateReaches: [BlockCode.Reach] = []
  var angles: [BlockCode.Angle] = []
  var angleTerms: [BlockCode.AngleTerm] = []
  var slots: [BlockCode.Slot] = []
  var slotTerms: [BlockCode.SlotTerm] = []
  var laneSlots: [Int32] = []
  var lanePlaces: [Int32] = []
  var gateRanges: [Int32] = [0]
  var axes: [Int32] = []
  var stages: [BlockCode.Stage] = []
  var groups: [BlockCode.Group] = []
  var diagonals: [BlockCode.DiagonalGroup] = []
  var rows: [Int32] = []
  var constants: [Double] = []
  var uses: [BlockCode.Use] = []
  var readoutGroups: [BlockCode.ReadoutGroup] = []
  var words: [BlockCode.Word] = []

  init(_ program: Program) {
    isLane = program.angles.map(\.expression.dependsOnInputs)
    jacobian = program.jacobian
    for angle in program.angles {
      let affine = angle.expression.affineTerms
      let weights = add(affine?.weights ?? [])
      let inputs = add(affine?.inputs ?? [])
      angles.append(
        BlockCode.Angle(
          constant: affine?.constant ?? 0, weights: weights, inputs: inputs,
          isAffine: affine != nil))
    }
  }

  private mutating func add(_ terms: [(index: Int, factor: Double)]) -> Range32 {
    let first = angleTerms.count
    angleTerms += terms.map {
      BlockCode.AngleTerm(variable: Int32($0.index), factor: $0.factor)
    }
    return Range32(first, angleTerms.count)
  }

  private func isLane(_ angle: TermAngle) -> Bool { angle.occurrence.map { isLane[$0] } ?? false }

  /// A slot for a sum of angles.
  private mutating func addSlot(_ sum: [TermAngle]) {
    let first = slotTerms.count
    var constant = 0.0
    for angle in sum {
      if let occurrence = angle.occurrence {
        slotTerms.append(BlockCode.SlotTerm(angle: Int32(occurrence), factor: angle.factor))
      } else {
        constant += angle.factor
      }
    }
    slots.append(BlockCode.Slot(constant: constant, terms: Range32(first, slotTerms.count)))
    lanePlaces.append(-1)
  }

  var mixedAngles: [Int32] {
    let used = laneSlots.flatMap { slot in
      slots[Int(slot)].terms.indices.map { slotTerms[$0].angle }
    }
    return Set(used).filter { !isLane[Int($0)] }.sorted()
  }

  private mutating func useLanes(_ range: Range<Int>) {
    for slot in range {
      lanePlaces[slot] = Int32(laneSlots.count)
      laneSlots.append(Int32(slot))
    }
  }

  private mutating func addRows(_ list: [Int32]?) -> Int32 {
    guard let list else { return -1 }
    rows += list
    return Int32(rows.count - list.count)
  }

  private func reach(_ range: Range<Int>) -> BlockCode.Reach {
    var reach = BlockCode.Reach()
    for slot in range {
      for term in slots[slot].terms.indices {
        let angle = Int(slotTerms[term].angle)
        reach.weights = reach.weights || jacobian.usesWeights[angle]
        reach.inputs = reach.inputs || jacobian.usesInputs[angle]
      }
    }
    return reach
  }

  /// The slots' parts of every angle, and with them the program's partial derivatives carried on.
  private var slotsOfAngles: [[(slot: Int32, factor: Double)]] {
    var lists = [[(slot: Int32, factor: Double)]](repeating: [], count: angles.count)
    for (slot, terms) in slots.map(\.terms).enumerated() {
      for term in terms.indices {
        lists[Int(slotTerms[term].angle)].append((Int32(slot), slotTerms[term].factor))
      }
    }
    return lists
  }

  func partials(_ entries: [AngleJacobian.Entry]) -> [BlockCode.Partial] {
    let parts = slotsOfAngles
    return entries.flatMap { entry in
      parts[entry.angle].map {
        BlockCode.Partial(
          slot: $0.slot, variable: Int32(entry.variable), factor: entry.factor * $0.factor)
      }
    }
  }

  var otherPartials: [BlockCode.Partial] {
    let parts = slotsOfAngles
    return jacobian.others.flatMap { angle in
      parts[angle].map {
        BlockCode.Partial(slot: $0.slot, variable: Int32(angle), factor: $0.factor)
      }
    }
  }

  mutating func addProduct(_ product: [[TermBuilder.ProductGate]]?) {
    for gates in product ?? [] {
      for gate in gates {
        axes.append(gate.axis == .y ? 0 : 1)
        addSlot([gate.angle])
        if isLane(gate.angle) { useLanes(slots.count - 1..<slots.count) }
      }
      gateRanges.append(Int32(slots.count))
      gateReaches.append(reach(slots.count - gates.count..<slots.count))
    }
  }

  /// Each lift leaves out a factor of √½ at worst; that of so many is still far within the range of
  /// `Float`. A stage's further rotations are made in full.
  private static var largestLiftCount: Int { 96 }

  mutating func add(_ stage: Plan.Stage) {
    let firstSlot = slots.count
    let firstGroup = groups.count
    var lifted = 0
    for group in stage.rotations {
      let slot = slots.count
      for angle in group.angles { addSlot([angle]) }
      let lane = group.angles.contains(where: isLane)
      if lane { useLanes(slot..<slots.count) }
      let reps = addRows(group.pattern)
      let bases = addRows(group.bases)
      let isLift =
        stage.diagonal != nil && !group.isConditioned && lifted < Self.largestLiftCount
      if isLift { lifted += group.angles.count }
      groups.append(
        BlockCode.Group(
          k: Int32(group.angles.count), slot: Int32(slot), isLane: lane, isLift: isLift,
          reps: Range32(Int(reps), Int(reps) + group.pattern.count),
          bases: Range32(Int(bases), Int(bases) + group.bases.count),
          offsets: addRows(group.offsets + group.reversedOffsets),
          reach: reach(slot..<slots.count)))
    }
    let firstDiagonal = diagonals.count
    let diagonalSlot = slots.count
    for group in stage.diagonal?.groups ?? [] {
      let slot = slots.count
      for sum in group.angles { addSlot(sum) }
      diagonals.append(
        BlockCode.DiagonalGroup(
          slots: Range32(slot, slots.count), order: addRows(group.basis.order),
          reach: reach(slot..<slots.count)))
    }
    let laneDiagonal = stage.diagonal?.allAngles.contains(where: isLane) ?? false
    if laneDiagonal { useLanes(diagonalSlot..<slots.count) }
    stages.append(
      BlockCode.Stage(
        slots: Range32(firstSlot, slots.count), groups: Range32(firstGroup, groups.count),
        hasDiagonal: stage.diagonal != nil, diagonals: Range32(firstDiagonal, diagonals.count),
        isLaneDiagonal: laneDiagonal))
  }

  mutating func add(_ readout: Plan.Readout, constants: [Double]) {
    self.constants = constants
    for (basis, list) in readout.groups {
      let first = uses.count
      for (bit, word) in list.enumerated() { add(word, bit: bit) }
      readoutGroups.append(
        BlockCode.ReadoutGroup(order: addRows(basis.order), uses: Range32(first, uses.count)))
    }
    for (x, z, yCount, word) in readout.general {
      let first = uses.count
      add(word, bit: 0)
      words.append(
        BlockCode.Word(
          x: Int32(x), z: Int32(z), yCount: Int32(yCount),
          uses: Range32(first, uses.count)))
    }
  }

  private mutating func add(_ word: Plan.Readout.Word, bit: Int) {
    for use in word.uses {
      uses.append(
        BlockCode.Use(
          bit: Int32(bit), observable: Int32(use.observable),
          factor: word.sign * use.coefficient))
    }
  }
}
