import AnsatzMath

/// The rows of one tile: a linear subspace of the row numbers, or one of its cosets.
///
/// The subspace holds the lowest rows, so that a tile is made of whole chunks of memory, and the X
/// masks of everything that runs while the tile is in the cache. Its rows are numbered by a basis in
/// reduced echelon form; a tile is named by the row bits that lead no basis vector.
struct TileSpace: Sendable {
  /// The dimension.
  let bits: Int
  /// What each bit of a tile's own row number stands for.
  let basis: [Int]
  /// How many of the lowest bits stand for themselves.
  let chunkBits: Int
  /// The bits of the tile's name, as row masks.
  private let outer: [Int]
  let outerMask: Int
  /// For each bit, the row bit that no other basis vector has.
  private let pivots: [Int]
  /// The first row of each chunk of the tile named 0.
  let chunkRows: AlignedBuffer<Int32>

  /// - Parameters:
  ///   - masks: What must be in the subspace beside the chunk.
  ///   - size: The dimension wanted; reached with the lowest row bits that are left.
  init(_ masks: [Int], chunkBits: Int, size: Int, rowBits: Int) {
    var vectors: [(vector: Int, pivot: Int)] = (0..<chunkBits).map { (1 << $0, 1 << $0) }
    func insert(_ mask: Int) {
      var rest = mask
      for (vector, pivot) in vectors where rest & pivot != 0 { rest ^= vector }
      guard rest != 0 else { return }
      let pivot = 1 << (Int.bitWidth - 1 - rest.leadingZeroBitCount)
      for i in vectors.indices where vectors[i].vector & pivot != 0 { vectors[i].vector ^= rest }
      vectors.append((rest, pivot))
    }
    for mask in masks { insert(mask) }
    for bit in 0..<rowBits where vectors.count < size { insert(1 << bit) }
    self.chunkBits = chunkBits
    bits = vectors.count
    basis = vectors.map(\.vector)
    pivots = vectors.map(\.pivot)
    let inner = pivots.reduce(0, |)
    outer = (0..<rowBits).map { 1 << $0 }.filter { inner & $0 == 0 }
    outerMask = outer.reduce(0, |)
    chunkRows = AlignedBuffer(count: 1 << (bits - chunkBits))
    for chunk in 0..<chunkRows.count {
      chunkRows.pointer[chunk] = Int32(Self.combine(basis, chunk << chunkBits))
    }
  }

  var tileCount: Int { 1 << outer.count }

  /// Whether a tile is one piece of memory.
  var isContiguous: Bool { basis.enumerated().allSatisfy { $1 == 1 << $0 } }

  /// The first row of a tile.
  func firstRow(ofTile tile: Int) -> Int { Self.combine(outer, tile) }

  /// The row of the tile named 0 that has a number within the tile.
  func row(_ local: Int) -> Int { Self.combine(basis, local) }

  /// An X mask of the subspace in the tile's own numbers.
  func local(x: Int) -> Int {
    pivots.enumerated().reduce(0) { x & $1.element != 0 ? $0 | 1 << $1.offset : $0 }
  }

  /// A Z mask in the tile's own numbers: the parities of the basis.
  func local(z: Int) -> Int {
    basis.enumerated().reduce(0) { parityIsOdd(z & $1.element) ? $0 | 1 << $1.offset : $0 }
  }

  private static func combine(_ vectors: [Int], _ choice: Int) -> Int {
    var (rest, sum) = (choice, 0)
    while rest != 0 {
      sum ^= vectors[rest.trailingZeroBitCount]
      rest &= rest - 1
    }
    return sum
  }
}
