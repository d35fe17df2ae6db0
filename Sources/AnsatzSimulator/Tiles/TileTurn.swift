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

  private struct Word {
    let x: Int
    let zLocal: Int
    let z: Int
    let xLane: Int
    let zLane: Int
    let angle: TermAngle
    let isInner: Bool
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
    guard xLane == 0 else {
      representatives = AlignedBuffer(count: 0)
      return
    }
    let subspace = BitBasis.evenSubspace(of: words.map { $0.zLocal & own }, bitCount: rowBits)
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

  /// Deals commuting rotations to turns. Rotations share one if none changes the parity by which
  /// another picks its pairs, so that one representative serves all.
  static func group(
    _ terms: [PlanTerm], _ space: TileSpace, _ layout: TileLayout
  ) -> [TileTurn] {
    let blockBits = min(layout.blockBits, space.bits)
    var groups: [[Word]] = []
    for term in terms {
      guard case .rotation(let x, let z, let angle) = term else { continue }
      let (xRow, zRow) = (space.local(x: layout.row(x)), space.local(z: layout.row(z)))
      let word = Word(
        x: xRow, zLocal: zRow, z: layout.row(z), xLane: layout.lane(x), zLane: layout.lane(z),
        angle: angle, isInner: xRow >> blockBits == 0)
      let place =
        word.xLane != 0
        ? nil
        : groups.firstIndex { group in
          group.count < 3 && group[0].xLane == 0 && group[0].isInner == word.isInner
            && group.allSatisfy {
              !parityIsOdd($0.x & word.zLocal) && !parityIsOdd(word.x & $0.zLocal)
            }
        }
      if let place { groups[place].append(word) } else { groups.append([word]) }
    }
    return groups.map { TileTurn($0, rowBits: $0[0].isInner ? blockBits : space.bits) }
  }
}
