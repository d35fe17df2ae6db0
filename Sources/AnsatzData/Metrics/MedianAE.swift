/// The median of `|y - ŷ|`, in units of the target; the mean over targets.
///
/// Of an even number of rows it is the mean of the middle two.
public struct MedianAE: NumberMetric {
  public let name = "median-absolute-error"
  public let summary = "the median of the absolute errors, averaged over targets"
  public let direction = MetricDirection.lowerIsBetter

  /// The metric as it stands in the formula.
  public init() {}

  /// The median absolute error of these predictions.
  public func value(of predictions: NumberPredictions) -> Double {
    predictions.meanOverTargets { truth, predicted in
      let errors = zip(truth, predicted).map { abs($0 - $1) }.sorted()
      let middle = errors.count / 2
      return errors.count % 2 == 1 ? errors[middle] : (errors[middle - 1] + errors[middle]) / 2
    }
  }
}
