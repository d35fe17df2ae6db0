import AnsatzMath

/// Scratch memory for one block's pass: one allocation, handed out piece by piece.
struct Workspace<S: Scalar> {
  private let buffer: PooledBuffer<S>
  private var next = 0

  init(capacity: Int) { buffer = BufferPool.shared.take(capacity, of: S.self) }

  /// Pieces start on cache lines.
  mutating func take(_ count: Int) -> UnsafeMutablePointer<S> {
    let line = 2 * S.Lanes.laneCount
    let place = next
    next += (count + line - 1) / line * line
    precondition(next <= buffer.count, "a workspace is sized for its pass")
    return buffer.pointer + place
  }
}
