import AnsatzData
import AnsatzMath

/// What is kept of a fit.
enum FitExtent { case scores, details, detailsAndPlane }

/// What one fit on one split gave.
struct FitScore: Sendable {
  let accuracy: Double
  let parameterCount: Int
  let seconds: Double
  /// On the rows it was trained on, in the last epoch; nil if it is not trained by epochs.
  var trainingAccuracy: Double?
  /// Nil unless asked for.
  var detail: FitDetail?
}

/// Fits on the rows outside the fold and scores on the rows in it.
func score(
  _ contender: Contender, on dataset: Dataset, testRows: [Int], preprocessing: Preprocessing,
  seed: UInt64, extent: FitExtent, observer: any FitObserver
) throws -> FitScore {
  let training = dataset.subset(rows(outside: testRows, of: dataset.rowCount))
  let test = dataset.subset(testRows)
  var preprocessing = preprocessing
  try preprocessing.fit(training.features)
  let features = try preprocessing.transform(training.features)
  var classifier = try contender.make(seed)
  let clock = ContinuousClock()
  let elapsed = try clock.measure {
    try classifier.fit(
      features, labels: training.labels, classCount: dataset.classCount, observer: observer)
  }
  let testFeatures = try preprocessing.transform(test.features)
  let predicted = try classifier.predict(testFeatures)
  let detail =
    extent == .scores
    ? nil
    : try FitDetail(
      classifier, test: testFeatures, labels: test.labels, predictions: predicted,
      preprocessing: preprocessing,
      plane: extent == .detailsAndPlane ? FeaturePlane(dataset) : nil)
  return FitScore(
    accuracy: accuracy(of: predicted, labels: test.labels),
    parameterCount: classifier.parameterCount, seconds: elapsed / .seconds(1),
    trainingAccuracy: (classifier as? any EpochTrained)?.history.last?.trainingAccuracy,
    detail: detail)
}

/// The fraction of predictions that equal the labels.
public func accuracy(of predicted: [Int], labels: [Int]) -> Double {
  let correct = zip(predicted, labels).count { $0 == $1 }
  return labels.isEmpty ? 0 : Double(correct) / Double(labels.count)
}
