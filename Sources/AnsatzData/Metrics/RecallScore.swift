/// Of the rows of a class, the part predicted so: `TP / (TP + FN)`.
///
/// It is 0 where the class is true of no row.
public struct RecallScore: ClassMetric {
  /// Which classes count.
  public let averaging: ClassAveraging

  /// Of class 1 of two, unless told otherwise.
  public init(_ averaging: ClassAveraging = .positiveClass(1)) { self.averaging = averaging }

  public var name: String { "recall\(averaging.suffix)" }
  public var summary: String { "of the rows that are so the part predicted, \(averaging.words)" }
  public var direction: MetricDirection { .higherIsBetter }
  public var needs: MetricNeed { .classes }

  /// The recall of these predictions.
  public func value(of predictions: ClassPredictions) throws -> Double {
    try averaging.value("recall", predictions) { $0.recall(of: $1) }
  }

  /// That of every class.
  public static func perClass(_ predictions: ClassPredictions) -> [Double] {
    let counts = ConfusionCounts(predictions)
    return (0..<counts.classCount).map { counts.recall(of: $0) }
  }
}
