import AnsatzMath

/// The observables' words in passes over memory: words that pair rows need their partners in one
/// tile; words of Z are read in the first pass.
final class TileReadout: Sendable {
  /// A word's sign, and the observables it is part of.
  struct Word: Sendable {
    let sign: Double
    let uses: [(observable: Int, coefficient: Double)]
  }

  /// A word with X or Y, in the numbers of a pass's tiles.
  struct PairWord: Sendable {
    /// The place in `words`.
    let index: Int
    let x: Int32
    let xLane: Int
    let zLocal: Int
    /// The sign mask among all rows.
    let z: Int
    let zLane: Int
    let isImaginary: Bool
    /// i to the power of the Y's, times the i that an imaginary part leaves.
    let sign: Double
  }

  final class Pass: Sendable {
    let space: TileSpace
    let blockBits: Int
    let blockRows: [Int]
    let parities: TileParities
    /// For each word of `parities`, the place in `words`.
    let parityIndices: [Int]
    /// Words within a block, and among blocks.
    let inner: [PairWord]
    let outer: [PairWord]

    init(
      space: TileSpace, blockBits: Int, parities: TileParities, parityIndices: [Int],
      pairs: [PairWord]
    ) {
      self.space = space
      self.blockBits = blockBits
      blockRows = (0..<1 << (space.bits - blockBits)).map { space.row($0 << blockBits) }
      self.parities = parities
      self.parityIndices = parityIndices
      inner = pairs.filter { $0.x >> Int32(blockBits) == 0 }
      outer = pairs.filter { $0.x >> Int32(blockBits) != 0 }
    }
  }

  let constants: [Double]
  let words: [Word]
  let passes: [Pass]

  init(
    _ framed: [(CompiledObservables.Term, (x: Int, z: Int, isNegated: Bool))],
    constants: [Double], _ layout: TileLayout
  ) {
    self.constants = constants
    words = framed.map { Word(sign: $0.1.isNegated ? -1 : 1, uses: $0.0.uses) }
    let diagonal = framed.indices.filter { framed[$0].1.x == 0 }
    var left = framed.indices.filter { framed[$0].1.x != 0 }
    var passes: [Pass] = []
    while passes.isEmpty || !left.isEmpty {
      var span = EchelonSet()
      for bit in 0..<layout.chunkBits { _ = span.insert(1 << bit) }
      var masks: [Int] = []
      var taken: [Int] = []
      left = left.filter { index in
        let mask = layout.row(framed[index].1.x)
        if !span.contains(mask) {
          guard span.count < layout.tileBits else { return true }
          _ = span.insert(mask)
          masks.append(mask)
        }
        taken.append(index)
        return false
      }
      let space = TileSpace(
        masks, chunkBits: layout.chunkBits, size: layout.tileBits, rowBits: layout.rowBits)
      let blockBits = min(layout.blockBits, space.bits)
      let own = (1 << blockBits) - 1
      let indices = passes.isEmpty ? diagonal : []
      passes.append(
        Pass(
          space: space, blockBits: blockBits,
          parities: TileParities(
            indices.map { (layout.row(framed[$0].1.z), layout.lane(framed[$0].1.z)) },
            bits: blockBits
          ) { space.local(z: $0) & own },
          parityIndices: indices,
          pairs: taken.map { Self.pair($0, framed[$0].0.masks.yCount, framed[$0].1, space, layout) }
        ))
    }
    self.passes = passes
  }

  private static func pair(
    _ index: Int, _ yCount: Int, _ word: (x: Int, z: Int, isNegated: Bool), _ space: TileSpace,
    _ layout: TileLayout
  ) -> PairWord {
    let isImaginary = yCount & 1 == 1
    return PairWord(
      index: index, x: Int32(space.local(x: layout.row(word.x))), xLane: layout.lane(word.x),
      zLocal: space.local(z: layout.row(word.z)), z: layout.row(word.z),
      zLane: layout.lane(word.z), isImaginary: isImaginary,
      sign: (yCount & 2 == 0) != isImaginary ? 1 : -1)
  }
}
