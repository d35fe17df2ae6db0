/// The harmonic mean of precision and recall, `2 TP / (2 TP + FP + FN)`.
///
/// It is 0 where a class neither is true of nor predicted for any row.
public struct F1Score: ClassMetric {
  /// Which classes count.
  public let averaging: ClassAveraging

  /// Of class 1 of two, unless told otherwise.
  public init(_ averaging: ClassAveraging = .positiveClass(1)) { self.averaging = averaging }

  public var name: String { "f1\(averaging.suffix)" }
  public var summary: String { "the harmonic mean of precision and recall, \(averaging.words)" }
  public var direction: MetricDirection { .higherIsBetter }
  public var needs: MetricNeed { .classes }

  /// The F1 score of these predictions.
  public func value(of predictions: ClassPredictions) throws -> Double {
    try averaging.value("f1", predictions) { $0.f1(of: $1) }
  }

  /// That of every class.
  public static func perClass(_ predictions: ClassPredictions) -> [Double] {
    let counts = ConfusionCounts(predictions)
    return (0..<counts.classCount).map { counts.f1(of: $0) }
  }
}
