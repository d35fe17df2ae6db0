/// The correlation of predicted with true classes, from -1 to 1; 0 is chance.
///
/// `(c s - Σ pₖ tₖ) / √((s² - Σ pₖ²)(s² - Σ tₖ²))` with c of s rows right, tₖ of class k and pₖ
/// predicted so; for two classes `(TP TN - FP FN) / √((TP+FP)(TP+FN)(TN+FP)(TN+FN))`. It is 0 where
/// one class alone is true or predicted.
///
/// - Source: Gorodkin, Computational Biology and Chemistry 28 (2004) 367.
public struct MatthewsCorrelation: ClassMetric {
  public let name = "matthews"
  public let summary = "Matthews' correlation of predicted with true classes"
  public let direction = MetricDirection.higherIsBetter
  public let needs = MetricNeed.classes

  /// The metric as it stands in the formula.
  public init() {}

  /// The correlation of truth and prediction.
  public func value(of predictions: ClassPredictions) -> Double {
    let counts = ConfusionCounts(predictions)
    let labels = 0..<counts.classCount
    let rows = Double(counts.rowCount)
    let truth = labels.map { Double(counts.trueCount(of: $0)) }
    let predicted = labels.map { Double(counts.predictedCount(of: $0)) }
    func product(_ a: [Double], _ b: [Double]) -> Double { zip(a, b).map(*).reduce(0, +) }
    let spread =
      (rows * rows - product(predicted, predicted)) * (rows * rows - product(truth, truth))
    if spread == 0 { return 0 }
    return (Double(counts.correctCount) * rows - product(predicted, truth)) / spread.squareRoot()
  }
}
