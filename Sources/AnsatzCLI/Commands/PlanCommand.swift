import Ansatz
import ArgumentParser

struct PlanCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plan",
    abstract: "Show how a circuit, or the circuit of a model, is run on batches, and what it costs."
  )

  @Argument(help: ArgumentHelp("A circuit or a model (see `ansatz draw`).", valueName: "NAME"))
  var name: String
  @Option(
    name: .customLong("set"), parsing: .singleValue,
    help: ArgumentHelp(
      "Set a hyperparameter of the model; may be repeated.", valueName: "NAME=VALUE"))
  var settings: [String] = []
  @Option(help: ArgumentHelp("How many features a model is given.", valueName: "N"))
  var features = 4
  @Option(help: ArgumentHelp("How many classes a model tells apart.", valueName: "N"))
  var classes = 2
  @OptionGroup var reporting: ReportOptions

  func run() throws {
    let layers = try Registry.quantumLayers(
      named: name, setting: settings, features: features, classes: classes)
    let plans = try layers.map { layer in
      guard
        let plan = Program(layer.circuit).planDescription(
          try CompiledObservables(layer.observables, qubitCount: layer.circuit.qubitCount))
      else {
        throw AnsatzError(
          .unavailable,
          "'\(name)' runs gate by gate: it holds a gate no plan can (a Fourier transform, or four "
            + "controls and more)")
      }
      return plan
    }
    try report(plans, asJSON: reporting.json) {
      plans.map { text(of: $0) }.joined(separator: "\n\n")
    }
  }

  private func text(of plan: PlanDescription) -> String {
    var table = TextTable([
      ("stage", .right), ("diagonal terms", .right), ("in groups", .right), ("rotations", .right),
      ("in passes", .right),
    ])
    for (index, stage) in plan.stages.enumerated() {
      table.append([
        "\(index + 1)", "\(stage.diagonalTerms)", "\(stage.diagonalGroups)", "\(stage.rotations)",
        "\(stage.rotationPasses)",
      ])
    }
    let amplitudes = Double(1 << plan.qubits)
    func operations(_ perAmplitude: Double) -> String {
      "\(Int(perAmplitude)) multiply-adds an amplitude, \(Int(perAmplitude * amplitudes)) a sample"
    }
    return """
      \(name): \(counted(plan.qubits, "qubit")), \(counted(plan.gates, "gate"))
      start: a product state that takes in \(counted(plan.productGates, "rotation"))
      terms: \(plan.keptTerms) of \(plan.terms) can change what is measured
      measured: \(counted(plan.observableWords, "Pauli word"))

      \(plan.stages.isEmpty ? "no stages: the start is all there is" : table.text)

      forward: \(operations(plan.forwardOperations))
      with gradients: \(operations(plan.gradientOperations))
      state: \(plan.stateBytes) bytes a sample in f64
      """
  }
}
