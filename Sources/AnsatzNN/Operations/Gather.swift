import AnsatzMath

extension Tape {
  /// Picks along an axis, by indices of their own everywhere else:
  /// `y[i, k] = x[i, indices[i, k]]` along axis 1, `[4, 5] → [4, 2]` for indices of shape `[4, 2]`.
  ///
  /// Repeats are allowed; their gradients add up, in order.
  ///
  /// - Throws: `AnsatzError` if the indices' shape differs from x's beside the axis, or names a place
  ///   that x lacks.
  public func gathered(
    _ x: Variable<S>, at indices: Indices, axis: Int
  ) throws -> Variable<S> {
    let own = x.value.shape
    let axis = try resolvedAxis(axis, of: own, in: "gathering")
    var aligned = indices.shape
    if aligned.count == own.count { aligned[axis] = own[axis] }
    guard aligned == own else {
      throw AnsatzError(
        .usage,
        "gathering over axis \(axis) of shape \(own) by indices of shape \(indices.shape): the other "
          + "extents must be equal")
    }
    try indices.validate(below: own[axis], in: "gathering over axis \(axis) of shape \(own)")
    let split = AxisSplit(own, at: axis)
    let places = flatPlaces(indices, along: split, count: indices.shape[axis])
    let value = Tensor(
      shape: indices.shape, elements: elements(x.value.elements, at: places))
    return record(value, parents: [x]) { upstream, _ in
      [Tensor(shape: own, elements: added(upstream.elements, at: places, count: own.reduce(1, *)))]
    }
  }
}

/// Where in x's elements each index points.
private func flatPlaces(_ indices: Indices, along split: AxisSplit, count: Int) -> [Int] {
  var places = indices.values
  for o in 0..<split.outer {
    for k in 0..<count {
      for j in 0..<split.inner {
        let place = (o * count + k) * split.inner + j
        places[place] = (o * split.count + places[place]) * split.inner + j
      }
    }
  }
  return places
}

@_specialize(where S == Double)
@_specialize(where S == Float)
private func elements<S: Scalar>(_ x: [S], at places: [Int]) -> [S] { places.map { x[$0] } }

@_specialize(where S == Double)
@_specialize(where S == Float)
private func added<S: Scalar>(_ values: [S], at places: [Int], count: Int) -> [S] {
  var result = [S](repeating: 0, count: count)
  for (index, place) in places.enumerated() { result[place] += values[index] }
  return result
}
