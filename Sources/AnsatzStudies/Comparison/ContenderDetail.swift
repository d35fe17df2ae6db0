import AnsatzData
import AnsatzMath
import AnsatzNN
import AnsatzPlots

/// What a comparison keeps of a contender for a report, beyond its scores.
public struct ContenderDetail: Sendable {
  /// Its name in the table.
  public let name: String
  /// What part it takes.
  public let role: Contender.Role
  /// How often each class was taken for each other on the test folds of all repeats,
  /// `confusion[truth][prediction]`.
  public let confusion: [[Int]]
  /// Of two classes, the probability of the second for each test row of all repeats; empty if the
  /// classifier gives none.
  public let scores: [Double]
  /// Beside each score, whether the row is of the second class.
  public let isPositive: [Bool]
  /// The epochs of each fit; empty if it is not trained by epochs.
  public let histories: [[EpochRecord]]
  /// What the classifier of the first fold says of the plane, for data of two features.
  public let decision: ScatterChart.Decision?

  init(_ contender: Contender, classCount: Int, fits: [FitDetail]) {
    name = contender.name
    role = contender.role
    var confusion = [[Int]](repeating: [Int](repeating: 0, count: classCount), count: classCount)
    for (truth, prediction) in fits.flatMap({ zip($0.labels, $0.predictions) }) {
      confusion[truth][prediction] += 1
    }
    self.confusion = confusion
    let scored = classCount == 2 ? fits.filter { $0.scores.count == $0.labels.count } : []
    scores = scored.flatMap(\.scores)
    isPositive = scored.flatMap { $0.labels.map { $0 == 1 } }
    histories = fits.map(\.history)
    decision = fits.first?.decision
  }
}

/// What one fit leaves for a report.
struct FitDetail: Sendable {
  let labels: [Int]
  let predictions: [Int]
  let scores: [Double]
  let history: [EpochRecord]
  let decision: ScatterChart.Decision?

  /// - Parameter plane: Given if the boundary is wanted.
  init(
    _ classifier: any Classifier, test: Tensor<Double>, labels: [Int], predictions: [Int],
    preprocessing: Preprocessing, plane: FeaturePlane?
  ) throws {
    self.labels = labels
    self.predictions = predictions
    let network = classifier as? any EpochTrained
    scores = try network?.secondClassProbabilities(test) ?? []
    history = network?.history ?? []
    decision = try plane?.decision(
      preprocessing: preprocessing, classify: classifier.predict)
  }
}

/// A classifier that is trained epoch by epoch, so that it has curves to show.
protocol EpochTrained {
  var history: [EpochRecord] { get }
  /// - Returns: Nil if the loss gives no probabilities, or there are more than two classes.
  func secondClassProbabilities(_ features: Tensor<Double>) throws -> [Double]?
}

extension NetworkClassifier: EpochTrained {
  var history: [EpochRecord] { trainer?.progress.history ?? [] }

  func secondClassProbabilities(_ features: Tensor<Double>) throws -> [Double]? {
    guard let trainer, trainer.classCount == 2 else { return nil }
    let outputs: Tensor<Double> = try trainer.outputs(features.converted()).converted()
    guard let probabilities = trainer.loss.probabilities(outputs: outputs) else { return nil }
    return (0..<probabilities.rowCount).map { probabilities[$0, 1] }
  }
}
