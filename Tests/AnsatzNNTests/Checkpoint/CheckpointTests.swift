import AnsatzMath
@testable import AnsatzNN
import AnsatzOptimizers
import Foundation
import Testing

@Suite struct CheckpointTests {
  /// Trains to the end, by way of the disk and a new trainer after `stop` steps.
  func endState<S: Scalar>(
    _ type: S.Type, options: TrainingOptions = demandingOptions, stop: Int?
  ) throws -> Trainer<S> {
    var trainer = try makeTrainer(S.self, options: options)
    if let stop {
      let directory = try TemporaryDirectory()
      for _ in 0..<stop { _ = try trainer.step() }
      let store = CheckpointStore(directory.path)
      try store.save(Checkpoint(trainer, record: testRecord))
      trainer = try makeTrainer(S.self, options: options)
      try trainer.restore(store.load())
    }
    try trainer.run()
    return trainer
  }

  func expectSame<S: Scalar>(_ a: Trainer<S>, _ b: Trainer<S>) {
    #expect(a.network.parameters == b.network.parameters)
    #expect(a.bestParameters == b.bestParameters)
    #expect(a.progress == b.progress)
  }

  @Test(
    "a resumed run ends as an uninterrupted one, to the bit",
    // 43 training rows in batches of 8: 6 batches, so 6 and 12 are ends of epochs.
    arguments: [0, 1, 5, 6, 7, 12, 23, 40, 71, 72])
  func resumes(stop: Int) throws {
    let whole = try endState(Double.self, stop: nil)
    #expect(whole.progress.isFinished && whole.progress.bestEpoch != nil)
    expectSame(try endState(Double.self, stop: stop), whole)
    expectSame(try endState(Float.self, stop: stop), try endState(Float.self, stop: nil))
  }

  @Test(
    "every optimizer resumes to the bit", arguments: OptimizerRegistry.standard.names)
  func resumesEveryOptimizer(name: String) throws {
    var options = demandingOptions
    options.optimizer = name
    options.epochs = 3
    expectSame(
      try endState(Double.self, options: options, stop: 8),
      try endState(Double.self, options: options, stop: nil))
  }

  @Test("early stopping fires in a resumed run as it would have without a stop")
  func resumesEarlyStopping() throws {
    var options = demandingOptions
    options.epochs = 200
    options.learningRate = 0.3
    options.schedule = "constant"
    options.patience = 3
    let whole = try endState(Double.self, options: options, stop: nil)
    #expect(whole.progress.stoppedEarly(of: 200))
    let steps = whole.progress.stepCount
    for stop in [steps - 1, steps - 10, steps] {
      expectSame(try endState(Double.self, options: options, stop: stop), whole)
    }
  }

  @Test("a finished run given more epochs ends as one that had them from the start, to the bit")
  func moreEpochs() throws {
    var options = TrainingOptions(epochs: 3, batchSize: 8, seed: 2)
    let directory = try TemporaryDirectory()
    let store = CheckpointStore(directory.path)
    var short = try makeTrainer(Double.self, options: options)
    try short.run()
    try store.save(Checkpoint(short, record: testRecord))
    options.epochs = 8
    var longer = try makeTrainer(Double.self, options: options)
    try longer.restore(store.load().with(epochs: 8))
    try longer.run()
    var whole = try makeTrainer(Double.self, options: options)
    try whole.run()
    #expect(longer.network.parameters == whole.network.parameters)
    #expect(longer.progress.history == whole.progress.history)
    #expect(longer.progress.stepCount == whole.progress.stepCount)
  }

  @Test("fewer epochs than were done are refused; as many leave a finished run finished")
  func notMoreEpochs() throws {
    var trainer = try makeTrainer(Double.self, options: TrainingOptions(epochs: 4, batchSize: 57))
    for _ in 0..<3 { _ = try trainer.step() }
    let unfinished = Checkpoint(trainer, record: testRecord)
    for epochs in [Int.min, 0, 3] {
      #expect(
        errorText { _ = try unfinished.with(epochs: epochs) }
          == "the run has done 3 epochs already, so \(epochs) in all leaves nothing to train; ask "
          + "for more than 3")
    }
    #expect(try unfinished.with(epochs: 9).options.epochs == 9)
    try trainer.run()
    let finished = Checkpoint(trainer, record: testRecord)
    #expect(try finished.with(epochs: 4).progress.isFinished)
    #expect(errorText { _ = try finished.with(epochs: 3) }.contains("done 4 epochs already"))
  }

  @Test("after an early stop, more epochs begin a patience of their own")
  func moreEpochsAfterEarlyStop() throws {
    var options = demandingOptions
    (options.epochs, options.learningRate, options.schedule, options.patience) =
      (200, 0.3, "constant", 3)
    var trainer = try makeTrainer(Double.self, options: options)
    try trainer.run()
    let stopped = trainer.progress.epoch
    let longer = try Checkpoint(trainer, record: testRecord).with(epochs: 300)
    options.epochs = 300
    trainer = try makeTrainer(Double.self, options: options)
    try trainer.restore(longer)
    try trainer.run()
    #expect(trainer.progress.epoch >= stopped + 3)
    #expect(trainer.progress.stoppedEarly(of: 300))
  }

  @Test("a checkpoint predicts as its trainer would, with the best weights")
  func predicts() throws {
    var trainer = try makeTrainer(Double.self)
    // In mid-epoch, so that the present weights are not those of any epoch's end.
    for _ in 0..<33 { _ = try trainer.step() }
    let checkpoint = Checkpoint(trainer, record: testRecord)
    let network: Network<Double> = try checkpoint.network(of: trainer.network.sequential)
    let (x, _) = clouds(Double.self)
    #expect(try network(x) == trainer.bestNetwork(x))
    #expect(try network(x) != trainer.network(x))
  }

  @Test("the description survives the disk, non-finite numbers included")
  func description() throws {
    let directory = try TemporaryDirectory()
    var record = testRecord
    record.notes = [
      "empty": .null, "list": .array([.number(-.infinity), .number(0.1)]), "on": .bool(true),
    ]
    let trainer = try makeTrainer(Double.self)
    let store = CheckpointStore(directory.path)
    let path = try store.save(Checkpoint(trainer, record: record))
    let loaded = try store.load()
    #expect(loaded.record.classNames == ["a", "b", "ü"])
    #expect(loaded.record.columns == ["w", "x", "y", "z"])
    #expect(loaded.record.hyperparameters == .object(["width": .integer(7)]))
    #expect(loaded.record.notes["list"] == .array([.string("-inf"), .number(0.1)]))
    #expect(loaded.options == demandingOptions)
    #expect(loaded.progress == trainer.progress)
    #expect(loaded.precision == "f64" && loaded.loss == "cross-entropy" && loaded.classCount == 3)
    let text = String(decoding: try SystemFiles().read(path + "/checkpoint.json"), as: UTF8.self)
    #expect(text.contains("\"epoch\" : 0") && text.contains("\"columns\" : ["))
    // A loss that is not finite, where the type is a number.
    let infinite = EpochRecord(
      epoch: 1, trainingLoss: .infinity, trainingAccuracy: 0.1, validationLoss: -.infinity,
      validationAccuracy: nil, learningRate: 0x1p-1074)
    #expect(try JSONValue(encoding: infinite).decoded() == infinite)
  }

  @Test("numbers survive JSON to the bit", arguments: [UInt64(1), 2, 3])
  func bitExact(seed: UInt64) throws {
    var random = RandomStream(seed: seed)
    let values = (0..<2000).map { _ in Double(bitPattern: random.next()) }.filter(\.isFinite)
    let copy: [Double] = try JSONValue(encoding: values).decoded()
    #expect(copy == values)
  }

  @Test("what differs between checkpoint and trainer is named")
  func mismatches() throws {
    let trainer = try makeTrainer(Double.self)
    let checkpoint = Checkpoint(trainer, record: testRecord)
    var options = demandingOptions
    options.learningRate = 0.06
    var other = try makeTrainer(Double.self, options: options)
    #expect(errorText { try other.restore(checkpoint) }.contains("other options"))
    let (x, y) = clouds(Double.self)
    var changed = x
    changed.elements[100] = changed.elements[100].nextUp
    func trainerOf<S: Scalar>(_ x: Tensor<S>, width: Int = 7) throws -> Trainer<S> {
      try Trainer(
        Network(
          Sequential {
            Dense(width)
            Dense(3)
          }, inputs: 4, seed: 0), loss: CrossEntropy(), features: x, labels: y, classCount: 3,
        options: demandingOptions)
    }
    var data = try trainerOf(changed)
    #expect(errorText { try data.restore(checkpoint) }.contains("data differ"))
    var large = trainer
    _ = try large.step()
    var progress = large.progress
    progress.order[0] = 43
    large.progress = progress
    var victim = try makeTrainer(Double.self)
    #expect(
      errorText { try victim.restore(Checkpoint(large, record: testRecord)) }
        == "the checkpoint contradicts itself")
    var layers = try trainerOf(x)
    #expect(errorText { try layers.restore(checkpoint) }.contains("are not those of the model"))
    let narrow = Checkpoint(try trainerOf(x, width: 6), record: testRecord)
    #expect(
      errorText { try layers.restore(narrow) }
        == "the checkpoint's '1.dense.weight' has shape [4, 6], but the model's has [4, 7]")
    // The same numbers in another precision.
    let exact = Tensor<Double>(shape: x.shape, elements: x.elements.map { Double(Float($0)) })
    var single = try trainerOf(exact.converted(to: Float.self))
    #expect(
      errorText { try single.restore(Checkpoint(try trainerOf(exact), record: testRecord)) }
        == "the checkpoint holds a run in f64, not f32")
  }
}
