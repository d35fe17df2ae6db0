import AnsatzMath

extension Tape {
  /// The axes in another order: axis i of the result is axis `axes[i]` of x. `[2, 3, 4] → [4, 2, 3]`
  /// by `[2, 0, 1]`.
  ///
  /// - Throws: `AnsatzError` if `axes` does not name every axis once.
  public func permuted(_ x: Variable<S>, axes: [Int]) throws -> Variable<S> {
    let own = x.value.shape
    guard axes.count == own.count else {
      throw AnsatzError(
        .usage,
        "a permutation by \(axes): the shape \(own) has \(own.count) axes; name each of them once")
    }
    _ = try resolvedAxes(axes, of: own, in: "a permutation")
    let order = try axes.map { try resolvedAxis($0, of: own, in: "a permutation") }
    if order == Array(own.indices) { return x }
    var inverse = order
    for (axis, source) in order.enumerated() { inverse[source] = axis }
    return record(permutedElements(x.value, order), parents: [x]) { upstream, _ in
      [permutedElements(upstream, inverse)]
    }
  }

  /// Two axes exchanged, by default the last two: `[batch, m, n] → [batch, n, m]`.
  ///
  /// - Throws: `AnsatzError` if the shape lacks one of them.
  public func transposed(
    _ x: Variable<S>, _ first: Int = -2, _ second: Int = -1
  ) throws -> Variable<S> {
    let own = x.value.shape
    let i = try resolvedAxis(first, of: own, in: "a transposition")
    let j = try resolvedAxis(second, of: own, in: "a transposition")
    var order = Array(own.indices)
    order.swapAt(i, j)
    return try permuted(x, axes: order)
  }
}

/// x with its axes in the given order, which names each once.
@_specialize(where S == Double)
@_specialize(where S == Float)
func permutedElements<S: Scalar>(_ x: Tensor<S>, _ order: [Int]) -> Tensor<S> {
  let strides = rowMajorStrides(x.shape)
  let shape = order.map { x.shape[$0] }
  // Axes of extent 1 do not matter, and neighbours that stay neighbours are one axis.
  var groups: [(extent: Int, stride: Int)] = []
  for axis in order where x.shape[axis] != 1 {
    if let last = groups.last, last.stride == strides[axis] * x.shape[axis] {
      groups[groups.count - 1] = (last.extent * x.shape[axis], strides[axis])
    } else {
      groups.append((x.shape[axis], strides[axis]))
    }
  }
  guard groups.count > 1, x.count > 0 else { return x.reshaped(shape) }
  let outStrides = rowMajorStrides(groups.map(\.extent))
  let inStrides = groups.map(\.stride)
  let last = groups.count - 1
  return .written(shape: shape) { out in
    x.elements.withUnsafeBufferPointer { x in
      guard let from = x.baseAddress else { return }
      if inStrides[last] == 1 {
        let run = groups[last].extent
        walk(groups.dropLast().map(\.extent), left: outStrides, right: inStrides) { o, i in
          (out + o).initialize(from: from + i, count: run)
        }
        return
      }
      // Small squares over the axis that runs on in x and the one that runs on in the result, so that
      // both stay within the cache.
      let source = inStrides.firstIndex(of: 1) ?? 0
      let (rows, columns) = (groups[source].extent, groups[last].extent)
      let (rowStep, columnStep) = (outStrides[source], inStrides[last])
      let others = groups.indices.filter { $0 != source && $0 != last }
      walk(
        others.map { groups[$0].extent }, left: others.map { outStrides[$0] },
        right: others.map { inStrides[$0] }
      ) { o, i in
        for top in stride(from: 0, to: rows, by: 16) {
          for start in stride(from: 0, to: columns, by: 16) {
            for row in top..<min(rows, top + 16) {
              for column in start..<min(columns, start + 16) {
                (out + (o + row * rowStep + column)).initialize(
                  to: from[i + row + column * columnStep])
              }
            }
          }
        }
      }
    }
  }
}
