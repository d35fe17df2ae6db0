import AnsatzMath

extension Tape {
  /// The largest element over axes: `[2, 3, 4] → [2, 4]` over `[1]`; without axes named, over all.
  ///
  /// Edge cases: of equal elements the first gets the gradient; if one is not a number, neither is
  /// the result.
  ///
  /// - Throws: `AnsatzError` for axes that x lacks, or if there is nothing to choose from.
  public func maximum(
    _ x: Variable<S>, over axes: [Int]? = nil, keepingAxes: Bool = false
  ) throws -> Variable<S> {
    try chosen(x, over: axes, keepingAxes: keepingAxes, in: "a maximum") {
      largestPlaces($0, along: $1)
    }
  }

  /// The smallest element over axes, as `maximum`.
  ///
  /// - Throws: `AnsatzError` for axes that x lacks, or if there is nothing to choose from.
  public func minimum(
    _ x: Variable<S>, over axes: [Int]? = nil, keepingAxes: Bool = false
  ) throws -> Variable<S> {
    try chosen(x, over: axes, keepingAxes: keepingAxes, in: "a minimum") {
      largestPlaces(-1 * $0, along: $1)
    }
  }

  /// The elements at the places that `choose` finds.
  private func chosen(
    _ x: Variable<S>, over axes: [Int]?, keepingAxes: Bool, in operation: String,
    _ choose: (Tensor<S>, AxisSplit) -> [Int]
  ) throws -> Variable<S> {
    let parts = try reduction(
      of: x, over: axes, keepingAxes: keepingAxes, needsElements: true, in: operation)
    let input = parts.input.value
    let own = input.shape
    let places = choose(input, parts.split)
    let value = Tensor(shape: parts.shape, elements: places.map { input.elements[$0] })
    return record(value, parents: [parts.input]) { upstream, _ in
      var gradient = Tensor<S>(shape: own)
      for (place, value) in zip(places, upstream.elements) { gradient.elements[place] = value }
      return [gradient]
    }
  }
}

/// Where the largest element of each run is, NaN counting as the largest.
@_specialize(where S == Double)
@_specialize(where S == Float)
private func largestPlaces<S: Scalar>(_ x: Tensor<S>, along split: AxisSplit) -> [Int] {
  var places = [Int](repeating: 0, count: split.outer * split.inner)
  x.elements.withUnsafeBufferPointer { x in
    for o in 0..<split.outer {
      for j in 0..<split.inner {
        var best = o * split.count * split.inner + j
        for i in 1..<max(1, split.count) {
          let place = (o * split.count + i) * split.inner + j
          if x[place] > x[best] || (x[place].isNaN && !x[best].isNaN) { best = place }
        }
        places[o * split.inner + j] = best
      }
    }
  }
  return places
}
