import Ansatz
import Foundation

/// One run of the command `train`: what it starts from, and what it is to do.
struct TrainingRun {
  let model: any Model
  let options: TrainingOptions
  let dataset: Dataset
  /// What the user gave as --label.
  let labelOption: String?
  /// Fitted already if the run is resumed.
  var preprocessing: Preprocessing
  let test: Dataset?
  let store: CheckpointStore?
  /// Keeps other runs out of the store.
  let lock: DirectoryLock?
  /// What the run goes on from.
  let resumed: CheckpointStore.Found?
  /// How long the run may go on without saving, in seconds.
  var saveInterval = CheckpointInterval.standard.seconds
  var showsCurves = false
  var makesPage = false
  /// What a report shows, once training is over and if it was asked for.
  private(set) var page: TrainingPage?
  /// Rules of the noise model that fit nothing in the model's circuits.
  private(set) var noiseWithoutEffect: [String] = []

  private var modelName: String { model.label }

  /// Trains to the end, or until Ctrl-C.
  ///
  /// - Throws: `Interrupted` after Ctrl-C, with a checkpoint saved.
  mutating func train<S: Scalar>(in precision: S.Type) throws -> TrainingReport {
    var trainer: Trainer<S> = try makeTrainer()
    let record = try makeRecord()
    let findings = try findings()
    if resumed == nil { findings.note() }
    let isFinished = trainer.progress.isFinished
    defer { withExtendedLifetime(lock) {} }
    let start = ContinuousClock.now
    let line = ProgressLine("training \(modelName)")
    defer { line.clear() }
    var curves = showsCurves ? LiveCurves() : nil
    var lastSave = start
    while !trainer.progress.isFinished {
      if Interruption.isRequested {
        line.clear()
        throw try interrupted(trainer, record)
      }
      curves?.show(trainer.progress.history, above: line)
      line.show(trainer.fractionDone, trainer.statusText)
      do { _ = try trainer.step() } catch  where error.isInterruption { continue }
      if let store, !trainer.progress.isFinished,
        (ContinuousClock.now - lastSave) / .seconds(1) >= saveInterval
      {
        try store.save(Checkpoint(trainer, record: record))
        lastSave = .now
      }
    }
    line.clear()
    curves?.finish(trainer.progress.history)
    let path =
      isFinished
      ? resumed?.path : try store.map { try $0.save(Checkpoint(trainer, record: record)) }
    let circuits = trainer.network.sequential.hasCircuit ? trainer.progress.circuitEvaluations : nil
    let seconds = (ContinuousClock.now - start) / .seconds(1)
    do {
      var result = try report(
        trainer, record, findings, circuits: circuits, seconds: seconds, path: path)
      if isFinished { result.alreadyFinished = resumed?.checkpoint.standing }
      if makesPage { page = try makePage(trainer, result) }
      return result
    } catch  where error.isInterruption {
      throw Interrupted(
        message: "stopped after the training, before its report"
          + (path.map { "; saved \($0)" } ?? ""))
    }
  }

  /// The rows to train on, and those held out to watch the loss, which are split off here and not in
  /// the trainer, so that the preprocessing does not see them.
  func split() throws -> (training: Dataset, validation: Dataset?) {
    guard options.validationFraction > 0 else { return (dataset, nil) }
    var random = RandomStream(seed: options.seed, stream: "split")
    let parts = try stratifiedSplit(
      labels: dataset.labels, fraction: options.validationFraction, using: &random)
    return (dataset.subset(parts.second), dataset.subset(parts.first))
  }

  private mutating func makeTrainer<S: Scalar>() throws -> Trainer<S> {
    let (training, validation) = try split()
    if resumed == nil { try preprocessing.fit(training.features) }
    let features: Tensor<S> = try preprocessing.transform(training.features).converted()
    let watched = try validation.map { part in
      (try preprocessing.transform(part.features).converted(to: S.self), part.labels)
    }
    let layers = try model.network(features: features.rowSize, classes: dataset.classCount)
    let noise = try options.noise.map { try NoiseModel($0, name: "the noise model") }
    noiseWithoutEffect = noise?.withoutEffect(on: layers.quantumLayers.map(\.circuit)) ?? []
    for line in noiseWithoutEffect {
      StandardStreams.notice("notice: the noise model: \(line)")
    }
    var trainer = try Trainer<S>(
      Network(layers, inputs: features.rowSize, seed: options.seed),
      loss: LossRegistry.standard.loss(model.loss), features: features, labels: training.labels,
      classCount: dataset.classCount, validation: watched, options: options)
    if let resumed { try trainer.restore(resumed.checkpoint) }
    return trainer
  }

  private func makeRecord() throws -> ModelRecord {
    if let resumed { return resumed.checkpoint.record }
    return try ModelRecord(
      model, features: preprocessing.outputCount, classNames: dataset.classNames,
      labelColumn: dataset.labelColumn, columns: dataset.features.columnNames,
      preprocessing: preprocessing, data: dataset.name, notes: dataset.reading.recordNotes())
  }

  /// Saves what there is, in a folder of its own if the user named none.
  private func interrupted<S: Scalar>(
    _ trainer: Trainer<S>, _ record: ModelRecord
  ) throws -> Interrupted {
    let store = store ?? CheckpointStore(Self.unusedFolder("\(modelName).checkpoint"))
    try store.save(Checkpoint(trainer, record: record))
    let label = labelOption.map { " --label \(shellQuoted($0))" } ?? ""
    let test = test.map { " --test \(shellQuoted($0.name))" } ?? ""
    return Interrupted(
      message: "stopped in \(trainer.statusText); to go on: ansatz train "
        + "\(shellQuoted(dataset.name))\(label)\(test) --checkpoint \(shellQuoted(store.directory)) "
        + "--resume")
  }

  private static func unusedFolder(_ name: String) -> String {
    var (candidate, number) = (name, 2)
    while FileManager.default.fileExists(atPath: candidate) {
      candidate = "\(name)-\(number)"
      number += 1
    }
    return candidate
  }

  private func report<S: Scalar>(
    _ trainer: Trainer<S>, _ record: ModelRecord, _ findings: [Finding], circuits: Int?,
    seconds: Double, path: String?
  ) throws -> TrainingReport {
    let history = trainer.progress.history
    let best = trainer.progress.bestEpoch ?? history.count
    let testAccuracy = try test.map { test in
      let features = try preprocessing.transform(test.features)
      return try accuracy(of: trainer.predict(features.converted()), labels: test.labels)
    }
    let training = try split().training
    let final = try trainer.evaluate(
      preprocessing.transform(training.features).converted(), labels: training.labels)
    return TrainingReport(
      dataset: dataset.name, reading: dataset.reading, rows: dataset.rowCount,
      features: dataset.features.columns.count,
      classes: dataset.classCount, preprocessing: preprocessing.stepNames(on: dataset.features),
      findings: findings, model: modelName, hyperparameters: record.hyperparameters,
      parameters: trainer.network.trainableParameterCount, precision: S.precisionName,
      options: options, epochs: history.count, bestEpoch: best,
      stoppedEarly: trainer.progress.stoppedEarly(of: options.epochs), history: history,
      finalTrainingLoss: final.loss, finalTrainingAccuracy: final.accuracy,
      testAccuracy: testAccuracy, circuitEvaluations: circuits, seconds: seconds, checkpoint: path,
      noiseWithoutEffect: noiseWithoutEffect.isEmpty ? nil : noiseWithoutEffect)
  }
}

extension Trainer {
  /// `epoch 3/20, loss 0.412`, counting the epoch under way.
  var statusText: String {
    let epoch = min(progress.epoch + 1, options.epochs)
    let loss =
      progress.sampleCount > 0
      ? progress.lossSum / Double(progress.sampleCount) : progress.history.last?.trainingLoss
    return "epoch \(epoch)/\(options.epochs)" + (loss.map { ", loss \(decimal($0, 4))" } ?? "")
  }
}
