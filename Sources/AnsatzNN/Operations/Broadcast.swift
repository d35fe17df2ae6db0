import AnsatzMath

/// How two shapes meet by the rules of NumPy: aligned at the last axis, with extents that are equal
/// or 1; a missing axis counts as 1, and what has 1 is repeated.
struct Broadcast {
  /// The shape of the result.
  let shape: [Int]
  /// The result's axes with neighbours joined where both arrays run on; at least one.
  private var extents: [Int] = []
  private var left: [Int] = []
  private var right: [Int] = []

  /// - Throws: `AnsatzError` if the shapes do not meet; `operation` names what asks ("a sum").
  init(_ a: [Int], _ b: [Int], in operation: String) throws {
    guard let shape = Self.shape(a, b) else {
      throw AnsatzError(
        .usage,
        "\(operation) of shapes \(a) and \(b): counted from the last axis, extents must be equal or 1"
      )
    }
    self.shape = shape
    let (la, lb) = (Self.strides(a, in: shape), Self.strides(b, in: shape))
    for axis in shape.indices where shape[axis] != 1 || shape.count == 1 {
      if let last = extents.indices.last, left[last] == la[axis] * shape[axis],
        right[last] == lb[axis] * shape[axis]
      {
        extents[last] *= shape[axis]
        (left[last], right[last]) = (la[axis], lb[axis])
      } else {
        extents.append(shape[axis])
        left.append(la[axis])
        right.append(lb[axis])
      }
    }
    if extents.isEmpty { (extents, left, right) = ([1], [0], [0]) }
  }

  /// The common shape, or nil if there is none.
  static func shape(_ a: [Int], _ b: [Int]) -> [Int]? {
    let rank = max(a.count, b.count)
    var shape = [Int](repeating: 1, count: rank)
    for axis in 0..<rank {
      let (i, j) = (axis - (rank - a.count), axis - (rank - b.count))
      let (m, n) = (i < 0 ? 1 : a[i], j < 0 ? 1 : b[j])
      guard m == n || m == 1 || n == 1 else { return nil }
      shape[axis] = m == 1 ? n : m
    }
    return shape
  }

  /// The strides of an array in the result's axes, 0 where it is repeated.
  private static func strides(_ own: [Int], in shape: [Int]) -> [Int] {
    let strides = rowMajorStrides(own)
    let missing = shape.count - own.count
    return shape.indices.map { axis in
      axis < missing || own[axis - missing] == 1 ? 0 : strides[axis - missing]
    }
  }

  /// `transform` of the elements that meet.
  @inline(__always)
  func combined<S: Scalar>(
    _ a: Tensor<S>, _ b: Tensor<S>, _ transform: (S, S) -> S
  ) -> Tensor<S> {
    let last = extents.count - 1
    let (run, sa, sb) = (extents[last], left[last], right[last])
    return .written(shape: shape) { out in
      var out = out
      a.elements.withUnsafeBufferPointer { a in
        b.elements.withUnsafeBufferPointer { b in
          walk(extents.dropLast(), left: left, right: right) { i, j in
            // The usual strides are constants, so that the compiler makes vectors of them.
            switch (sa, sb) {
            case (1, 1): for k in 0..<run { out[k] = transform(a[i + k], b[j + k]) }
            case (1, 0):
              let y = b[j]
              for k in 0..<run { out[k] = transform(a[i + k], y) }
            case (0, 1):
              let x = a[i]
              for k in 0..<run { out[k] = transform(x, b[j + k]) }
            default: for k in 0..<run { out[k] = transform(a[i + k * sa], b[j + k * sb]) }
            }
            out += run
          }
        }
      }
    }
  }

  /// Adds every element of the result's shape (as `left`) onto the place of `right` it came from.
  @inline(__always)
  fileprivate func accumulate<S: Scalar>(_ values: Tensor<S>, onto sums: inout [S]) {
    let last = extents.count - 1
    let (run, sa, sb) = (extents[last], left[last], right[last])
    values.elements.withUnsafeBufferPointer { a in
      sums.withUnsafeMutableBufferPointer { b in
        walk(extents.dropLast(), left: left, right: right) { i, j in
          if sb == 0 {
            var sum: S = 0
            for k in 0..<run { sum += a[i + k * sa] }
            b[j] += sum
          } else {
            for k in 0..<run { b[j + k * sb] += a[i + k * sa] }
          }
        }
      }
    }
  }
}

extension Tensor {
  /// The sums over the axes along which an array of `shape` was repeated to reach this shape: the
  /// gradient of a repetition.
  func summed(to shape: [Int]) throws -> Tensor {
    if shape == self.shape { return self }
    return foldedSum(self, try Broadcast(self.shape, shape, in: "a gradient"), shape)
  }
}

@_specialize(where S == Double)
@_specialize(where S == Float)
private func foldedSum<S: Scalar>(
  _ values: Tensor<S>, _ plan: Broadcast, _ shape: [Int]
) -> Tensor<S> {
  var sums = [S](repeating: 0, count: shape.reduce(1, *))
  plan.accumulate(values, onto: &sums)
  return Tensor(shape: shape, elements: sums)
}

extension Tape {
  /// x repeated along axes of extent 1, and along new axes in front, to fill `shape`:
  /// `[3, 1] → [2, 3, 4]`.
  ///
  /// - Throws: `AnsatzError` if an extent is neither equal nor 1.
  public func broadcast(_ x: Variable<S>, to shape: [Int]) throws -> Variable<S> {
    let own = x.value.shape
    guard !shape.contains(where: { $0 < 0 }), Broadcast.shape(own, shape) == shape else {
      throw AnsatzError(
        .usage,
        "the shape \(own) cannot be repeated to \(shape): counted from the last axis, each extent must "
          + "be 1 or the one asked for")
    }
    if own == shape { return x }
    let plan = try Broadcast(own, shape, in: "a repetition")
    return record(repeated(x.value, plan), parents: [x]) { upstream, _ in
      [try upstream.summed(to: own)]
    }
  }
}

@_specialize(where S == Double)
@_specialize(where S == Float)
private func repeated<S: Scalar>(_ x: Tensor<S>, _ plan: Broadcast) -> Tensor<S> {
  plan.combined(x, Tensor(shape: plan.shape)) { x, _ in x }
}
