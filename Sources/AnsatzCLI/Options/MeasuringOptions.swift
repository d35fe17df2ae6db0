import Ansatz
import ArgumentParser

/// How the circuits of a model are measured while it is trained.
struct MeasuringOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Run circuits under the noise model in a JSON file (see docs/noise.md).", valueName: "FILE"))
  var noise: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Measure circuits with N shots for each Pauli string; exact values if not given.",
      valueName: "N"))
  var shots: Int?

  /// The options with the noise and the shots asked for.
  ///
  /// - Throws: For a file that holds no noise model, and fewer shots than 1.
  func applied(to options: TrainingOptions) throws -> TrainingOptions {
    var options = options
    if let noise {
      let value = try NoiseModel.value(contentsOf: noise)
      _ = try NoiseModel(value, name: noise)
      options.noise = value
    }
    if let shots { options.shots = shots }
    try options.validate()
    return options
  }

  /// The options the user gave, as they are spelt; a resumed run takes none of them.
  var given: [String] {
    [("--noise", noise != nil), ("--shots", shots != nil)].filter(\.1).map(\.0)
  }
}
