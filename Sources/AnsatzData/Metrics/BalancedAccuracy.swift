/// The mean of the classes' recalls, each counting the same however many rows it has.
///
/// Classes that are true of no row are left out.
public struct BalancedAccuracy: ClassMetric {
  public let name = "balanced-accuracy"
  public let summary = "the mean over classes of the part of its rows that is predicted rightly"
  public let direction = MetricDirection.higherIsBetter
  public let needs = MetricNeed.classes

  /// The metric as it stands in the formula.
  public init() {}

  /// The mean recall of the classes in these predictions.
  public func value(of predictions: ClassPredictions) -> Double {
    let counts = ConfusionCounts(predictions)
    let labels = (0..<counts.classCount).filter { counts.trueCount(of: $0) > 0 }
    return labels.map { counts.recall(of: $0) }.reduce(0, +) / Double(labels.count)
  }
}
