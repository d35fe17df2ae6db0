import AnsatzBaselines
import AnsatzData
import AnsatzMath

/// Two-dimensional Gaussian clouds around points on a circle, one per class.
func clouds(
  classes: Int, rowsPerClass: Int, spread: Double, seed: UInt64
) -> (features: Tensor<Double>, labels: [Int]) {
  var stream = RandomStream(seed: seed, stream: "clouds")
  let labels = stream.permutation(classes * rowsPerClass).map { $0 % classes }
  let centres = [(1.0, 0.0), (-0.5, 0.9), (-0.5, -0.9), (0.0, 2.0)]
  let rows = labels.map { label in
    [
      centres[label].0 + spread * stream.normal(), centres[label].1 + spread * stream.normal(),
    ]
  }
  return (Tensor(rows: rows), labels)
}

/// The mean accuracy over repeated stratified 5-fold cross-validation, the preprocessing fitted in
/// each fold.
func crossValidatedAccuracy(
  of classifier: any Classifier, on datasetName: String,
  preprocessing steps: String = "standardize",
  repeats: Int = 1, seed: UInt64 = 0
) throws -> Double {
  let data = try EmbeddedDatasets.named(datasetName).load()
  var stream = RandomStream(seed: seed, stream: "folds")
  var accuracies: [Double] = []
  for folds in try repeatedStratifiedFolds(
    labels: data.labels, folds: 5, repeats: repeats, using: &stream)
  {
    for test in folds {
      let training = rows(outside: test, of: data.rowCount)
      var preprocessing = try Preprocessing(parsing: steps)
      try preprocessing.fit(data.features.subset(training))
      var classifier = classifier
      try classifier.fit(
        preprocessing.transform(data.features.subset(training)),
        labels: training.map { data.labels[$0] }, classCount: data.classCount,
        observer: SilentObserver())
      let predicted = try classifier.predict(preprocessing.transform(data.features.subset(test)))
      let correct = zip(predicted, test).count { $0 == data.labels[$1] }
      accuracies.append(Double(correct) / Double(test.count))
    }
  }
  return accuracies.reduce(0, +) / Double(accuracies.count)
}

/// The message of the error that `body` throws; nil if it throws none.
func message(_ body: () throws -> some Any) -> String? {
  do {
    _ = try body()
    return nil
  } catch {
    return (error as? AnsatzError)?.message ?? "another error: \(error)"
  }
}

/// Stops a fit before its first step.
struct CancelledObserver: FitObserver {
  func progressed(to fraction: Double) {}
  var isCancelled: Bool { true }
}
