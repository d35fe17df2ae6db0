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
  /// Of two classes, a number for each test row of all repeats that is the higher, the more the row
  /// is taken for the second; empty if the classifier has none.
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
    scores = try classifier.secondClassScores(test) ?? []
    history = (classifier as? any EpochTrained)?.history ?? []
    decision = try plane?.decision(
      preprocessing: preprocessing, classify: classifier.predict)
  }
}

/// A classifier that is trained epoch by epoch, so that it has curves to show.
protocol EpochTrained {
  var history: [EpochRecord] { get }
}

extension NetworkClassifier: EpochTrained {
  var history: [EpochRecord] { trainer?.progress.history ?? [] }
}
