import AnsatzMath

/// A shape seen along one run of neighbouring axes: `outer × count × inner` elements.
struct AxisSplit {
  /// How many elements the axes before the run have together.
  let outer: Int
  /// How many elements the run itself has.
  let count: Int
  /// How many elements the axes after it have together.
  let inner: Int

  /// - Precondition: The axes are within the shape.
  init(_ shape: [Int], at axes: Range<Int>) {
    outer = shape[..<axes.lowerBound].reduce(1, *)
    count = shape[axes].reduce(1, *)
    inner = shape[axes.upperBound...].reduce(1, *)
  }

  /// Along one axis.
  init(_ shape: [Int], at axis: Int) { self.init(shape, at: axis..<axis + 1) }
}

/// The axis from the front for one that may be counted from the back: -1 is the last.
///
/// - Parameter operation: What asks, for the message: "a softmax".
/// - Throws: `AnsatzError` if the shape has no such axis.
func resolvedAxis(_ axis: Int, of shape: [Int], in operation: String) throws -> Int {
  let rank = shape.count
  guard (-rank..<rank).contains(axis) else {
    throw AnsatzError(
      .usage,
      "\(operation) over axis \(axis): the shape \(shape) has "
        + (rank == 0 ? "no axes" : "the axes 0...\(rank - 1), or -\(rank)...-1 from the back"))
  }
  return axis < 0 ? axis + rank : axis
}

/// The same for several axes, ascending; nil means all.
///
/// - Throws: `AnsatzError` if the shape lacks one of them, or one is named twice.
func resolvedAxes(_ axes: [Int]?, of shape: [Int], in operation: String) throws -> [Int] {
  guard let axes else { return Array(shape.indices) }
  let resolved = try axes.map { try resolvedAxis($0, of: shape, in: operation) }.sorted()
  for (axis, next) in zip(resolved, resolved.dropFirst()) where axis == next {
    throw AnsatzError(
      .usage, "\(operation) over axes \(axes): axis \(axis) is named twice; name each axis once")
  }
  return resolved
}

extension Tensor {
  /// A tensor whose elements the body writes, every one; not called if there are none.
  @inline(__always)
  static func written(shape: [Int], _ body: (UnsafeMutablePointer<S>) -> Void) -> Tensor {
    let count = shape.reduce(1, *)
    let elements = [S](unsafeUninitializedCapacity: count) { out, initialized in
      if count > 0, let first = out.baseAddress { body(first) }
      initialized = count
    }
    return Tensor(shape: shape, elements: elements)
  }
}
