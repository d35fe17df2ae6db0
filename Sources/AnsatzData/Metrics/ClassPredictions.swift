import AnsatzMath

/// How likely a model holds each class, for each row.
public enum ClassScores: Equatable, Sendable {
  /// `[rows, classes]`, each row summing to 1.
  case probabilities(Tensor<Double>)
  /// Larger is likelier: `[rows, classes]`, or for two classes `[rows, 1]` with class 1 above 0.
  case decisions(Tensor<Double>)
}

/// A predicted class for each row, beside the true one, with how likely each class was held if the
/// model says so.
public struct ClassPredictions: Equatable, Sendable {
  /// The true class of each row, in 0..<classCount.
  public let truth: [Int]
  /// The predicted class of each row.
  public let predicted: [Int]
  /// How many classes there are, those that do not occur among these rows too.
  public let classCount: Int
  /// How likely each class was held, if the model says so.
  public let scores: ClassScores?

  /// - Throws: `AnsatzError` without rows, if sizes differ, for a class out of range, for scores that
  ///   are not finite, or for probabilities that are none.
  public init(
    truth: [Int], predicted: [Int], classCount: Int, scores: ClassScores? = nil
  ) throws {
    guard !truth.isEmpty else {
      throw AnsatzError(.badData, "no rows to measure; predictions need one row or more")
    }
    guard truth.count == predicted.count else {
      throw AnsatzError(
        .badData, "\(truth.count) true classes and \(predicted.count) predicted ones; give one each"
      )
    }
    for (what, classes) in [("true", truth), ("predicted", predicted)] {
      if let row = classes.firstIndex(where: { !(0..<classCount).contains($0) }) {
        throw AnsatzError(
          .badData,
          "row \(row): the \(what) class \(classes[row]) is out of range; there are \(classCount), "
            + "numbered from 0")
      }
    }
    try scores?.validate(rows: truth.count, classes: classCount)
    (self.truth, self.predicted) = (truth, predicted)
    (self.classCount, self.scores) = (classCount, scores)
  }

  /// The class held most likely in each row is the predicted one, the first of equals.
  ///
  /// - Throws: As the other.
  public init(truth: [Int], probabilities: Tensor<Double>) throws {
    try ClassScores.probabilities(probabilities).validate(
      rows: truth.count, classes: max(1, probabilities.rowSize))
    let predicted = (0..<probabilities.rowCount).map { row in
      let values = Array(probabilities.row(row))
      return values.indices.reduce(0) { values[$1] > values[$0] ? $1 : $0 }
    }
    try self.init(
      truth: truth, predicted: predicted, classCount: probabilities.rowSize,
      scores: .probabilities(probabilities))
  }

  /// The probabilities, if there are any.
  public var probabilities: Tensor<Double>? {
    if case .probabilities(let tensor) = scores { tensor } else { nil }
  }

  /// For each row a number that is larger the likelier it is that class and not another.
  ///
  /// That is its probability or decision value; with decision values for both of two classes, by how
  /// much it exceeds the other's.
  func ranking(of label: Int) -> [Double]? {
    switch scores {
    case nil: return nil
    case .probabilities(let tensor):
      return truth.indices.map { tensor[$0, label] }
    case .decisions(let tensor):
      switch tensor.rowSize {
      case 1: return tensor.elements.map { label == 1 ? $0 : -$0 }
      case 2: return truth.indices.map { tensor[$0, label] - tensor[$0, 1 - label] }
      default: return truth.indices.map { tensor[$0, label] }
      }
    }
  }
}

extension ClassScores {
  /// How far a row's probabilities may be from summing to 1: they may come from single precision.
  private static let slack = 1e-4

  fileprivate func validate(rows: Int, classes: Int) throws {
    let (tensor, name) =
      switch self {
      case .probabilities(let tensor): (tensor, "probabilities")
      case .decisions(let tensor): (tensor, "decision values")
      }
    var shapes = [[rows, classes]]
    if case .decisions = self, classes == 2 { shapes.append([rows, 1]) }
    guard shapes.contains(tensor.shape) else {
      throw AnsatzError(
        .badData,
        "\(name) of shape \(tensor.shape) for \(rows) rows of \(classes) classes; give "
          + shapes.map { "\($0)" }.joined(separator: " or "))
    }
    for row in 0..<rows {
      let values = tensor.row(row)
      guard values.allSatisfy(\.isFinite) else {
        throw AnsatzError(.badData, "row \(row): the \(name) are not all finite numbers")
      }
      guard case .probabilities = self else { continue }
      guard values.allSatisfy({ $0 >= 0 && $0 <= 1 }), abs(values.reduce(0, +) - 1) < Self.slack
      else {
        throw AnsatzError(
          .badData,
          "row \(row): the probabilities must be from 0 to 1 and sum to 1; give other numbers as "
            + "decision values")
      }
    }
  }
}
