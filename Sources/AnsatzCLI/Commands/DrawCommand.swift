import Ansatz
import ArgumentParser

struct DrawCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "draw",
    abstract: "Draw a circuit, or the circuit of a model, as text or as a picture.")

  @Argument(
    help: ArgumentHelp(
      "An OpenQASM file, a circuit, a template or a model; without it, all are listed.",
      valueName: "NAME"))
  var name: String?
  @Option(
    name: .customLong("set"), parsing: .singleValue,
    help: ArgumentHelp(
      "Set a hyperparameter of the model; may be repeated.", valueName: "NAME=VALUE"))
  var settings: [String] = []
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("How many features a model is given.", valueName: "N"))
  var features = 4
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("How many classes a model tells apart.", valueName: "N"))
  var classes = 2
  @Option(
    help: ArgumentHelp(
      "Write the drawing as SVG to a file, or with - to standard output.", valueName: "FILE"))
  var svg: String?
  @OptionGroup var reading: CircuitReading
  @OptionGroup var reporting: ReportOptions

  func validate() throws {
    if svg != nil {
      if name == nil { throw ValidationError("--svg needs the NAME of what to draw") }
      if reporting.json { throw ValidationError("--svg and --json cannot be had at once") }
    }
    guard features >= 1 else {
      throw ValidationError("--features must be 1 or more, not \(features)")
    }
    guard classes >= 2 else {
      throw ValidationError("--classes must be 2 or more, not \(classes)")
    }
  }

  private struct Drawing: Encodable {
    let name: String
    let qubits: Int
    let depth: Int
    let inputs: Int
    let weights: Int
    let diagram: String

    init(_ circuit: Circuit, name: String) {
      self.name = name
      qubits = circuit.qubitCount
      depth = circuit.depth
      inputs = circuit.inputCount
      weights = circuit.weightCount
      diagram = TextDiagram(circuit, width: StandardStreams.outputColumns ?? .max).description
    }
  }

  func run() throws {
    guard let name else { return try list() }
    let circuits = try Registry.circuits(
      named: name, setting: settings, features: features, classes: classes,
      weights: reading.trained, size: reading.size)
    if let svg { return try write(circuits, named: name, to: svg) }
    let drawings = circuits.map { Drawing($0, name: name) }
    try report(drawings, asJSON: reporting.json) {
      drawings.map { drawing in
        """
        \(drawing.name): \(counted(drawing.qubits, "qubit")), \(counted(drawing.inputs, "input")), \
        \(counted(drawing.weights, "weight")), depth \(drawing.depth)

        \(drawing.diagram)
        """
      }.joined(separator: "\n\n")
    }
  }

  /// Writes one picture to a file.
  private func write(_ circuits: [Circuit], named name: String, to file: String) throws {
    guard circuits.count == 1 else {
      throw AnsatzError(
        .usage, "'\(name)' has \(circuits.count) circuits; a picture shows one, so draw it as text")
    }
    let picture = SVGDiagram(circuits[0]).description
    if file == "-" { return try StandardStreams.report(picture) }
    try OutputFile(file).write(picture + "\n")
  }

  private struct Listing: Encodable {
    let circuits: [String]
    let templates: [String]
    let models: [String]
  }

  private func list() throws {
    let listing = Listing(
      circuits: Registry.circuits.map(\.name), templates: StandardTemplates.all.map(\.name),
      models: try Registry.models().types.map { $0.name })
    try report(listing, asJSON: reporting.json) {
      "circuits: \(listing.circuits.joined(separator: ", "))\n"
        + "templates: \(listing.templates.joined(separator: ", "))\n"
        + "models: \(listing.models.joined(separator: ", "))"
    }
  }
}
