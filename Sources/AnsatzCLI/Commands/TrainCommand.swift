import Ansatz
import ArgumentParser
import Foundation

struct TrainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "train", abstract: "Train a model on a data set.",
    discussion: """
      With --checkpoint the trained model is kept, for `ansatz evaluate` and `ansatz predict`. \
      Ctrl-C stops with a checkpoint of the last whole batch, and --resume goes on to the same \
      weights as if it had never stopped; with --epochs above what was done, a finished run goes on \
      too, from the weights it ended with. With --noise and --shots the training and the accuracies it reports are \
      measured so; `ansatz evaluate` and `ansatz predict` compute exactly. --plot draws the curves \
      of loss and accuracy on standard error, and --report writes a page with them, confusion \
      matrices and the circuit.
      """)

  @OptionGroup(title: "Data") var data: DataOptions
  @Option(help: ArgumentHelp("A CSV file to test on, for a fixed split.", valueName: "FILE"))
  var test: String?
  @OptionGroup(title: "Data") var categories: CategoryOptions
  @OptionGroup(title: "Model") var modelOptions: ModelOptions
  @OptionGroup(title: "Training") var training: TrainingArguments
  @OptionGroup(title: "Measuring") var measuring: MeasuringOptions
  @OptionGroup(title: "Run") var runOptions: RunOptions
  @Option(help: ArgumentHelp("The folder to keep the trained model in.", valueName: "DIR"))
  var checkpoint: String?
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "How long to train before the next checkpoint of a run, in seconds; \(CheckpointInterval.standard) if not given.",
      valueName: "SECONDS"))
  var checkpointInterval: CheckpointInterval?
  @Flag(help: "Go on with the run in the checkpoint folder.")
  var resume = false
  @Flag(help: "Draw the curves of loss and accuracy in the terminal.")
  var plot = false
  @OptionGroup var pageOptions: PageOptions
  @OptionGroup var reporting: ReportOptions

  func run() throws {
    try runOptions.apply()
    let file = try pageOptions.file()
    guard checkpointInterval == nil || checkpoint != nil else {
      throw AnsatzError(
        .usage, "--checkpoint-interval needs the folder to keep checkpoints in: --checkpoint DIR")
    }
    var plan = try resume ? resumed() : fresh()
    let precision =
      try plan.resumed.map { try Precision.named($0.checkpoint.precision) }
      ?? modelOptions.configuredPrecision()
    plan.showsCurves = plot
    plan.makesPage = file != nil
    if let checkpointInterval { plan.saveInterval = checkpointInterval.seconds }
    Interruption.setUp()
    let result =
      switch precision {
      case .f64: try plan.train(in: Double.self)
      case .f32: try plan.train(in: Float.self)
      }
    if let file, let page = plan.page { try file.write(page.page) }
    try report(result, asJSON: reporting.json) { result.text }
  }

  private func fresh() throws -> TrainingRun {
    let model = try modelOptions.configuredModel()
    _ = try modelOptions.configuredPrecision()
    let store = checkpoint.map { CheckpointStore($0) }
    if let store { try refuseUsed(store) }
    let options = try measuring.applied(
      to: training.options(from: model.training, seed: runOptions.seed))
    let preprocessing = try modelOptions.preprocessing(for: model)
    let dataset = try data.load(requiredClassRows: options.validationFraction > 0 ? 2 : 1)
    let test = try testData(like: dataset)
    let lock = try store?.prepare()
    // Once more under the lock: another run may have begun and ended since.
    if let store { try refuseUsed(store) }
    return TrainingRun(
      model: model, options: options, dataset: dataset, labelOption: data.label,
      preprocessing: preprocessing, test: test, store: store, lock: lock, resumed: nil)
  }

  /// - Throws: If the folder holds a run, which a new one must not mix with.
  private func refuseUsed(_ store: CheckpointStore) throws {
    switch store.holding {
    case .nothing: return
    case .checkpoint(let found):
      let done = found.checkpoint.progress.epoch
      let advice =
        found.checkpoint.progress.isFinished
        ? "to train it further, --resume --epochs N with N above \(done)"
        : "to go on with it, --resume, with --epochs N for another number of epochs"
      throw AnsatzError(
        .usage,
        "\(store.directory) holds a checkpoint already (\(found.checkpoint.standing)); "
          + "\(advice); for a new run, name another folder")
    case .damaged(let text):
      throw AnsatzError(
        .badData,
        "\(store.directory) holds a damaged checkpoint; remove it or name another folder: \(text)")
    }
  }

  private func resumed() throws -> TrainingRun {
    guard let folder = checkpoint else {
      throw AnsatzError(.usage, "--resume needs the folder to resume from: --checkpoint DIR")
    }
    let given =
      data.table.given + modelOptions.given + training.given.filter { $0 != "--epochs" }
      + measuring.given
      + (runOptions.seed == nil ? [] : ["--seed"])
    guard given.isEmpty else {
      throw AnsatzError(
        .usage,
        "--resume goes on with the options of the checkpoint; leave out "
          + given.joined(separator: ", "))
    }
    let store = CheckpointStore(holding: folder)
    guard FileManager.default.fileExists(atPath: store.directory) else {
      throw AnsatzError(.missingInput, "there is no checkpoint in '\(store.directory)'")
    }
    let lock = try DirectoryLock(store.directory)
    var found = try CheckpointStore.find(folder)
    if let notice = found.notice { StandardStreams.notice(notice) }
    if let epochs = training.epochs { found = try found.with(epochs: epochs) }
    let saved = found.checkpoint
    if !saved.progress.isFinished { try store.checkWritable() }
    try? store.removePartials()
    guard let preprocessing = saved.record.preprocessing else {
      throw AnsatzError(.badData, "\(folder): the checkpoint has no preprocessing")
    }
    let dataset = try data.load(like: TableReading(saved.record))
    guard dataset.classNames == saved.record.classNames else {
      throw AnsatzError(
        .badData, "\(dataset.name) has other classes than the data of the checkpoint in \(folder)")
    }
    return TrainingRun(
      model: try Registry.models().model(of: saved.record), options: saved.options,
      dataset: dataset, labelOption: data.label, preprocessing: preprocessing,
      test: try testData(like: dataset), store: store, lock: lock, resumed: found)
  }

  private func testData(like dataset: Dataset) throws -> Dataset? {
    let treatment = try categories.treatment()
    guard let test else {
      guard categories.unknownCategories == nil else {
        throw AnsatzError(
          .usage, "--unknown-categories is for the rows of --test FILE; name one, or leave it out")
      }
      return nil
    }
    let rows = try Dataset(csv: test, like: dataset, unknownCategories: treatment)
    rows.reading.note(rows.name)
    return rows
  }
}

/// The time between two checkpoints of a run.
struct CheckpointInterval: ExpressibleByArgument, CustomStringConvertible {
  /// What a run takes if it is not told.
  static let standard = CheckpointInterval(seconds: 30)

  let seconds: Double

  private init(seconds: Double) { self.seconds = seconds }

  /// Zero is after every batch.
  init?(argument: String) {
    guard let seconds = Double(argument), seconds >= 0, seconds.isFinite else { return nil }
    self.seconds = seconds
  }

  var description: String { "\(Int(seconds))" }
}

extension Checkpoint {
  /// `3 of 5 epochs`, `finished: 5 of 5 epochs`, or that it stopped early.
  var standing: String {
    let epochs = "\(progress.epoch) of \(counted(options.epochs, "epoch"))"
    guard progress.isFinished else { return epochs }
    return progress.stoppedEarly(of: options.epochs)
      ? "finished: stopped early after \(epochs)" : "finished: \(epochs)"
  }
}
