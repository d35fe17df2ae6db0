import Foundation

/// Memory that is kept between uses: taking and giving back costs no page faults.
///
/// Blocks are handed out by size class, so a training step that needs the same buffers every time
/// gets the same memory every time.
public final class BufferPool: @unchecked Sendable {
  public static let shared = BufferPool()

  /// Blocks given back beyond this many bytes in all are freed.
  private let limit: Int
  private let lock = NSLock()
  private var free: [Int: [UnsafeMutableRawPointer]] = [:]
  private var freeBytes = 0

  /// - Parameter limit: The bytes to keep at most; a quarter of the machine's memory unless given.
  public init(limit: Int = Int(ProcessInfo.processInfo.physicalMemory / 4)) {
    self.limit = limit
  }

  deinit {
    for block in free.values.joined() { block.deallocate() }
  }

  /// A block of at least this many elements, aligned to a cache line; its content is undefined.
  ///
  /// - Precondition: `Element` is trivial: a number.
  public func take<Element>(_ count: Int, of type: Element.Type = Element.self) -> PooledBuffer<Element>
  {
    let size = Self.sizeClass(max(1, count) * MemoryLayout<Element>.stride)
    let reused = lock.withLock { () -> UnsafeMutableRawPointer? in
      guard let block = free[size]?.popLast() else { return nil }
      freeBytes -= size
      return block
    }
    let block = reused ?? Self.allocate(size)
    return PooledBuffer(block: block, size: size, count: count, pool: self)
  }

  fileprivate func giveBack(_ block: UnsafeMutableRawPointer, size: Int) {
    let isKept = lock.withLock {
      guard freeBytes + size <= limit else { return false }
      free[size, default: []].append(block)
      freeBytes += size
      return true
    }
    if !isKept { block.deallocate() }
  }

  /// Sizes of equal use fall together: steps of an eighth of the power of two below.
  private static func sizeClass(_ bytes: Int) -> Int {
    let step = max(4096, (1 << (Int.bitWidth - 1 - bytes.leadingZeroBitCount)) / 8)
    return (bytes + step - 1) / step * step
  }

  private static let hugePage = 1 << 21

  private static func allocate(_ size: Int) -> UnsafeMutableRawPointer {
    let isLarge = size >= 2 * hugePage
    let block = UnsafeMutableRawPointer.allocate(
      byteCount: size, alignment: isLarge ? hugePage : 64)
    #if os(Linux)
      // Large blocks are touched a huge page at a time; a refusal is harmless.
      if isLarge { madvise(block, size, 14) }
    #endif
    return block
  }
}

/// A block of a pool, given back with its owner.
public final class PooledBuffer<Element>: @unchecked Sendable {
  public let pointer: UnsafeMutablePointer<Element>
  public let count: Int
  private let block: UnsafeMutableRawPointer
  private let size: Int
  private let pool: BufferPool

  fileprivate init(block: UnsafeMutableRawPointer, size: Int, count: Int, pool: BufferPool) {
    pointer = block.bindMemory(to: Element.self, capacity: max(1, count))
    self.count = count
    self.block = block
    self.size = size
    self.pool = pool
  }

  deinit { pool.giveBack(block, size: size) }
}
