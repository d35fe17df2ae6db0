import AnsatzMath

/// The metrics that can be chosen by name.
public enum StandardMetrics {
  /// In the order of listings.
  public static let all: [any Metric] = [
    Accuracy(), BalancedAccuracy(), F1Score(), F1Score(.macro), PrecisionScore(),
    PrecisionScore(.macro), RecallScore(), RecallScore(.macro), MatthewsCorrelation(), ROCAUC(),
    AveragePrecision(), LogLoss(), BrierScore(), CalibrationError(), RMSE(), MAE(), MedianAE(),
    MAPE(),
    R2Score(),
  ]

  /// The names of all, in the order of listings.
  public static var names: [String] { all.map(\.name) }

  /// The metric of a name.
  ///
  /// - Throws: `AnsatzError` for an unknown name, with a suggestion.
  public static func metric(named name: String) throws -> any Metric {
    guard let metric = all.first(where: { $0.name == name }) else {
      throw AnsatzError(.usage, "unknown metric '\(name)'; \(didYouMean(name, in: names))")
    }
    return metric
  }

  /// Those that such predictions hold enough for.
  public static func metrics(for predictions: Predictions) -> [any Metric] {
    all.filter { $0.unmetNeed(in: predictions) == nil }
  }
}
