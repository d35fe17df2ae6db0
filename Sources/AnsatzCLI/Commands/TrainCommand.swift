import Ansatz
import ArgumentParser
import Foundation

struct TrainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "train", abstract: "Train a model on a data set.",
    discussion: """
      With --checkpoint the trained model is kept, for `ansatz evaluate` and `ansatz predict`. \
      Ctrl-C stops with a checkpoint of the last whole batch, and --resume goes on to the same \
      weights as if it had never stopped. With --noise and --shots the training and the accuracies it reports are \
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
  @Flag(help: "Go on with the run in the checkpoint folder.")
  var resume = false
  @Flag(help: "Draw the curves of loss and accuracy in the terminal.")
  var plot = false
  @OptionGroup var pageOptions: PageOptions
  @OptionGroup var reporting: ReportOptions

  func run() throws {
    try runOptions.apply()
    let file = try pageOptions.file()
    var plan = try resume ? resumed() : fresh()
    let precision =
      try plan.checkpoint.map { try Precision.named($0.precision) }
      ?? modelOptions.configuredPrecision()
    plan.showsCurves = plot
    plan.makesPage = file != nil
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
    if let store, !store.generations.isEmpty {
      throw AnsatzError(
        .usage,
        "\(store.directory) holds a checkpoint already; --resume goes on with it, or name another "
          + "folder")
    }
    let options = try measuring.applied(
      to: training.options(from: model.training, seed: runOptions.seed))
    let preprocessing = try modelOptions.preprocessing(for: model)
    let dataset = try data.load(requiredClassRows: options.validationFraction > 0 ? 2 : 1)
    return TrainingRun(
      model: model, options: options, dataset: dataset, labelOption: data.label,
      preprocessing: preprocessing,
      test: try testData(like: dataset), store: store, checkpoint: nil)
  }

  private func resumed() throws -> TrainingRun {
    guard let folder = checkpoint else {
      throw AnsatzError(.usage, "--resume needs the folder to resume from: --checkpoint DIR")
    }
    let given =
      data.table.given + modelOptions.given + training.given + measuring.given
      + (runOptions.seed == nil ? [] : ["--seed"])
    guard given.isEmpty else {
      throw AnsatzError(
        .usage,
        "--resume goes on with the options of the checkpoint; leave out "
          + given.joined(separator: ", "))
    }
    let saved = try CheckpointStore.load(folder)
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
      test: try testData(like: dataset),
      store: CheckpointStore(holding: folder),
      checkpoint: saved)
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
