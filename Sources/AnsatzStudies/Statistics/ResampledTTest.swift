import AnsatzMath

/// The corrected resampled t-test: do two classifiers differ, judged by paired results on the
/// folds of repeated cross-validation?
///
/// Folds share training data, so their results are correlated and the ordinary paired t-test finds
/// differences too readily. The correction widens the variance of the mean difference from `s²/J`
/// to `(1/J + n_test/n_train) s²`, with `J - 1` degrees of freedom.
///
/// Edge cases:
/// - All differences zero: p = 1.
/// - All differences equal but not zero: p = 0 and an interval without width.
///
/// - Source: Nadeau and Bengio, "Inference for the generalization error", Machine Learning 52 (2003).
public struct ResampledTTest: Codable, Equatable, Sendable {
  /// The mean over all folds.
  public let meanDifference: Double
  /// The lower end of the confidence interval of the mean difference.
  public let lower: Double
  /// The upper end of the interval.
  public let upper: Double
  /// The level of the interval, such as 0.95.
  public let confidence: Double
  /// The two-sided p-value.
  public let pValue: Double

  /// - Parameters:
  ///   - differences: One difference for each fold of each repeat.
  ///   - testToTrainRatio: Test samples per training sample; 1/4 for five folds.
  /// - Throws: If there are fewer than two differences, or one is not finite.
  public init(
    differences: [Double], testToTrainRatio: Double, confidence: Double = 0.95
  ) throws(AnsatzError) {
    guard differences.count >= 2 else {
      throw AnsatzError(
        .usage, "a comparison needs results of two folds or more, not \(differences.count)")
    }
    guard differences.allSatisfy(\.isFinite) else {
      throw AnsatzError(.software, "a comparison needs finite results; one of them is not")
    }
    self.confidence = confidence
    let summary = Summary(differences)
    meanDifference = summary.mean
    let variance =
      (1 / Double(differences.count) + testToTrainRatio) * summary.standardDeviation
      * summary.standardDeviation
    let error = variance.squareRoot()
    // Equal differences leave a spread of rounding errors, which is not evidence of anything.
    let scale = differences.map(abs).max() ?? 0
    guard error > 1e-12 * scale else {
      (lower, upper) = (summary.mean, summary.mean)
      pValue = summary.mean == 0 ? 1 : 0
      return
    }
    let distribution = StudentT(degreesOfFreedom: Double(differences.count - 1))
    let reach = distribution.quantile((1 + confidence) / 2) * error
    (lower, upper) = (summary.mean - reach, summary.mean + reach)
    pValue = distribution.twoSidedTail(summary.mean / error)
  }
}
