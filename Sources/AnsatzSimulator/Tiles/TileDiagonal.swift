import AnsatzMath

/// The diagonal of one step, block by block: a table that is the same in all blocks, times factors
/// whose signs change from block to block.
final class TileDiagonal: Sendable {
  struct Term: Sendable {
    let angle: TermAngle
    /// The mask among all rows.
    let z: Int
    let lane: Int
  }

  /// Terms that are the same on all rows outside a block, by independent parities of its rows.
  struct FixedGroup: Sendable {
    let basis: BitBasis
    let labels: [[Term]]
  }

  /// Independent parities whose terms change sign from block to block.
  final class MovingGroup: Sendable {
    let labels: [[Term]]
    /// For each row of a block, the parities as one number.
    let index: AlignedBuffer<Int32>

    init(labels: [[Term]], index: AlignedBuffer<Int32>) {
      self.labels = labels
      self.index = index
    }
  }

  let blockBits: Int
  let fixed: [FixedGroup]
  /// Terms on lanes alone.
  let lanes: [Term]
  let moving: [MovingGroup]
  /// Terms without rows of the block: one factor for a block.
  let common: [Term]
  /// All terms' angles, in the order of `sums`' words.
  let angles: [TermAngle]
  let sums: TileParities
  /// 0 for each row of a block.
  let noIndex: AlignedBuffer<Int32>

  init(_ terms: [PlanTerm], _ space: TileSpace, blockBits: Int, _ layout: TileLayout) {
    let own = (1 << blockBits) - 1
    var fixedOrder: [Int] = []
    var movingOrder: [Int] = []
    var fixedTerms: [Int: [Term]] = [:]
    var movingTerms: [Int: [Term]] = [:]
    var all: [Term] = []
    for case .diagonal(let z, let angle) in terms {
      let term = Term(angle: angle, z: layout.row(z), lane: layout.lane(z))
      all.append(term)
      let local = space.local(z: term.z)
      let part = local & own
      let isFixed = local >> blockBits == 0 && term.z & space.outerMask == 0
      if isFixed {
        if part != 0, fixedTerms[part] == nil { fixedOrder.append(part) }
        fixedTerms[part, default: []].append(term)
      } else {
        if part != 0, movingTerms[part] == nil { movingOrder.append(part) }
        movingTerms[part, default: []].append(term)
      }
    }
    self.blockBits = blockBits
    fixed = BitBasis.independentSets(fixedOrder).map { members in
      FixedGroup(
        basis: BitBasis(members.map { fixedOrder[$0] }, bitCount: blockBits),
        labels: members.map { fixedTerms[fixedOrder[$0]] ?? [] })
    }
    lanes = fixedTerms[0] ?? []
    moving = BitBasis.independentSets(movingOrder).map { members in
      let masks = members.map { movingOrder[$0] }
      let index = AlignedBuffer<Int32>(count: 1 << blockBits)
      for row in 0..<1 << blockBits {
        index.pointer[row] = masks.enumerated().reduce(0) {
          parityIsOdd($1.element & row) ? $0 | 1 << Int32($1.offset) : $0
        }
      }
      return MovingGroup(labels: masks.map { movingTerms[$0] ?? [] }, index: index)
    }
    common = movingTerms[0] ?? []
    angles = all.map(\.angle)
    noIndex = AlignedBuffer(count: 1 << blockBits)
    noIndex.pointer.update(repeating: 0, count: 1 << blockBits)
    sums = TileParities(all.map { ($0.z, $0.lane) }, bits: blockBits) { space.local(z: $0) & own }
  }
}
