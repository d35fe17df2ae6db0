import Ansatz
import ArgumentParser

/// How a command trains: the options of `TrainingOptions`, each nil unless given.
struct TrainingArguments: ParsableArguments {
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("How many times to go through the training rows.", valueName: "N"))
  var epochs: Int?

  @Option(parsing: .unconditional, help: ArgumentHelp("Rows in one training step.", valueName: "N"))
  var batchSize: Int?

  @Option(
    help: ArgumentHelp(
      "The optimizer: \(OptimizerRegistry.standard.names.joined(separator: ", ")); with settings "
        + "as in adam:beta1=0.95.", valueName: "NAME"))
  var optimizer: String?

  @Option(parsing: .unconditional, help: ArgumentHelp("The learning rate.", valueName: "RATE"))
  var learningRate: Double?

  @Option(
    help: ArgumentHelp(
      "The learning-rate schedule: \(ScheduleRegistry.standard.names.joined(separator: ", ")); as in "
        + "warm-up:length=5+cosine.", valueName: "NAME"))
  var schedule: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("The largest norm a gradient keeps.", valueName: "NORM"))
  var clipNorm: Double?

  @Option(
    name: .customLong("l1"), parsing: .unconditional,
    help: ArgumentHelp("Weight of the penalty Σ|w|.", valueName: "λ"))
  var l1: Double?

  @Option(
    name: .customLong("l2"), parsing: .unconditional,
    help: ArgumentHelp("Weight of the penalty Σw².", valueName: "λ"))
  var l2: Double?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "The part of the training rows held out to watch the loss, from 0 to 1.",
      valueName: "FRACTION"))
  var validation: Double?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Stop after this many epochs without a lower loss.", valueName: "EPOCHS"))
  var patience: Int?

  /// The defaults given, changed by what the user asked for.
  ///
  /// - Throws: One error that lists everything out of bounds.
  func options(from defaults: TrainingOptions, seed: UInt64?) throws -> TrainingOptions {
    var options = defaults
    if let epochs { options.epochs = epochs }
    if let batchSize { options.batchSize = batchSize }
    if let optimizer { options.optimizer = optimizer }
    if let learningRate { options.learningRate = learningRate }
    if let schedule { options.schedule = schedule }
    if let clipNorm { options.clipNorm = clipNorm }
    if let l1 { options.l1 = l1 }
    if let l2 { options.l2 = l2 }
    if let validation { options.validationFraction = validation }
    if let patience { options.patience = patience }
    if let seed { options.seed = seed }
    try options.validate()
    return options
  }

  /// The options the user gave, as they are spelt; a resumed run takes none of them.
  var given: [String] {
    [
      ("--epochs", epochs != nil), ("--batch-size", batchSize != nil),
      ("--optimizer", optimizer != nil), ("--learning-rate", learningRate != nil),
      ("--schedule", schedule != nil), ("--clip-norm", clipNorm != nil), ("--l1", l1 != nil),
      ("--l2", l2 != nil), ("--validation", validation != nil), ("--patience", patience != nil),
    ].filter(\.1).map(\.0)
  }
}
