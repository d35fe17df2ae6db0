import Ansatz
import ArgumentParser

/// Which model a command works with, and how it computes.
struct ModelOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The model (see `ansatz models`); the first of the list if not given.", valueName: "NAME"))
  var model: String?

  @Option(
    name: .customLong("set"), parsing: .singleValue,
    help: ArgumentHelp(
      "Set a hyperparameter of the model, as in qubits=6; may be repeated.",
      valueName: "NAME=VALUE"))
  var settings: [String] = []

  @Option(
    help: ArgumentHelp(
      "How circuits are differentiated: "
        + GradientMethods.all.map { type(of: $0).name }.joined(separator: ", ") + ".",
      valueName: "METHOD"))
  var gradient: String?

  @Option(
    help: ArgumentHelp(
      "What training minimizes: \(LossRegistry.standard.names.joined(separator: ", ")); the model's "
        + "own loss if not given.", valueName: "NAME"))
  var loss: String?

  @Option(help: ArgumentHelp("f64 or f32.", valueName: "PRECISION"))
  var precision: String?

  @Option(
    help: ArgumentHelp(
      "How the data are prepared, as in standardize,pca:8, or none; the model's own way if not "
        + "given. Categories become columns of 0 and 1 in any case.", valueName: "STEPS"))
  var preprocess: String?

  /// The name asked for, or that of the first model.
  func name() throws -> String { try model ?? Registry.models().names.first ?? "" }

  /// The model with its settings.
  ///
  /// - Throws: If a name is unknown, or the model has no circuit to differentiate.
  func configuredModel() throws -> any Model {
    let registry = try Registry.models()
    let configured = try registry.model(named: name(), setting: settings)
    if let gradient { _ = try GradientMethods.named(gradient) }
    if let loss { _ = try LossRegistry.standard.loss(loss) }
    var chosen: [String] = []
    for (setting, value) in [("gradient", gradient), ("loss", loss)] {
      guard let value else { continue }
      guard configured.settingValues.contains(where: { $0.name == setting }) else {
        throw AnsatzError(
          .usage,
          "model '\(try name())' has no setting '\(setting)', so "
            + "--\(setting) does not apply")
      }
      chosen.append("\(setting)=\(value)")
    }
    guard !chosen.isEmpty else { return configured }
    return try registry.model(named: name(), setting: settings + chosen)
  }

  func configuredPrecision() throws -> Precision { try precision.map(Precision.named) ?? .f64 }

  func preprocessing(for model: any Model) throws -> Preprocessing {
    try Preprocessing(parsing: preprocess ?? model.preprocessing)
  }

  /// The options the user gave, as they are spelt.
  var given: [String] {
    [
      ("--model", model != nil), ("--set", !settings.isEmpty), ("--gradient", gradient != nil),
      ("--loss", loss != nil), ("--precision", precision != nil),
      ("--preprocess", preprocess != nil),
    ].filter(\.1).map(\.0)
  }
}

/// The number type a network computes in.
enum Precision: String, CaseIterable {
  case f64
  case f32

  /// - Throws: `AnsatzError` that lists the names.
  static func named(_ name: String) throws -> Precision {
    if let precision = Precision(rawValue: name) { return precision }
    throw AnsatzError(
      .usage, "unknown precision '\(name)'; \(didYouMean(name, in: allCases.map(\.rawValue)))")
  }
}

/// What every command that trains takes.
struct RunOptions: ParsableArguments {
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("The seed of everything random.", valueName: "N"))
  var seed: UInt64?

  @OptionGroup var computing: ComputeOptions

  func apply() throws { try computing.apply() }
}

/// What every command that computes takes.
struct ComputeOptions: ParsableArguments {
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Threads to use; all processors if not given.", valueName: "N"))
  var threads: Int?

  @Option(
    help: ArgumentHelp(
      "How circuits are run: "
        + Executor.allCases.map(\.rawValue).joined(separator: ", ") + ".", valueName: "EXECUTOR"))
  var executor: String?

  func validate() throws {
    if let threads, threads < 1 {
      throw ValidationError("--threads must be 1 or more, not \(threads)")
    }
  }

  /// - Throws: If no executor has the name given.
  func apply() throws {
    if let threads { ThreadPool.shared.activeThreadCount = threads }
    if let executor { Executor.standard = try .named(executor) }
  }
}
