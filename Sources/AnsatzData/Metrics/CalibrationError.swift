/// The expected calibration error: how far the probability of the likeliest class is from how often
/// it is right, `Σ |B|/n · |accuracy(B) - confidence(B)|` over bins B of equal width.
///
/// Rows fall into bins by the largest of their probabilities c, the first of equals: bin i holds
/// `i/bins < c ≤ (i+1)/bins`.
///
/// - Source: Guo, Pleiss, Sun and Weinberger, arXiv:1706.04599.
public struct CalibrationError: ClassMetric {
  /// How many bins there are.
  public let bins: Int

  /// With that many bins, at least one; 15 as in the paper.
  public init(bins: Int = 15) { self.bins = max(1, bins) }

  public var name: String { "calibration-error" }
  public var summary: String {
    "how far the probability of the likeliest class is from how often it is right, in \(bins) bins"
  }
  public var direction: MetricDirection { .lowerIsBetter }
  public var needs: MetricNeed { .probabilities }

  /// The expected calibration error of these probabilities.
  public func value(of predictions: ClassPredictions) throws -> Double {
    let probabilities = try predictions.requiredProbabilities(for: self)
    var gaps = [Double](repeating: 0, count: bins)
    for (row, truth) in predictions.truth.enumerated() {
      let values = Array(probabilities.row(row))
      let best = values.indices.reduce(0) { values[$1] > values[$0] ? $1 : $0 }
      let bin = Int((values[best] * Double(bins)).rounded(.up)) - 1
      gaps[min(max(bin, 0), bins - 1)] += (best == truth ? 1 : 0) - values[best]
    }
    return gaps.reduce(0) { $0 + abs($1) } / Double(predictions.truth.count)
  }
}
