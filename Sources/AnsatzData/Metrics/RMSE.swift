/// The root mean squared error, `√(Σ (y - ŷ)² / n)`, in units of the target; the mean over targets.
public struct RMSE: NumberMetric {
  public let name = "rmse"
  public let summary = "the root of the mean squared error, averaged over targets"
  public let direction = MetricDirection.lowerIsBetter

  /// The metric as it stands in the formula.
  public init() {}

  /// The root mean squared error of these predictions.
  public func value(of predictions: NumberPredictions) -> Double {
    predictions.meanOverTargets { truth, predicted in
      let squares = zip(truth, predicted).reduce(0.0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
      return (squares / Double(truth.count)).squareRoot()
    }
  }
}
