import AnsatzMath

/// Rotations that a kernel runs in one sweep over a block or a tile: up to three that leave lanes
/// where they are, or one that moves them.
final class TileTurn: Sendable {
  let angles: [TermAngle]
  /// For each rotation, the lanes whose parity changes its sign.
  let laneSigns: [Int]
  /// The rows' sign masks among all rows: a block's first row decides a sign for the block.
  let zRows: [Int]
  /// X masks in the tile's own numbers.
  let xRows: [Int32]
  /// Whether the rotations stay within a block.
  let isInner: Bool
  /// Rows in the block, or the tile.
  let rowBits: Int
  /// One row for each pair (or each four or eight rows).
  let representatives: AlignedBuffer<Int32>
  /// For each of the 2^k rows, what the representative is combined with, and the same with every
  /// pair's members exchanged, which turns the other way.
  let offsets: AlignedBuffer<Int32>
  /// The lanes a single rotation moves, and its sign mask in the tile's own numbers; 0 for groups.
  let xLane: Int
  let zLocal: Int

  /// A condition on rows, as what representatives are combined with to meet it.
  struct Condition {
    /// The mask among all rows.
    let z: Int
    let isOdd: Bool
    let shift: Int32
  }

  /// Conditions that choose rows, of a single rotation; their parities within the block (or tile)
  /// are independent.
  let conditions: AlignedBuffer<Condition>
  /// Conditions that a block (or tile) meets as a whole or not; their shifts are 0.
  let wholeConditions: AlignedBuffer<Condition>

  private struct Word {
    let x: Int
    let zLocal: Int
    let z: Int
    let xLane: Int
    let zLane: Int
    let angle: TermAngle
    let isInner: Bool
    /// The mask among all rows, its part in the tile's own numbers, and the parity wanted.
    let conditions: [(z: Int, local: Int, isOdd: Bool)]
  }

  private init(_ words: [Word], rowBits: Int) {
    angles = words.map(\.angle)
    laneSigns = words.map(\.zLane)
    zRows = words.map(\.z)
    xRows = words.map { Int32($0.x) }
    isInner = words[0].isInner
    self.rowBits = rowBits
    xLane = words[0].xLane
    zLocal = words[0].zLocal
    let own = (1 << rowBits) - 1
    let count = 1 << words.count
    offsets = AlignedBuffer(count: 2 * count)
    for choice in 0..<count {
      let offset = words.enumerated().reduce(Int32(0)) {
        choice >> $1.offset & 1 == 1 ? $0 ^ Int32($1.element.x) : $0
      }
      offsets.pointer[choice] = offset
      offsets.pointer[count + (count - 1 - choice)] = offset
    }
    // Conditions by their parts within the block, reduced until those are independent.
    var free: [(z: Int, local: Int, isOdd: Bool)] = []
    var whole: [Condition] = []
    for condition in words.flatMap(\.conditions) {
      var rest = (z: condition.z, local: condition.local & own, isOdd: condition.isOdd)
      for known in free where rest.local & (1 << known.local.trailingZeroBitCount) != 0 {
        rest = (rest.z ^ known.z, rest.local ^ known.local, rest.isOdd != known.isOdd)
      }
      if rest.local == 0 {
        whole.append(Condition(z: rest.z, isOdd: rest.isOdd, shift: 0))
        continue
      }
      let pivot = 1 << rest.local.trailingZeroBitCount
      for i in free.indices where free[i].local & pivot != 0 {
        free[i] = (free[i].z ^ rest.z, free[i].local ^ rest.local, free[i].isOdd != rest.isOdd)
      }
      free.append(rest)
    }
    conditions = AlignedBuffer(count: free.count)
    wholeConditions = AlignedBuffer(count: whole.count)
    for (index, condition) in whole.enumerated() {
      (wholeConditions.pointer + index).initialize(to: condition)
    }
    guard xLane == 0 else {
      representatives = AlignedBuffer(count: 0)
      return
    }
    let masks = words.map { $0.zLocal & own } + free.map(\.local)
    if !free.isEmpty {
      let basis = BitBasis(masks, bitCount: rowBits)
      for (index, condition) in free.enumerated() {
        let label = 1 << (words.count + index)
        (conditions.pointer + index).initialize(
          to: Condition(
            z: condition.z, isOdd: condition.isOdd, shift: basis.order?[label] ?? Int32(label)))
      }
    }
    let subspace = BitBasis.evenSubspace(of: masks, bitCount: rowBits)
    representatives = AlignedBuffer(count: 1 << subspace.count)
    representatives.pointer[0] = 0
    for (bit, vector) in subspace.enumerated() {
      for i in 0..<1 << bit {
        representatives.pointer[i + (1 << bit)] = representatives.pointer[i] ^ Int32(vector)
      }
    }
  }

  /// Whether it is one rotation that moves lanes.
  var movesLanes: Bool { xLane != 0 }

  /// The lane bit it turns, if it has no other part within a block: it then goes with a diagonal.
  var laneBit: Int? {
    guard movesLanes, xLane.nonzeroBitCount == 1, xRows[0] == 0,
      zLocal & ((1 << rowBits) - 1) == 0
    else { return nil }
    return xLane.trailingZeroBitCount
  }

  /// Deals commuting rotations to turns. Rotations share one if none changes the parity by which
  /// another picks its pairs, so that one representative serves all.
  static func group(
    _ terms: [PlanTerm], _ space: TileSpace, _ layout: TileLayout
  ) -> [TileTurn] {
    let blockBits = min(layout.blockBits, space.bits)
    var groups: [[Word]] = []
    for term in terms {
      guard case .rotation(let x, let z, let angle, let conditions) = term else { continue }
      let (xRow, zRow) = (space.local(x: layout.row(x)), space.local(z: layout.row(z)))
      let word = Word(
        x: xRow, zLocal: zRow, z: layout.row(z), xLane: layout.lane(x), zLane: layout.lane(z),
        angle: angle, isInner: xRow >> blockBits == 0,
        conditions: conditions.map {
          (layout.row($0.z), space.local(z: layout.row($0.z)), $0.isOdd)
        })
      let place =
        word.xLane != 0 || !conditions.isEmpty
        ? nil
        : groups.firstIndex { group in
          group.count < 3 && group[0].xLane == 0 && group[0].conditions.isEmpty
            && group[0].isInner == word.isInner
            && group.allSatisfy {
              !parityIsOdd($0.x & word.zLocal) && !parityIsOdd(word.x & $0.zLocal)
            }
        }
      if let place { groups[place].append(word) } else { groups.append([word]) }
    }
    return groups.map { TileTurn($0, rowBits: $0[0].isInner ? blockBits : space.bits) }
  }
}
