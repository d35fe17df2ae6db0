import AnsatzMath

extension Tape {
  /// The parts one after the other along an axis: `[2, 3]` and `[2, 4]` → `[2, 7]` along 1.
  ///
  /// - Throws: `AnsatzError` without parts, or if their shapes differ elsewhere.
  public func concatenated(_ parts: [Variable<S>], axis: Int = 0) throws -> Variable<S> {
    guard let first = parts.first?.value.shape else {
      throw AnsatzError(.usage, "a concatenation of nothing; give one part or more")
    }
    let axis = try resolvedAxis(axis, of: first, in: "a concatenation")
    let counts = try parts.map { part in
      let shape = part.value.shape
      var aligned = shape
      if shape.count == first.count { aligned[axis] = first[axis] }
      guard aligned == first else {
        throw AnsatzError(
          .usage,
          "a concatenation over axis \(axis) of shapes \(first) and \(shape): the other extents must "
            + "be equal")
      }
      return shape[axis]
    }
    if parts.count == 1 { return parts[0] }
    var shape = first
    shape[axis] = counts.reduce(0, +)
    let value = joined(parts.map(\.value), axis, shape)
    return record(value, parents: parts) { upstream, needed in
      var from = 0
      return counts.indices.map { part in
        defer { from += counts[part] }
        return needed[part] ? sliced(upstream, axis, from: from, count: counts[part]) : nil
      }
    }
  }

  /// Parts of equal shape along a new axis at that place of the result: three of `[2, 4]` →
  /// `[2, 3, 4]` at 1.
  ///
  /// - Throws: `AnsatzError` without parts, or if their shapes differ.
  public func stacked(_ parts: [Variable<S>], axis: Int = 0) throws -> Variable<S> {
    guard let first = parts.first?.value.shape else {
      throw AnsatzError(.usage, "a stack of nothing; give one part or more")
    }
    for part in parts where part.value.shape != first {
      throw AnsatzError(
        .usage, "a stack of shapes \(first) and \(part.value.shape): all must be equal")
    }
    let axis = try resolvedAxis(axis, of: first + [1], in: "a stack")
    return try concatenated(parts.map { try insertingAxis($0, at: axis) }, axis: axis)
  }
}

@_specialize(where S == Double)
@_specialize(where S == Float)
private func joined<S: Scalar>(_ parts: [Tensor<S>], _ axis: Int, _ shape: [Int]) -> Tensor<S> {
  let whole = AxisSplit(shape, at: axis)
  return .written(shape: shape) { out in
    var start = 0
    for part in parts {
      let run = part.shape[axis] * whole.inner
      part.elements.withUnsafeBufferPointer { x in
        guard run > 0, let x = x.baseAddress else { return }
        for o in 0..<whole.outer {
          (out + (o * whole.count * whole.inner + start)).initialize(from: x + o * run, count: run)
        }
      }
      start += run
    }
  }
}
