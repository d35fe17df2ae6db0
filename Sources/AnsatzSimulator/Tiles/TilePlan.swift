import AnsatzCircuits
import AnsatzMath

/// A program arranged for states much larger than the cache: a product state, then windows, each one
/// pass over memory, then observables read through the frame.
///
/// See `Plan` for how gates become terms. Here the lowest bits of a row number are lanes, and a
/// window runs every term that it can on one tile after the other while the tile is in the cache.
package final class TilePlan: Sendable {
  let qubitCount: Int
  let laneBits: Int
  let rowBits: Int
  /// For each bit, its part of the starting product state; nil to start from data amplitudes.
  let product: [[TermBuilder.ProductGate]]?
  let windows: [TileWindow]
  let readout: TileReadout
  let globalPhase: [TermAngle]
  let frame: PauliFrame
  /// The number of terms before and after those that reach no observable were dropped.
  package let termCounts: (all: Int, kept: Int)

  /// The sizes of a plan's parts, as powers of two.
  struct Sizes: Sendable {
    /// Rows in a tile. Of a second-level cache of 1 MiB, half where one state runs, and a quarter
    /// where the way back carries two.
    var tile: Int
    /// Rows in a block of a tile, which stays in the first-level cache.
    var block: Int
    /// Rows that are one piece of memory in every tile.
    var chunk: Int

    init(tile: Int, block: Int = 7, chunk: Int = 2) {
      (self.tile, self.block, self.chunk) = (tile, block, chunk)
    }
  }

  /// - Parameter observables: What will be measured; nil to keep the whole state.
  /// - Returns: nil if the program holds something no plan can.
  init?(
    _ program: Program, _ observables: CompiledObservables?, laneBits: Int, sizes: Sizes? = nil
  ) {
    let bits = program.qubitCount
    guard bits - laneBits >= 1, bits <= 30 else { return nil }
    var builder = TermBuilder(bitCount: bits, startsFromZero: program.startsFromZero)
    for instruction in program.instructions {
      guard builder.append(instruction) else { return nil }
    }
    let words = observables.map { observables in
      (observables.diagonal + observables.general).map { term in
        (term, builder.frame.rows(x: term.masks.x, z: term.masks.z))
      }
    }
    let kept =
      words.map { PlanTerm.reaching($0.map { ($0.1.x, $0.1.z) }, builder.terms) } ?? builder.terms
    termCounts = (builder.terms.count, kept.count)
    qubitCount = bits
    rowBits = bits - laneBits
    self.laneBits = laneBits
    product = program.startsFromZero ? builder.product : nil
    globalPhase = builder.globalPhase
    frame = builder.frame
    let layout = TileLayout(
      rowBits: bits - laneBits, laneBits: laneBits,
      sizes: sizes ?? Sizes(tile: observables == nil ? 13 : 12))
    var terms: [PlanTerm] = []
    for term in kept {
      guard let lowered = term.withoutLaneConditions(layout) else { return nil }
      terms += lowered
    }
    windows = TileWindow.schedule(terms, layout)
    readout = TileReadout(
      words ?? [], constants: observables?.constants ?? [], layout)
  }
}

/// How a state's bits are divided, and how large the parts of a tile are.
struct TileLayout: Sendable {
  let rowBits: Int
  let laneBits: Int
  let chunkBits: Int
  let tileBits: Int
  let blockBits: Int

  init(rowBits: Int, laneBits: Int, sizes: TilePlan.Sizes) {
    self.rowBits = rowBits
    self.laneBits = laneBits
    tileBits = min(rowBits, sizes.tile)
    blockBits = min(tileBits, sizes.block)
    chunkBits = min(blockBits, sizes.chunk)
  }

  func row(_ mask: Int) -> Int { mask >> laneBits }
  func lane(_ mask: Int) -> Int { mask & ((1 << laneBits) - 1) }
}

extension PlanTerm {
  /// The same as terms whose conditions are on rows alone: conditions on lanes, of which no more
  /// remain than there are lane bits, become words.
  ///
  /// - Returns: nil for a word that moves lanes and has conditions on rows.
  fileprivate func withoutLaneConditions(_ layout: TileLayout) -> [PlanTerm]? {
    guard case .rotation(let x, let z, let angle, let conditions) = self, !conditions.isEmpty
    else { return [self] }
    var rest = conditions
    var onLanes: [RowCondition] = []
    for bit in 0..<layout.laneBits {
      guard let place = rest.firstIndex(where: { $0.z >> bit & 1 == 1 }) else { continue }
      let pivot = rest.remove(at: place)
      rest = rest.map {
        $0.z >> bit & 1 == 0
          ? $0 : RowCondition(z: $0.z ^ pivot.z, isOdd: $0.isOdd != pivot.isOdd)
      }
      onLanes.append(pivot)
    }
    guard layout.lane(x) == 0 || rest.isEmpty else { return nil }
    // The projector on a parity is (1 ± Z)/2.
    return (0..<1 << onLanes.count).map { choice in
      var (mask, share) = (z, 1 / Double(1 << onLanes.count))
      for (index, condition) in onLanes.enumerated() where choice >> index & 1 == 1 {
        mask ^= condition.z
        if condition.isOdd { share = -share }
      }
      return .rotation(x: x, z: mask, angle.scaled(by: share), conditions: rest)
    }
  }
}
