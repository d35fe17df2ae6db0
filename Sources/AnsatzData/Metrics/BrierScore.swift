/// The mean squared distance of the probabilities from the truth: of class 1's for two classes, from
/// 0 to 1; for more `Σₖ (pₖ - tₖ)²` over the classes, from 0 to 2.
///
/// - Source: Brier, Monthly Weather Review 78 (1950) 1.
public struct BrierScore: ClassMetric {
  public let name = "brier"
  public let summary = "the mean squared distance of the probabilities from the truth"
  public let direction = MetricDirection.lowerIsBetter
  public let needs = MetricNeed.probabilities

  /// The metric as it stands in the formula.
  public init() {}

  /// The Brier score of these probabilities.
  public func value(of predictions: ClassPredictions) throws -> Double {
    let probabilities = try predictions.requiredProbabilities(for: self)
    let classes = predictions.classCount == 2 ? 1..<2 : 0..<predictions.classCount
    var total = 0.0
    for (row, truth) in predictions.truth.enumerated() {
      for label in classes {
        let gap = probabilities[row, label] - (label == truth ? 1 : 0)
        total += gap * gap
      }
    }
    return total / Double(predictions.truth.count)
  }
}
