import AnsatzMath

/// One number that says how good predictions are.
///
/// A value, one file each, listed in `StandardMetrics`; conform to `ClassMetric` or `NumberMetric`,
/// which ask for what they can read.
public protocol Metric: Sendable {
  /// The name that options, files and messages use.
  var name: String { get }
  /// What it measures, in one sentence without a full stop.
  var summary: String { get }
  /// Whether more or less of it is better.
  var direction: MetricDirection { get }
  /// What predictions must hold for it.
  var needs: MetricNeed { get }

  /// The metric of predictions.
  ///
  /// - Throws: `AnsatzError` if they do not hold what it needs, or it is not defined for them; the
  ///   message says why.
  func value(of predictions: Predictions) throws -> Double
}

/// Which of two values of a metric is the better one.
public enum MetricDirection: String, Codable, Sendable {
  /// As for accuracy.
  case higherIsBetter = "higher"
  /// As for an error.
  case lowerIsBetter = "lower"

  /// Whether `value` is strictly better than `other`. What is not a number is worse than any number.
  public func isBetter(_ value: Double, than other: Double) -> Bool {
    if value.isNaN { return false }
    if other.isNaN { return true }
    return self == .higherIsBetter ? value > other : value < other
  }
}

/// What predictions must hold for a metric.
public enum MetricNeed: String, Sendable, CaseIterable {
  /// A class for each row.
  case classes
  /// For each row and class a number that is larger the likelier the class: probabilities, or the
  /// decision values of a machine.
  case scores
  /// For each row the probability of every class.
  case probabilities
  /// For each row a number for every target.
  case numbers

  fileprivate var words: String {
    switch self {
    case .classes: "predicted classes"
    case .scores: "probabilities or decision values of the classes"
    case .probabilities: "probabilities of the classes"
    case .numbers: "predicted numbers"
    }
  }
}

extension Metric {
  /// Why these predictions do not hold what the metric needs; nil if they do.
  public func unmetNeed(in predictions: Predictions) -> String? {
    if predictions.offers.contains(needs) { return nil }
    let held =
      switch predictions {
      case .numbers: "numbers"
      case .classes(let classes): classes.scores == nil ? "classes alone" : "decision values"
      }
    return "\(name) needs \(needs.words), and these predictions hold \(held)"
  }
}

/// A metric of predicted classes.
public protocol ClassMetric: Metric {
  /// The metric of predictions, which must be of classes.
  ///
  /// - Throws: `AnsatzError` if the metric is not defined for them.
  func value(of predictions: ClassPredictions) throws -> Double
}

extension ClassMetric {
  public func value(of predictions: Predictions) throws -> Double {
    guard unmetNeed(in: predictions) == nil, case .classes(let classes) = predictions else {
      throw AnsatzError(.usage, unmetNeed(in: predictions) ?? "\(name) needs predicted classes")
    }
    return try value(of: classes)
  }
}

/// A metric of predicted numbers.
public protocol NumberMetric: Metric {
  /// The metric of predictions, which must be of numbers.
  ///
  /// - Throws: `AnsatzError` if the metric is not defined for them.
  func value(of predictions: NumberPredictions) throws -> Double
}

extension NumberMetric {
  public var needs: MetricNeed { .numbers }

  public func value(of predictions: Predictions) throws -> Double {
    guard unmetNeed(in: predictions) == nil, case .numbers(let numbers) = predictions else {
      throw AnsatzError(.usage, unmetNeed(in: predictions) ?? "\(name) needs predicted numbers")
    }
    return try value(of: numbers)
  }
}
