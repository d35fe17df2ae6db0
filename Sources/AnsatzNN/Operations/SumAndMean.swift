import AnsatzMath

extension Tape {
  /// The sum over axes: `[2, 3, 4] → [2, 4]` over `[1]`, or `[2, 1, 4]` keeping them; without axes
  /// named, over all of them, to `[]`.
  ///
  /// A sum of no elements is 0.
  ///
  /// - Throws: `AnsatzError` for axes that x lacks.
  public func sum(
    _ x: Variable<S>, over axes: [Int]? = nil, keepingAxes: Bool = false
  ) throws -> Variable<S> {
    try scaledSum(
      reduction(of: x, over: axes, keepingAxes: keepingAxes, in: "a sum"), by: 1)
  }

  /// The mean over axes, as `sum`.
  ///
  /// - Throws: `AnsatzError` for axes that x lacks, or if there is nothing to average.
  public func mean(
    _ x: Variable<S>, over axes: [Int]?, keepingAxes: Bool = false
  ) throws -> Variable<S> {
    let parts = try reduction(
      of: x, over: axes, keepingAxes: keepingAxes, needsElements: true, in: "a mean")
    return scaledSum(parts, by: 1 / S(parts.split.count))
  }

  private func scaledSum(_ parts: Reduction<S>, by factor: S) -> Variable<S> {
    let (split, own) = (parts.split, parts.input.value.shape)
    let value = sums(parts.input.value, times: factor, along: split, shape: parts.shape)
    return record(value, parents: [parts.input]) { upstream, _ in
      [spread(upstream, times: factor, along: split, shape: own)]
    }
  }
}
