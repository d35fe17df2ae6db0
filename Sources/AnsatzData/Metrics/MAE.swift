/// The mean absolute error, `Σ |y - ŷ| / n`, in units of the target; the mean over targets.
public struct MAE: NumberMetric {
  public let name = "mae"
  public let summary = "the mean absolute error, averaged over targets"
  public let direction = MetricDirection.lowerIsBetter

  /// The metric as it stands in the formula.
  public init() {}

  /// The mean absolute error of these predictions.
  public func value(of predictions: NumberPredictions) -> Double {
    predictions.meanOverTargets { truth, predicted in
      zip(truth, predicted).reduce(0.0) { $0 + abs($1.0 - $1.1) } / Double(truth.count)
    }
  }
}
