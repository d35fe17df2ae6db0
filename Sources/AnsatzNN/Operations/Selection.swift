import AnsatzMath

extension Tape {
  /// The places of an axis that indices name, in their order and shape: `[4, 5] → [4, 2, 3]` along 1
  /// for indices of shape `[2, 3]`. Repeats are allowed; their gradients add up, in order.
  ///
  /// - Throws: `AnsatzError` for an axis or a place that x lacks.
  public func selection(
    _ x: Variable<S>, at indices: Indices, axis: Int = 0
  ) throws -> Variable<S> {
    let own = x.value.shape
    let axis = try resolvedAxis(axis, of: own, in: "a selection")
    try indices.validate(below: own[axis], in: "a selection over axis \(axis) of shape \(own)")
    let shape = own[..<axis] + indices.shape + own[(axis + 1)...]
    let split = AxisSplit(own, at: axis)
    let value = selected(x.value, indices.values, along: split, shape: Array(shape))
    return record(value, parents: [x]) { upstream, _ in
      [scattered(upstream, indices.values, along: split, shape: own, skipping: nil)]
    }
  }

  /// One row of a table for each index: `[entries, width] → [batch, time, width]` for indices of
  /// shape `[batch, time]`.
  ///
  /// - Parameter padding: An index whose row is looked up but gets no gradient, as for positions
  ///   after the end of a sequence.
  /// - Throws: `AnsatzError` if the table is no matrix, or an index is none of its rows.
  public func embedding(
    _ indices: Indices, table: Variable<S>, padding: Int? = nil
  ) throws -> Variable<S> {
    let own = table.value.shape
    guard own.count == 2 else {
      throw AnsatzError(
        .usage, "an embedding looks rows up in a table [entries, width], not in the shape \(own)")
    }
    try indices.validate(below: own[0], in: "an embedding of \(own[0]) entries")
    let split = AxisSplit(own, at: 0)
    let value = selected(
      table.value, indices.values, along: split, shape: indices.shape + [own[1]])
    return record(value, parents: [table]) { upstream, _ in
      [scattered(upstream, indices.values, along: split, shape: own, skipping: padding)]
    }
  }
}

@_specialize(where S == Double)
@_specialize(where S == Float)
private func selected<S: Scalar>(
  _ x: Tensor<S>, _ places: [Int], along split: AxisSplit, shape: [Int]
) -> Tensor<S> {
  let inner = split.inner
  return .written(shape: shape) { out in
    x.elements.withUnsafeBufferPointer { x in
      guard let x = x.baseAddress else { return }
      var out = out
      for o in 0..<split.outer {
        for place in places {
          out.initialize(from: x + (o * split.count + place) * inner, count: inner)
          out += inner
        }
      }
    }
  }
}

/// Adds each selected part onto the place it came from. On one thread, in the order of the indices,
/// so that repeats always add up to the same bits.
@_specialize(where S == Double)
@_specialize(where S == Float)
private func scattered<S: Scalar>(
  _ parts: Tensor<S>, _ places: [Int], along split: AxisSplit, shape: [Int], skipping padding: Int?
) -> Tensor<S> {
  let inner = split.inner
  var result = Tensor<S>(shape: shape)
  result.elements.withUnsafeMutableBufferPointer { out in
    parts.elements.withUnsafeBufferPointer { parts in
      var start = 0
      for o in 0..<split.outer {
        for place in places {
          if place != padding {
            let target = (o * split.count + place) * inner
            for j in 0..<inner { out[target + j] += parts[start + j] }
          }
          start += inner
        }
      }
    }
  }
  return result
}
