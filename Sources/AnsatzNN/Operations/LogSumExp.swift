import AnsatzMath

extension Tape {
  /// `log Σ exp(x)` over axes: `[2, 3, 4] → [2, 4]` over `[1]`; without axes named, over all.
  ///
  /// The largest element is taken out first, so nothing overflows. The slope is the softmax.
  ///
  /// Edge cases: of no elements, and of elements that are all -∞, it is -∞ with slope 0.
  ///
  /// - Throws: `AnsatzError` for axes that x lacks.
  public func logSumExp(
    _ x: Variable<S>, over axes: [Int]? = nil, keepingAxes: Bool = false
  ) throws -> Variable<S> {
    let parts = try reduction(
      of: x, over: axes, keepingAxes: keepingAxes, in: "a logarithm of sums")
    let (split, input) = (parts.split, parts.input.value)
    let value = logSums(input, along: split, shape: parts.shape)
    return record(value, parents: [parts.input]) { upstream, _ in
      [weightedSoftmax(input, value, upstream, along: split)]
    }
  }
}

/// Of each run the largest element m (NaN counting as the largest) and `Σ exp(x - m)`, which is at
/// least 1 where m is finite.
@_specialize(where S == Double)
@_specialize(where S == Float)
func exponentialSums<S: Scalar>(
  _ x: Tensor<S>, along split: AxisSplit
) -> (largest: [S], totals: [S]) {
  let inner = split.inner
  var largest = [S](repeating: -.infinity, count: split.outer * inner)
  var totals = [S](repeating: 0, count: split.outer * inner)
  x.elements.withUnsafeBufferPointer { x in
    for o in 0..<split.outer {
      for i in 0..<split.count {
        let (start, run) = ((o * split.count + i) * inner, o * inner)
        for j in 0..<inner where x[start + j] > largest[run + j] || x[start + j].isNaN {
          largest[run + j] = x[start + j]
        }
      }
      for i in 0..<split.count {
        let (start, run) = ((o * split.count + i) * inner, o * inner)
        for j in 0..<inner { totals[run + j] += .exp(x[start + j] - largest[run + j]) }
      }
    }
  }
  return (largest, totals)
}

@_specialize(where S == Double)
@_specialize(where S == Float)
private func logSums<S: Scalar>(
  _ x: Tensor<S>, along split: AxisSplit, shape: [Int]
) -> Tensor<S> {
  let (largest, totals) = exponentialSums(x, along: split)
  // Infinite or not a number, the largest is the result.
  return .written(shape: shape) { out in
    for run in largest.indices {
      out[run] = largest[run].isFinite ? largest[run] + .log(totals[run]) : largest[run]
    }
  }
}

/// The upstream gradient of each run times `exp(x - log Σ exp x)`, 0 where that is of no elements.
@_specialize(where S == Double)
@_specialize(where S == Float)
private func weightedSoftmax<S: Scalar>(
  _ x: Tensor<S>, _ logSums: Tensor<S>, _ upstream: Tensor<S>, along split: AxisSplit
) -> Tensor<S> {
  .written(shape: x.shape) { out in
    x.elements.withUnsafeBufferPointer { x in
      for o in 0..<split.outer {
        for i in 0..<split.count {
          for j in 0..<split.inner {
            let (place, run) = ((o * split.count + i) * split.inner + j, o * split.inner + j)
            out[place] =
              x[place] == -.infinity
              ? 0 : upstream.elements[run] * .exp(x[place] - logSums.elements[run])
          }
        }
      }
    }
  }
}
