import AnsatzMath

extension Tape {
  /// The variance over axes, `Σ (x - x̄)² / (count - correction)`: `[2, 3, 4] → [2, 4]` over `[1]`;
  /// without axes named, over all of them.
  ///
  /// - Parameter correction: 0 for the mean square, as normalisation takes it; 1 for the estimate
  ///   from a sample.
  /// - Throws: `AnsatzError` for axes that x lacks, or if the count is not above the correction.
  public func variance(
    _ x: Variable<S>, over axes: [Int]? = nil, correction: Int = 0, keepingAxes: Bool = false
  ) throws -> Variable<S> {
    let parts = try reduction(
      of: x, over: axes, keepingAxes: keepingAxes, needsElements: true, in: "a variance")
    let (split, input) = (parts.split, parts.input.value)
    guard correction >= 0, split.count > correction else {
      throw AnsatzError(
        .usage,
        "a variance of \(split.count) elements with correction \(correction): the correction must be "
          + "0 or more, and fewer than the elements")
    }
    let factor = 1 / S(split.count - correction)
    let centred = deviations(input, along: split)
    let value = sums(centred * centred, times: factor, along: split, shape: parts.shape)
    return record(value, parents: [parts.input]) { upstream, _ in
      // The mean moves too, but deviations sum to 0, so its part is 0.
      [centred * spread(upstream, times: 2 * factor, along: split, shape: input.shape)]
    }
  }
}

/// x less its mean along the run.
@_specialize(where S == Double)
@_specialize(where S == Float)
private func deviations<S: Scalar>(_ x: Tensor<S>, along split: AxisSplit) -> Tensor<S> {
  let means = sums(
    x, times: 1 / S(split.count), along: split, shape: [split.outer, split.inner])
  return x - spread(means, times: 1, along: split, shape: x.shape)
}
