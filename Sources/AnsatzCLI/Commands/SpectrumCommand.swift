import Ansatz
import ArgumentParser
import Foundation

struct SpectrumCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "spectrum",
    abstract:
      "Print what a circuit or a model's circuit measures as a Fourier series of its inputs.",
    discussion: """
      The gates that encode an input decide which frequencies the output can have, the weights and the \
      observable decide the coefficients. Of ω and -ω, whose coefficients are conjugates, one is listed.

      Examples:
        ansatz spectrum reuploading-classifier --vary 'x[0]' --observable Z0
        ansatz spectrum hybrid --vary 'x[0]' --observable Z0 --svg spectrum.svg
        ansatz spectrum hybrid --checkpoint run --vary 'x[0]' --observable Z0
        ansatz spectrum angle-embedding --qubits 2 --observable 'Z0 Z1' --svg -
        ansatz spectrum iqp-classifier --vary 'x[0]' --observable Z0 --draws 100
      """)

  @OptionGroup var arguments: CircuitArguments
  @Option(
    help: ArgumentHelp(
      "Take the weights from the folder that `ansatz train` kept the model in.", valueName: "DIR"))
  var checkpoint: String?
  @Option(
    name: .customLong("vary"), parsing: .singleValue,
    help: ArgumentHelp(
      "An input that varies, as in x[0], or all of x; may be repeated. All inputs if not given.",
      valueName: "NAME"))
  var varied: [String] = []
  @Option(
    help: ArgumentHelp(
      "The places of the grid in each input that varies, as in 9 or 9,5; as few as tell all "
        + "frequencies apart if not given.", valueName: "N,…"))
  var grid: String?
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Draw the weights that are not set N times, and tell how the coefficients are spread.",
      valueName: "N"))
  var draws: Int?
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("How many coefficients to list at most, the largest.", valueName: "N"))
  var top = 20
  @Option(
    help: ArgumentHelp(
      "Write a picture of the coefficients as SVG to a file, or with - to standard output.",
      valueName: "FILE"))
  var svg: String?
  @OptionGroup var computing: ComputeOptions
  @OptionGroup var reporting: ReportOptions

  func validate() throws {
    if svg != nil, reporting.json {
      throw ValidationError("--svg and --json cannot be had at once")
    }
    if checkpoint != nil, draws != nil || !arguments.settings.isEmpty {
      throw ValidationError("--checkpoint has weights and settings; leave --draws and --set away")
    }
    guard top >= 1 else { throw ValidationError("--top must be 1 or more, not \(top)") }
    if let draws {
      guard draws >= 2 else { throw ValidationError("--draws must be 2 or more, not \(draws)") }
      if grid != nil {
        throw ValidationError("--draws chooses its grid, so --grid cannot be had at once")
      }
    }
  }

  func run() throws {
    try computing.apply()
    Interruption.setUp()
    if let svg, svg != "-" { try OutputFile(svg).check() }
    let places = try grid.map(Self.places)
    var results: [SpectrumResult] = []
    for point in try arguments.points(of: trained()) {
      guard point.circuit.inputCount > 0 else {
        throw AnsatzError(
          .usage,
          "'\(arguments.name)' has a circuit without inputs, which has no spectrum; `ansatz run` tells "
            + "what it measures")
      }
      let varying = try Self.positions(of: varied, in: point.inputNames)
      for observable in point.observables {
        if Interruption.isRequested { break }
        do { results.append(try result(observable, point, varying, places)) } catch
          where error.isInterruption
        { break }
      }
    }
    if Interruption.isRequested, results.isEmpty { throw CancellationError() }
    if let svg {
      try write(results, to: svg)
    } else {
      try write(results)
    }
    if Interruption.isRequested {
      throw Interrupted(message: "stopped; this is of the draws made until then")
    }
  }

  private func write(_ results: [SpectrumResult]) throws {
    // An input in which nothing repeats has no period.
    try report(results, asJSON: reporting.json, allowingInfinite: ["periods"]) {
      results.map { $0.text(top: top, width: StandardStreams.outputColumns ?? 80) }
        .joined(separator: "\n\n")
    }
  }

  /// The circuits of the checkpoint, nil for none.
  private func trained() throws -> [(layer: QuantumLayer, weights: [Double])]? {
    guard let checkpoint else { return nil }
    let saved = try SavedClassifier(checkpoint)
    guard saved.record.model == arguments.name else {
      throw AnsatzError(
        .usage,
        "\(checkpoint) holds the model '\(saved.record.model)', not '\(arguments.name)'")
    }
    guard !saved.circuits.isEmpty else {
      throw AnsatzError(.usage, "model '\(arguments.name)' has no circuit")
    }
    return saved.circuits
  }

  private func result(
    _ observable: PauliSum, _ point: CircuitArguments.Point, _ varying: [Int]?, _ grid: [Int]?
  ) throws -> SpectrumResult {
    guard let draws else {
      let analysis = try FourierAnalysis(
        of: observable, in: point.circuit, varying: varying, inputs: point.inputs,
        weights: point.weights, grid: grid)
      return try SpectrumResult(
        analysis, name: arguments.name, observable: observable, seed: arguments.seed)
    }
    let progress = ProgressLine("spectrum")
    defer { progress.clear() }
    let distribution = try CoefficientDistribution(
      of: observable, in: point.circuit, varying: varying, inputs: point.inputs,
      fixing: point.givenWeights, draws: draws, seed: arguments.seed
    ) { done in
      progress.show(Double(done) / Double(draws), "draw \(done)/\(draws)")
      return !Interruption.isRequested
    }
    let names = point.inputNames
    return SpectrumResult(
      distribution, name: arguments.name, observable: observable,
      inputs: (varying ?? Array(names.indices)).map { names[$0] })
  }

  private func write(_ results: [SpectrumResult], to file: String) throws {
    guard results.count == 1, let result = results.first else {
      throw AnsatzError(
        .usage,
        "'\(arguments.name)' has \(results.count) outputs (\(results.map(\.observable).prefix(4).joined(separator: ", "))"
          + "\(results.count > 4 ? ", …" : "")); a picture shows one, so name one with --observable"
      )
    }
    guard let picture = result.chart?.svg else {
      throw AnsatzError(
        .usage,
        "a picture shows the frequencies of one or two inputs, not of \(result.inputs.count); name "
          + "them with --vary")
    }
    if file == "-" { return try StandardStreams.report(picture) }
    try OutputFile(file).write(picture + "\n")
  }

  /// `9`, `9,5`
  static func places(_ text: String) throws -> [Int] {
    try text.split(separator: ",", omittingEmptySubsequences: false).map { part in
      guard let count = Int(part.filter { $0 != " " }), count >= 1 else {
        throw AnsatzError(
          .usage,
          "--grid \(text): '\(part)' is not a number of places; write it as in 9, or 9,5 for two "
            + "inputs")
      }
      return count
    }
  }

  /// The positions of inputs by their names, or by that of their bundle; nil for no names.
  static func positions(of varied: [String], in names: [String]) throws -> [Int]? {
    guard !varied.isEmpty else { return nil }
    var positions: [Int] = []
    for text in varied {
      let name = text.filter { $0 != " " }
      let found = names.indices.filter {
        let own = names[$0].filter { $0 != " " }
        return own == name || own.hasPrefix(name + "[")
      }
      guard !found.isEmpty else {
        throw AnsatzError(
          .usage,
          names.isEmpty
            ? "--vary \(text): the circuit has no inputs"
            : "--vary \(text): the circuit has no such input; \(didYouMean(text, in: names))")
      }
      positions += found.filter { !positions.contains($0) }
    }
    return positions
  }
}
