/// Of the rows predicted to be of a class, the part that is: `TP / (TP + FP)`.
///
/// It is 0 where no row is predicted so.
public struct PrecisionScore: ClassMetric {
  /// Which classes count.
  public let averaging: ClassAveraging

  /// Of class 1 of two, unless told otherwise.
  public init(_ averaging: ClassAveraging = .positiveClass(1)) { self.averaging = averaging }

  public var name: String { "precision\(averaging.suffix)" }
  public var summary: String { "of the rows predicted so the part that is, \(averaging.words)" }
  public var direction: MetricDirection { .higherIsBetter }
  public var needs: MetricNeed { .classes }

  /// The precision of these predictions.
  public func value(of predictions: ClassPredictions) throws -> Double {
    try averaging.value("precision", predictions) { $0.precision(of: $1) }
  }

  /// That of every class.
  public static func perClass(_ predictions: ClassPredictions) -> [Double] {
    let counts = ConfusionCounts(predictions)
    return (0..<counts.classCount).map { counts.precision(of: $0) }
  }
}
