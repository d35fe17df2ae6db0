import Foundation
import Synchronization

/// Memory that is kept between uses: taking and giving back costs no page faults.
///
/// Blocks are handed out by size class, so a training step that needs the same buffers every time
/// gets the same memory every time.
public final class BufferPool: @unchecked Sendable {
  /// The pool of the process.
  public static let shared = BufferPool()

  /// Blocks given back beyond this many bytes in all are freed.
  private let limit: Int
  private struct Blocks: ~Copyable {
    var free = [[UnsafeMutableRawPointer]](repeating: [], count: 8 * 64)
    var bytes = 0
  }

  private let blocks = Mutex(Blocks())

  /// - Parameter limit: The bytes to keep at most; a quarter of the machine's memory unless given.
  public init(limit: Int = Int(ProcessInfo.processInfo.physicalMemory / 4)) {
    self.limit = limit
  }

  /// The bytes of the blocks that are kept and not in use.
  package var keptBytes: Int { blocks.withLock { $0.bytes } }

  deinit {
    blocks.withLock { for block in $0.free.joined() { block.deallocate() } }
  }

  /// A block of at least this many elements, aligned to a cache line; its content is undefined.
  ///
  /// - Precondition: `Element` is trivial: a number.
  public func take<Element>(_ count: Int, of type: Element.Type = Element.self) -> PooledBuffer<
    Element
  > {
    let (kind, size) = Self.sizeClass(max(1, count) * MemoryLayout<Element>.stride)
    let reused = blocks.withLock { blocks in
      let block = blocks.free[kind].popLast()
      if block != nil { blocks.bytes -= size }
      return SendableBlock(pointer: block)
    }
    let block = reused.pointer ?? Self.allocate(size)
    return PooledBuffer(block: block, kind: kind, size: size, count: count, pool: self)
  }

  fileprivate func giveBack(_ block: UnsafeMutableRawPointer, kind: Int, size: Int) {
    let returned = SendableBlock(pointer: block)
    let isKept = blocks.withLock { blocks in
      guard blocks.bytes + size <= limit, let block = returned.pointer else { return false }
      blocks.free[kind].append(block)
      blocks.bytes += size
      return true
    }
    if !isKept { block.deallocate() }
  }

  /// Sizes of equal use fall together: a class is an eighth of a power of two.
  private static func sizeClass(_ bytes: Int) -> (kind: Int, size: Int) {
    let power = max(9, Int.bitWidth - 1 - bytes.leadingZeroBitCount)
    let step = 1 << (power - 3)
    let steps = (bytes + step - 1) / step
    return (8 * power + max(0, steps - 8), max(8, steps) * step)
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

private struct SendableBlock: @unchecked Sendable {
  let pointer: UnsafeMutableRawPointer?
}

/// A block of a pool, given back with its owner.
public final class PooledBuffer<Element>: @unchecked Sendable {
  /// The first element.
  public let pointer: UnsafeMutablePointer<Element>
  /// How many elements there are.
  public let count: Int
  private let block: UnsafeMutableRawPointer
  private let kind: Int
  private let size: Int
  private let pool: BufferPool

  fileprivate init(
    block: UnsafeMutableRawPointer, kind: Int, size: Int, count: Int, pool: BufferPool
  ) {
    pointer = block.bindMemory(to: Element.self, capacity: max(1, count))
    self.count = count
    self.block = block
    self.kind = kind
    self.size = size
    self.pool = pool
  }

  deinit { pool.giveBack(block, kind: kind, size: size) }
}
