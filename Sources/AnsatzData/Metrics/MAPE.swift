import AnsatzMath

/// The mean absolute percentage error as a fraction, `Σ |y - ŷ| / |y| / n`; the mean over targets.
public struct MAPE: NumberMetric {
  public let name = "mape"
  public let summary = "the mean absolute error as a part of the true number, averaged over targets"
  public let direction = MetricDirection.lowerIsBetter

  /// The metric as it stands in the formula.
  public init() {}

  /// The mean relative error of these predictions.
  ///
  /// - Throws: `AnsatzError` if a true number is 0.
  public func value(of predictions: NumberPredictions) throws -> Double {
    if let place = predictions.truth.elements.firstIndex(of: 0) {
      throw AnsatzError(
        .badData,
        "mape is not defined: the true number of row \(place / predictions.targetCount) is 0; use mae"
      )
    }
    return predictions.meanOverTargets { truth, predicted in
      zip(truth, predicted).reduce(0.0) { $0 + abs(($1.0 - $1.1) / $1.0) } / Double(truth.count)
    }
  }
}
