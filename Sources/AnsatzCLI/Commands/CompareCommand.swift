import Ansatz
import ArgumentParser

struct CompareCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare",
    abstract: "Compare a hybrid model with its twins and with classical baselines.",
    discussion: """
      Every classifier is trained and tested on the same folds of repeated stratified \
      cross-validation, with preprocessing fitted to each training fold. The twins are the same \
      model without its circuit at equal parameter count, and with the circuit's weights frozen at \
      random. The verdict is a corrected resampled t-test (Nadeau and Bengio 2003); its intervals and \
      p-values are adjusted by Holm's method. A fit that fails is counted and the rest goes on. Ctrl-C \
      reports the fits that are done.
      """)

  @OptionGroup(title: "Data") var data: DataOptions
  @OptionGroup(title: "Model") var modelOptions: ModelOptions
  @OptionGroup(title: "Training of the model and its twins") var training: TrainingArguments
  @Option(parsing: .unconditional, help: ArgumentHelp("How many folds.", valueName: "N"))
  var folds = 5
  @Option(
    parsing: .unconditional, help: ArgumentHelp("How many times to draw the folds.", valueName: "N")
  )
  var repeats = 2
  @Option(
    name: .customLong("baseline"), parsing: .singleValue,
    help: ArgumentHelp(
      "A baseline to compare with; all if none is given. May be repeated: "
        + Contender.baselines.map(\.name).joined(separator: ", ") + ".", valueName: "NAME"))
  var baselineNames: [String] = []
  @Flag(help: "Leave the twins out.")
  var noTwins = false
  @OptionGroup(title: "Run") var runOptions: RunOptions
  @OptionGroup var pageOptions: PageOptions
  @OptionGroup var reporting: ReportOptions

  func run() throws {
    try runOptions.apply()
    let file = try pageOptions.file()
    let model = try modelOptions.configuredModel()
    let options = try training.options(from: model.training, seed: runOptions.seed)
    let validation = try CrossValidation(
      folds: folds, repeats: repeats, seed: runOptions.seed ?? 0)
    let preprocessing = try modelOptions.preprocessing(for: model)
    let baselines = try baselines(besides: modelOptions.name())
    let dataset = try data.load()
    // Fitted here only to learn how many features come out.
    var fitted = preprocessing
    try fitted.fit(dataset.features)
    let features = fitted.outputCount
    let contenders =
      try hybrid(model, options, features: features, classes: dataset.classCount) + baselines
    Interruption.setUp()
    announce(fits: validation.splitCount.multipliedReportingOverflow(by: contenders.count))
    let line = ProgressLine("comparing on \(dataset.name)")
    defer { line.clear() }
    let result = try compare(
      contenders, on: dataset, preprocessing: preprocessing, validation: validation,
      detailed: file != nil, observer: Watch(line: line))
    line.clear()
    // What follows is the result of what was done, and is to be had after Ctrl-C as well.
    Interruption.lowerStopFlag()
    if let file {
      try file.write(
        page(result, model, options, features: features, dataset: dataset).page)
    }
    try report(result, asJSON: reporting.json) { result.text }
    if result.isStopped {
      throw Interrupted(
        message: "stopped; this is of \(result.finishedFits) of \(result.plannedFits) fits")
    }
    if let examined = result.contenders.first(where: \.role.isExamined), examined.splits.isEmpty,
      let failure = examined.firstFailure
    {
      throw AnsatzError(
        AnsatzError.Category(rawValue: failure.exitCode) ?? .software,
        "\(examined.name) failed in all \(counted(examined.plannedFits, "fit")), so there is nothing to "
          + "compare; \(failure.place): \(failure.reason)")
    }
  }

  /// Says how much work was asked for, if it is more than one waits for lightly.
  private func announce(fits: (partialValue: Int, overflow: Bool)) {
    guard !fits.overflow, fits.partialValue >= 1000 else { return }
    StandardStreams.note(
      "comparing: \(fits.partialValue) fits to make; Ctrl-C reports those that are done by then\n")
  }

  private func hybrid(
    _ model: any Model, _ options: TrainingOptions, features: Int, classes: Int
  ) throws -> [Contender] {
    func contenders<S: Scalar>(in precision: S.Type) throws -> [Contender] {
      try Contender.hybrid(
        modelOptions.name(), model, options: options, in: precision, features: features,
        classes: classes, withTwins: !noTwins)
    }
    return switch try modelOptions.configuredPrecision() {
    case .f64: try contenders(in: Double.self)
    case .f32: try contenders(in: Float.self)
    }
  }

  private func page(
    _ result: ComparisonResult, _ model: any Model, _ options: TrainingOptions, features: Int,
    dataset: Dataset
  ) throws -> ComparisonPage {
    var page = ComparisonPage(result)
    page.circuits = try model.network(features: features, classes: dataset.classCount)
      .quantumLayers.map(\.circuit)
    page.settings =
      try [
        ("data", result.dataset), ("model", modelOptions.name()),
      ] + model.hyperparameters.map { ($0.name, $0.value.text) } + options.facts + [
        ("preprocessing", result.preprocessing.joined(separator: ", ")),
        ("folds", "\(folds)"), ("repeats", "\(repeats)"),
        ("seed", "\(result.validation.seed)"),
      ] + machineFacts(precision: modelOptions.configuredPrecision().rawValue)
    page.command = ownCommand
    page.plane = FeaturePlane(dataset)
    return page
  }

  private func baselines(besides model: String) throws -> [Contender] {
    let all = Contender.baselines.filter { $0.name != model }
    guard !baselineNames.isEmpty else { return all }
    return try baselineNames.map { name in
      if let baseline = all.first(where: { $0.name == name }) { return baseline }
      throw AnsatzError(
        .usage, "unknown baseline '\(name)'; \(didYouMean(name, in: all.map(\.name)))")
    }
  }

  private struct Watch: ComparisonObserver {
    let line: ProgressLine

    func progressed(_ progress: ComparisonProgress) {
      line.show(progress.fraction, "\(progress.finishedFits)/\(progress.totalFits) fits")
    }

    var isCancelled: Bool { Interruption.isRequested }
  }
}

extension ComparisonResult {
  /// The table and the verdict, for people.
  var text: String {
    var table = TextTable(
      [
        ("classifier", .left), ("role", .left), ("accuracy", .left), ("parameters", .right),
        ("training time", .right),
      ] + (lacksFits ? [("fits", .left)] : []))
    for contender in contenders {
      table.append(
        [
          contender.name, contender.role.rawValue,
          contender.accuracy.count == 0
            ? "none"
            : "\(decimal(contender.accuracy.mean, 3)) ± "
              + decimal(contender.accuracy.standardDeviation, 3),
          "\(contender.parameterCount)",
          contender.seconds.count == 0 ? "none" : timeText(contender.seconds.mean),
        ] + (lacksFits ? [contender.shortfall ?? "all \(contender.plannedFits) fits"] : []))
    }
    let preparation = preprocessing.isEmpty ? "none" : preprocessing.joined(separator: ", ")
    let conclusion =
      verdict.map { "\($0.heading):\n" + $0.lines.map { "  \($0)" }.joined(separator: "\n") }
      ?? "verdict: none; it needs a hybrid, something to compare it with, and two repeats"
    return """
      \(dataset): \(counted(rowCount, "row")), \(counted(featureCount, "feature")), \
      \(counted(classCount, "class", plural: "classes"))
      \(validation.repeats) × stratified \(validation.folds)-fold cross-validation, \
      seed \(validation.seed); preprocessing \(preparation)

      \(table.text)

      \(conclusion)
      """
  }
}
