import AnsatzData
import AnsatzMath
import Numerics

/// Multinomial logistic regression with an L2 penalty, solved to convergence.
///
/// Minimises `C · Σ -log p(labelᵣ | xᵣ) + ‖W‖² / 2`, where `p = softmax(W x + b)` and the offsets
/// `b` are free of penalty: scikit-learn's convention. Two classes have one weight vector,
/// `p(1 | x) = sigmoid(w·x + b)`.
public struct LogisticRegression: Classifier {
  public let name = "logistic-regression"
  /// `C`: the weight of the data against the penalty.
  public let inverseRegularization: Double
  private(set) var solution: (parameters: [Double], featureCount: Int, classCount: Int)?

  /// - Throws: `AnsatzError` unless the number is positive and finite.
  public init(inverseRegularization: Double) throws {
    guard inverseRegularization > 0, inverseRegularization.isFinite else {
      throw AnsatzError(
        .usage, "logistic-regression needs a positive C, not \(inverseRegularization)")
    }
    self.inverseRegularization = inverseRegularization
  }

  /// `C = 1`.
  public init() {
    inverseRegularization = 1
  }

  /// Weights and offsets.
  public var parameterCount: Int { solution?.parameters.count ?? 0 }

  public mutating func fit(
    _ features: Tensor<Double>, labels: [Int], classCount: Int, observer: any FitObserver
  ) throws {
    try FitInput.check(features, labels: labels, classCount: classCount, for: name)
    try FitInput.checkTwoClasses(labels, for: name)
    let objective = LogisticObjective(
      features, labels: labels, classCount: classCount, weight: inverseRegularization)
    let parameters = try minimize(objective, observer: observer)
    solution = (parameters, features.rowSize, classCount)
    observer.progressed(to: 1)
  }

  public func predict(_ features: Tensor<Double>) throws -> [Int] {
    try FitInput.check(features, fittedCount: solution?.featureCount, for: name)
    guard let solution else { return [] }
    let scores = LogisticObjective.scores(
      LogisticObjective.withOnes(features), parameters: solution.parameters)
    let outputs = scores.rowSize
    return (0..<features.rowCount).map { row in
      if outputs == 1 { return scores.elements[row] > 0 ? 1 : 0 }
      let values = scores.row(row)
      let largest = values.max() ?? 0
      return (values.firstIndex(of: largest) ?? values.startIndex) - values.startIndex
    }
  }

  /// The logarithm of the odds.
  public func secondClassScores(_ features: Tensor<Double>) throws -> [Double]? {
    try FitInput.check(features, fittedCount: solution?.featureCount, for: name)
    guard let solution, solution.classCount == 2 else { return nil }
    return LogisticObjective.scores(
      LogisticObjective.withOnes(features), parameters: solution.parameters
    ).elements
  }
}
