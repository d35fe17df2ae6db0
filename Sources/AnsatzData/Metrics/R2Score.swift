import AnsatzMath

/// The coefficient of determination, `1 - Σ (y - ŷ)² / Σ (y - ȳ)²`; the mean over targets. 1 is
/// perfect, 0 as good as the mean.
///
/// Of a target whose true numbers are all equal it is 1 if they are met exactly, else 0.
public struct R2Score: NumberMetric {
  public let name = "r2"
  public let summary = "the part of the variance that is explained, averaged over targets"
  public let direction = MetricDirection.higherIsBetter

  /// The metric as it stands in the formula.
  public init() {}

  /// The coefficient of determination of these predictions.
  ///
  /// - Throws: `AnsatzError` for a single row.
  public func value(of predictions: NumberPredictions) throws -> Double {
    guard predictions.truth.rowCount > 1 else {
      throw AnsatzError(.badData, "r2 is not defined: it needs two rows or more")
    }
    return predictions.meanOverTargets { truth, predicted in
      let residual = zip(truth, predicted).reduce(0.0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
      // Not by the sum of squares: the mean of equal numbers may be rounded.
      if truth.allSatisfy({ $0 == truth[0] }) { return residual == 0 ? 1 : 0 }
      let mean = truth.reduce(0, +) / Double(truth.count)
      return 1 - residual / truth.reduce(0.0) { $0 + ($1 - mean) * ($1 - mean) }
    }
  }
}
