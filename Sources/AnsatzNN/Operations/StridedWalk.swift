/// Visits every place of a box of axes, last axis fastest, with its offset in two arrays.
///
/// - Parameters:
///   - extents: The number of places along each axis; no axes are one place.
///   - left: How far one step along each axis goes in the first array.
///   - right: How far it goes in the second.
@inline(__always)
func walk(
  _ extents: some Collection<Int>, left: [Int], right: [Int], _ body: (Int, Int) -> Void
) {
  let extents = Array(extents)
  guard !extents.contains(0) else { return }
  var counters = [Int](repeating: 0, count: extents.count)
  var (l, r) = (0, 0)
  while true {
    body(l, r)
    var axis = extents.count - 1
    while axis >= 0 {
      counters[axis] += 1
      l += left[axis]
      r += right[axis]
      if counters[axis] < extents[axis] { break }
      l -= left[axis] * extents[axis]
      r -= right[axis] * extents[axis]
      counters[axis] = 0
      axis -= 1
    }
    if axis < 0 { return }
  }
}

/// How far apart neighbours along each axis are in a row-major array of that shape.
func rowMajorStrides(_ shape: [Int]) -> [Int] {
  var strides = [Int](repeating: 1, count: shape.count)
  for axis in shape.indices.dropLast().reversed() {
    strides[axis] = strides[axis + 1] * shape[axis + 1]
  }
  return strides
}
