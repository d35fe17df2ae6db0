import AnsatzMath

/// What one pass over memory runs: the tile's rows, and steps of one diagonal and commuting
/// rotations.
final class TileWindow: Sendable {
  final class Step: Sendable {
    let diagonal: TileDiagonal?
    /// Turns within one block of the tile.
    let inner: [TileTurn]
    /// Turns among the blocks of the tile.
    let outer: [TileTurn]
    /// For each lane bit, a turn of it that goes with the diagonal.
    let lanes: [TileTurn?]

    init(diagonal: TileDiagonal?, turns: [TileTurn], laneBits: Int) {
      self.diagonal = diagonal
      var lanes = [TileTurn?](repeating: nil, count: laneBits)
      var inner: [TileTurn] = []
      for turn in turns where turn.isInner {
        if diagonal != nil, let bit = turn.laneBit, lanes[bit] == nil {
          lanes[bit] = turn
        } else {
          inner.append(turn)
        }
      }
      self.inner = inner
      self.lanes = lanes
      outer = turns.filter { !$0.isInner }
    }

    /// All turns, in the order they are bound.
    var turns: [TileTurn] { inner + outer + lanes.compactMap { $0 } }
  }

  let space: TileSpace
  let blockBits: Int
  let steps: [Step]
  /// For each block of a tile, its first row in the tile named 0.
  let blockRows: [Int]

  private init(_ terms: [PlanTerm], _ space: TileSpace, _ layout: TileLayout) {
    self.space = space
    blockBits = min(layout.blockBits, space.bits)
    let blockBits = blockBits
    steps = PlanTerm.stages(terms).map { stage in
      let turns = TileTurn.group(stage.rotations, space, layout)
      return Step(
        diagonal: stage.diagonals.isEmpty
          ? nil : TileDiagonal(stage.diagonals, space, blockBits: blockBits, layout),
        turns: turns, laneBits: layout.laneBits)
    }
    blockRows = (0..<1 << (space.bits - blockBits)).map { space.row($0 << blockBits) }
  }

  /// Terms looked at for one window; a longer circuit is taken piece by piece.
  private static let lookAhead = 2048

  /// Deals the terms to windows, in an order that the circuit allows.
  ///
  /// A window takes each term that commutes with every earlier one it has left behind, as long as
  /// its rotations' X masks span no more rows than a tile has. Which rotations come first decides
  /// how much follows, so a window is tried from both ends of the first layer.
  static func schedule(_ terms: [PlanTerm], _ layout: TileLayout) -> [TileWindow] {
    var rest = terms[...]
    var windows: [TileWindow] = []
    while !rest.isEmpty {
      let ahead = Array(rest.prefix(lookAhead))
      let tries = [fill(ahead, layout, skipping: false), fill(ahead, layout, skipping: true)]
      let best = tries[tries[1].rotations > tries[0].rotations ? 1 : 0]
      let space = TileSpace(
        best.masks, chunkBits: layout.chunkBits, size: layout.tileBits, rowBits: layout.rowBits)
      windows.append(TileWindow(best.taken, space, layout))
      rest = (best.left + rest.dropFirst(lookAhead))[...]
    }
    return windows
  }

  private struct Filling {
    var taken: [PlanTerm] = []
    var left: [PlanTerm] = []
    var masks: [Int] = []
    var rotations = 0
  }

  /// - Parameter skipping: Whether to start with the last of the rotations that could come first.
  private static func fill(
    _ terms: [PlanTerm], _ layout: TileLayout, skipping: Bool
  ) -> Filling {
    var filling = Filling()
    var span = EchelonSet()
    for bit in 0..<layout.chunkBits { _ = span.insert(1 << bit) }
    func isFree(_ term: PlanTerm, _ others: [PlanTerm]) -> Bool {
      for other in others.reversed() where !term.commutes(with: other) {
        return false
      }
      return true
    }
    if skipping {
      // The masks of the first layer from its end, as many as a tile has room for.
      var first: [PlanTerm] = []
      for term in terms {
        guard case .rotation = term else { continue }
        guard isFree(term, first) else { break }
        first.append(term)
      }
      for term in first.reversed() where span.count < layout.tileBits {
        if span.insert(layout.row(term.x)) { filling.masks.append(layout.row(term.x)) }
      }
    }
    for term in terms {
      guard isFree(term, filling.left) else {
        filling.left.append(term)
        continue
      }
      if case .rotation(let x, _, _, _) = term {
        let mask = layout.row(x)
        if !span.contains(mask) {
          guard span.count < layout.tileBits else {
            filling.left.append(term)
            continue
          }
          _ = span.insert(mask)
          filling.masks.append(mask)
        }
        filling.rotations += 1
      }
      filling.taken.append(term)
    }
    return filling
  }
}
