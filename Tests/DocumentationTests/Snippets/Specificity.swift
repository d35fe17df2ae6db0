import Ansatz

/// Of the rows that are not of class 1, the part that was predicted so: `TN / (TN + FP)`.
///
/// It is 0 where all rows are of class 1.
public struct Specificity: ClassMetric {
  public let name = "specificity"
  public let summary = "of the rows that are not of class 1 the part predicted so, for two classes"
  public let direction = MetricDirection.higherIsBetter
  public let needs = MetricNeed.classes

  /// The metric as it stands in the formula.
  public init() {}

  public func value(of predictions: ClassPredictions) throws -> Double {
    guard predictions.classCount == 2 else {
      throw AnsatzError(
        .usage, "specificity is for two classes, and there are \(predictions.classCount)")
    }
    return ConfusionCounts(predictions).recall(of: 0)
  }
}
