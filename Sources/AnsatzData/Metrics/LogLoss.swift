import AnsatzMath
import Numerics

/// The mean of `-log p` over rows, p being the probability given to the true class; natural
/// logarithm.
///
/// A probability below 2⁻⁵² counts as that, so a row that was held impossible costs 36.04.
public struct LogLoss: ClassMetric {
  public let name = "log-loss"
  public let summary = "the mean negative logarithm of the probability given to the true class"
  public let direction = MetricDirection.lowerIsBetter
  public let needs = MetricNeed.probabilities

  /// The metric as it stands in the formula.
  public init() {}

  /// The log loss of these probabilities.
  public func value(of predictions: ClassPredictions) throws -> Double {
    let probabilities = try predictions.requiredProbabilities(for: self)
    let floor = Double.ulpOfOne
    let total = predictions.truth.enumerated().reduce(0.0) { sum, row in
      sum - .log(min(max(probabilities[row.offset, row.element], floor), 1 - floor))
    }
    return total / Double(predictions.truth.count)
  }
}

extension ClassPredictions {
  /// - Throws: `AnsatzError` if there are none.
  func requiredProbabilities(for metric: some ClassMetric) throws -> Tensor<Double> {
    if let probabilities { return probabilities }
    throw AnsatzError(.usage, metric.unmetNeed(in: .classes(self)) ?? "")
  }
}
