/// A list laid out once and then only read: a pointer and a count, so that reading it in a loop
/// neither counts references nor checks bounds.
///
/// Its owner frees it.
struct FlatList<Element>: @unchecked Sendable {
  let base: UnsafePointer<Element>
  let count: Int

  /// - Precondition: `Element` is trivial.
  init(_ elements: [Element]) {
    let memory = UnsafeMutablePointer<Element>.allocate(capacity: max(1, elements.count))
    for (index, element) in elements.enumerated() {
      (memory + index).initialize(to: element)
    }
    base = UnsafePointer(memory)
    count = elements.count
  }

  @inline(__always)
  subscript(index: Int) -> Element { base[index] }

  @inline(__always)
  subscript(index: Int32) -> Element { base[Int(index)] }

  func free() { base.deallocate() }
}
