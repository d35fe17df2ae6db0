import Ansatz

/// The examples of docs/training.md.
func trainingExamples() throws -> (accuracy: Double, epochs: Int) {
  let iris = try EmbeddedDatasets.named("iris").load()
  var preparation = Preprocessing()
  try preparation.fit(iris.features)
  let model = Hybrid()
  let network = try Network<Double>(
    model.network(features: 4, classes: 3), inputs: 4, seed: 0)
  var trainer = try Trainer(
    network, loss: CrossEntropy(), features: preparation.transform(iris.features),
    labels: iris.labels, classCount: 3,
    options: TrainingOptions(
      epochs: 15, batchSize: 16, optimizer: "adamw:decay=0.01", learningRate: 0.05,
      schedule: "warm-up:length=2+cosine", clipNorm: 1, validationFraction: 0.2, patience: 5))
  while try trainer.step() {
    if trainer.progress.batch == 0, let epoch = trainer.progress.history.last {
      print(epoch.epoch, epoch.trainingLoss, epoch.validationLoss ?? .nan)
    }
  }
  let predicted = try trainer.predict(preparation.transform(iris.features))
  for finding in DataChecks.findings(in: iris) { print(finding.message) }
  for finding in DriftSubject(iris.features, since: preparation).findings { print(finding.message) }

  return (accuracy(of: predicted, labels: iris.labels), trainer.progress.history.count)
}
