import Ansatz
import ArgumentParser

struct ConvertCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "convert",
    abstract: "Write a circuit as OpenQASM 2 or 3.",
    discussion: """
      Inputs and weights stay symbols in version 3, where weights are marked so that reading the file \
      restores them. Version 2 has numbers only: set them all, or draw the weights.
      """)

  @OptionGroup var source: CircuitOptions
  @Option(help: ArgumentHelp("qasm2 or qasm3.", valueName: "FORMAT"))
  var to = "qasm3"
  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("Where to write; standard output if not given.", valueName: "FILE"))
  var output: String?
  @OptionGroup var values: CircuitValues
  @Option(
    parsing: .unconditional, help: ArgumentHelp("The seed of drawn weights.", valueName: "N"))
  var seed: UInt64 = 0

  func run() throws {
    let versions = ["qasm2": OpenQASM.Version.v2, "qasm3": .v3]
    guard let version = versions[to] else {
      throw AnsatzError(
        .usage, "unknown format '\(to)'; \(didYouMean(to, in: versions.keys.sorted()))")
    }
    let circuit = try source.load()
    let binds = version == .v2 || !values.inputs.isEmpty
    let bindsWeights = version == .v2 || !values.weights.isEmpty || values.randomWeights
    let text = try OpenQASM.write(
      circuit, version: version, inputs: binds ? values.inputs(of: circuit) : nil,
      weights: bindsWeights ? values.weights(of: circuit, seed: seed) : nil)
    guard let output else { return try StandardStreams.report(text) }
    try OutputFile(output).write(text)
  }
}
