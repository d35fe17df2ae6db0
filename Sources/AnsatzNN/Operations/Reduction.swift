import AnsatzMath

/// A tensor whose reduced axes are neighbours, how it is split there, and the shape to give back.
struct Reduction<S: Scalar> {
  let input: Variable<S>
  let split: AxisSplit
  let shape: [Int]
}

extension Tape {
  /// What a reduction of x works on: x itself, or with the reduced axes moved to the end where they
  /// are not neighbours.
  ///
  /// - Parameters:
  ///   - needsElements: Whether the reduction of no elements has no value.
  ///   - operation: What asks, for messages: "a mean".
  /// - Throws: `AnsatzError` for axes that x lacks, or if there is nothing to reduce.
  func reduction(
    of x: Variable<S>, over axes: [Int]?, keepingAxes: Bool, needsElements: Bool = false,
    in operation: String
  ) throws -> Reduction<S> {
    let own = x.value.shape
    let reduced = try resolvedAxes(axes, of: own, in: operation)
    let kept = own.indices.filter { !reduced.contains($0) }
    guard !needsElements || !reduced.contains(where: { own[$0] == 0 }) else {
      throw AnsatzError(
        .usage, "\(operation) over axes \(reduced) of shape \(own): there are no elements to reduce"
      )
    }
    let shape = own.indices.compactMap { axis in
      reduced.contains(axis) ? (keepingAxes ? 1 : nil) : own[axis]
    }
    guard let first = reduced.first, let last = reduced.last else {
      return Reduction(input: x, split: AxisSplit(own, at: 0..<0), shape: shape)
    }
    if last - first == reduced.count - 1 {
      return Reduction(input: x, split: AxisSplit(own, at: first..<last + 1), shape: shape)
    }
    let moved = try permuted(x, axes: kept + reduced)
    return Reduction(
      input: moved, split: AxisSplit(moved.value.shape, at: kept.count..<own.count), shape: shape)
  }
}

/// Every element of `values` times a factor, at each of the places along the run that it stands for.
@_specialize(where S == Double)
@_specialize(where S == Float)
func spread<S: Scalar>(
  _ values: Tensor<S>, times factor: S, along split: AxisSplit, shape: [Int]
) -> Tensor<S> {
  .written(shape: shape) { out in
    values.elements.withUnsafeBufferPointer { values in
      for o in 0..<split.outer {
        for i in 0..<split.count {
          for j in 0..<split.inner {
            out[(o * split.count + i) * split.inner + j] = factor * values[o * split.inner + j]
          }
        }
      }
    }
  }
}

/// The sums along the run, times a factor, in the shape given.
@_specialize(where S == Double)
@_specialize(where S == Float)
func sums<S: Scalar>(
  _ x: Tensor<S>, times factor: S, along split: AxisSplit, shape: [Int]
) -> Tensor<S> {
  let inner = split.inner
  return .written(shape: shape) { out in
    x.elements.withUnsafeBufferPointer { x in
      for o in 0..<split.outer {
        let out = out + o * inner
        for j in 0..<inner { out[j] = 0 }
        for i in 0..<split.count {
          let start = (o * split.count + i) * inner
          for j in 0..<inner { out[j] += x[start + j] }
        }
        for j in 0..<inner { out[j] *= factor }
      }
    }
  }
}
