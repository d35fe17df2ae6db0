import Ansatz
import ArgumentParser

struct DrawCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "draw", abstract: "Draw a circuit, or the circuit of a model, as text.")

  @Argument(
    help: ArgumentHelp("A circuit or a model; without it, both are listed.", valueName: "NAME"))
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
  @OptionGroup var reporting: ReportOptions

  func validate() throws {
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
    let drawings = try Registry.quantumLayers(
      named: name, setting: settings, features: features, classes: classes
    ).map { Drawing($0.circuit, name: name) }
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

  private struct Listing: Encodable {
    let circuits: [String]
    let models: [String]
  }

  private func list() throws {
    let listing = Listing(
      circuits: Registry.circuits.map(\.name), models: try Registry.models().types.map { $0.name })
    try report(listing, asJSON: reporting.json) {
      "circuits: \(listing.circuits.joined(separator: ", "))\n"
        + "models: \(listing.models.joined(separator: ", "))"
    }
  }
}
