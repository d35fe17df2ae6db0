/// Uninitialised memory on a 64-byte boundary, freed with its owner.
public final class AlignedBuffer<Element>: @unchecked Sendable {
  /// The first element.
  public let pointer: UnsafeMutablePointer<Element>
  /// How many elements there are.
  public let count: Int
  private let raw: UnsafeMutableRawPointer

  /// - Precondition: `Element` is trivial: a number or a SIMD vector.
  public init(count: Int) {
    self.count = count
    raw = UnsafeMutableRawPointer.allocate(
      byteCount: max(1, count) * MemoryLayout<Element>.stride, alignment: 64)
    pointer = raw.bindMemory(to: Element.self, capacity: max(1, count))
  }

  deinit { raw.deallocate() }
}
