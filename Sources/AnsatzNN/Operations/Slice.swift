import AnsatzMath

extension Tape {
  /// `count` places along an axis from place `from` on: `[4, 5] → [4, 2]` along 1.
  ///
  /// - Throws: `AnsatzError` if the axis has fewer places.
  public func slice(
    _ x: Variable<S>, axis: Int, from first: Int, count: Int
  ) throws -> Variable<S> {
    let own = x.value.shape
    let axis = try resolvedAxis(axis, of: own, in: "a slice")
    guard first >= 0, count >= 0, first <= own[axis], count <= own[axis] - first else {
      throw AnsatzError(
        .usage,
        "a slice of \(count) from \(first) on over axis \(axis): the shape \(own) has \(own[axis]) there"
      )
    }
    if count == own[axis] { return x }
    return record(sliced(x.value, axis, from: first, count: count), parents: [x]) { upstream, _ in
      [unsliced(upstream, own, axis, from: first)]
    }
  }

  /// Parts of the given sizes along an axis: `[2, 7]` → `[2, 3]` and `[2, 4]`.
  ///
  /// - Throws: `AnsatzError` if the sizes do not add up to the axis.
  public func split(_ x: Variable<S>, axis: Int, counts: [Int]) throws -> [Variable<S>] {
    let own = x.value.shape
    let axis = try resolvedAxis(axis, of: own, in: "a split")
    let total = counts.reduce((0, false)) { sum, count in
      let (next, overflow) = sum.0.addingReportingOverflow(count)
      return (next, sum.1 || overflow || count < 0)
    }
    guard total == (own[axis], false) else {
      throw AnsatzError(
        .usage,
        "a split into \(counts) over axis \(axis): the sizes must add up to \(own[axis]), the extent of "
          + "\(own) there")
    }
    var first = 0
    return try counts.map { count in
      defer { first += count }
      return try slice(x, axis: axis, from: first, count: count)
    }
  }

  /// That many parts of equal size along an axis.
  ///
  /// - Throws: `AnsatzError` if the axis cannot be divided so.
  public func split(_ x: Variable<S>, axis: Int, parts: Int) throws -> [Variable<S>] {
    let own = x.value.shape
    let axis = try resolvedAxis(axis, of: own, in: "a split")
    guard parts > 0, own[axis] % parts == 0 else {
      throw AnsatzError(
        .usage,
        "a split into \(parts) equal parts over axis \(axis): the shape \(own) has \(own[axis]) there; "
          + "choose a divisor of it, or give the sizes")
    }
    return try split(
      x, axis: axis, counts: [Int](repeating: own[axis] / parts, count: parts))
  }
}

@_specialize(where S == Double)
@_specialize(where S == Float)
func sliced<S: Scalar>(_ x: Tensor<S>, _ axis: Int, from first: Int, count: Int) -> Tensor<S> {
  let whole = AxisSplit(x.shape, at: axis)
  let run = count * whole.inner
  var shape = x.shape
  shape[axis] = count
  return .written(shape: shape) { out in
    x.elements.withUnsafeBufferPointer { x in
      guard let x = x.baseAddress else { return }
      for o in 0..<whole.outer {
        (out + o * run).initialize(
          from: x + (o * whole.count + first) * whole.inner, count: run)
      }
    }
  }
}

/// The slice where it came from, 0 around it.
@_specialize(where S == Double)
@_specialize(where S == Float)
private func unsliced<S: Scalar>(
  _ part: Tensor<S>, _ shape: [Int], _ axis: Int, from first: Int
) -> Tensor<S> {
  let whole = AxisSplit(shape, at: axis)
  let run = part.shape[axis] * whole.inner
  var result = Tensor<S>(shape: shape)
  result.elements.withUnsafeMutableBufferPointer { out in
    part.elements.withUnsafeBufferPointer { x in
      guard run > 0, let x = x.baseAddress, let out = out.baseAddress else { return }
      for o in 0..<whole.outer {
        (out + (o * whole.count + first) * whole.inner).update(from: x + o * run, count: run)
      }
    }
  }
  return result
}
