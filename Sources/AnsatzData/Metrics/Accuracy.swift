/// The part of the rows that is predicted rightly.
public struct Accuracy: ClassMetric {
  public let name = "accuracy"
  public let summary = "the part of the rows that is predicted rightly"
  public let direction = MetricDirection.higherIsBetter
  public let needs = MetricNeed.classes

  /// The metric as it stands in the formula.
  public init() {}

  /// The part of the predictions that are right.
  public func value(of predictions: ClassPredictions) -> Double {
    let counts = ConfusionCounts(predictions)
    return Double(counts.correctCount) / Double(counts.rowCount)
  }
}
