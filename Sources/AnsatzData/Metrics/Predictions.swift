import AnsatzMath

/// What was predicted, beside what is true; what metrics read.
///
/// Classes serve classification, and sequence labelling with one row for each position that is no
/// padding; numbers serve regression with one or several targets, and forecasts with one for each
/// step ahead.
public enum Predictions: Sendable {
  /// A class for each row.
  case classes(ClassPredictions)
  /// One number or several for each row.
  case numbers(NumberPredictions)

  /// How many rows there are.
  public var rowCount: Int {
    switch self {
    case .classes(let classes): classes.truth.count
    case .numbers(let numbers): numbers.truth.rowCount
    }
  }

  /// What metrics can ask of them.
  public var offers: Set<MetricNeed> {
    switch self {
    case .numbers: [.numbers]
    case .classes(let classes):
      switch classes.scores {
      case nil: [.classes]
      case .decisions: [.classes, .scores]
      case .probabilities: [.classes, .scores, .probabilities]
      }
    }
  }
}
