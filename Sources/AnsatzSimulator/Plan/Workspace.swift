import AnsatzMath

/// Scratch memory for one block's pass: one allocation, handed out piece by piece.
struct Workspace<S: Scalar> {
  private let buffer: PooledBuffer<S>
  private var next = 0

  init(capacity: Int) { buffer = BufferPool.shared.take(capacity, of: S.self) }

  /// A piece 12 lines from `other`, modulo pages: when the same rows of both are used together, rows
  /// pages apart do not all compete for one set of the cache, nor for the sets next to it.
  mutating func take(
    _ count: Int, apartFrom other: UnsafeMutablePointer<S>
  ) -> UnsafeMutablePointer<S> {
    let page = Self.pageBytes
    let (own, target) = (Int(bitPattern: buffer.pointer + next), Int(bitPattern: other) + 12 * 64)
    next += ((target - own) & (page - 1)) / MemoryLayout<S>.stride
    return take(count)
  }

  /// What a piece apart from another can take beyond its size.
  static var pageBytes: Int { 4096 }

  /// Pieces start on cache lines.
  mutating func take(_ count: Int) -> UnsafeMutablePointer<S> {
    let line = 2 * S.Lanes.laneCount
    let place = next
    next += (count + line - 1) / line * line
    precondition(next <= buffer.count, "a workspace is sized for its pass")
    return buffer.pointer + place
  }
}
