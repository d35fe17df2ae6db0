import Ansatz
import ArgumentParser

struct GradientCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "gradient",
    abstract: "Print the gradient of what a circuit or a model's circuit measures.")

  @OptionGroup var arguments: CircuitArguments
  @Option(
    help: ArgumentHelp(
      "How: \(GradientMethods.names.joined(separator: ", ")); with settings as in "
        + "parameter-shift:shots=1000.", valueName: "METHOD"))
  var method = Adjoint.name
  @OptionGroup var computing: ComputeOptions
  @OptionGroup var reporting: ReportOptions

  private struct Derivative: Encodable {
    let name: String
    let value: Double
    let derivative: Double
    let standardError: Double?
  }

  private struct Output: Encodable {
    let observable: String
    let value: Double
    let weights: [Derivative]
    let inputs: [Derivative]
    let circuits: Int
    let shots: Int
  }

  private struct Result: Encodable {
    let name: String
    let method: String
    let outputs: [Output]
  }

  func run() throws {
    try computing.apply()
    let method = try GradientMethods.named(method)
    let results = try arguments.points().map { point in
      Result(
        name: arguments.name, method: self.method,
        outputs: try point.observables.map { try output($0, point, method) })
    }
    try report(results, asJSON: reporting.json) {
      results.map(text).joined(separator: "\n\n")
    }
  }

  private func output(
    _ observable: PauliSum, _ point: CircuitArguments.Point, _ method: any GradientMethod
  ) throws -> Output {
    let compiled = try CompiledObservables([observable], qubitCount: point.circuit.qubitCount)
    let pass = try Program(point.circuit).forward(
      compiled, inputs: Tensor(shape: [1, point.inputs.count], elements: point.inputs),
      weights: point.weights, keepStates: true)
    let value = pass.expectations.elements[0]
    let gradient = try method.gradient(
      of: pass, upstream: Tensor(repeating: 1, shape: [1, 1]), request: GradientRequest())
    func derivatives(_ names: [String], _ values: [Double], _ slopes: [Double], _ errors: [Double]?)
      -> [Derivative]
    {
      names.indices.map {
        Derivative(
          name: names[$0], value: values[$0], derivative: slopes[$0], standardError: errors?[$0])
      }
    }
    return Output(
      observable: observable.description, value: value,
      weights: derivatives(
        point.weightNames, point.weights, gradient.weights, gradient.weightErrors),
      inputs: derivatives(
        point.inputNames, point.inputs, gradient.inputs?.elements ?? [], nil),
      circuits: gradient.evaluations, shots: gradient.shots)
  }

  private func text(of result: Result) -> String {
    result.outputs.map { output in
      let all = output.weights + output.inputs
      let hasErrors = all.contains { $0.standardError != nil }
      var table = TextTable(
        [("", .left), ("value", .right), ("derivative", .right)]
          + (hasErrors ? [("± ", .right)] : []))
      for entry in all {
        table.append(
          [entry.name, decimal(entry.value, 6), decimal(entry.derivative, 9)]
            + (hasErrors ? [entry.standardError.map { decimal($0, 9) } ?? ""] : []))
      }
      let shots = output.shots > 0 ? ", \(counted(output.shots, "shot"))" : ""
      return """
        \(result.name): <\(output.observable)> = \(decimal(output.value, 12))
        by \(result.method): \(counted(output.circuits, "circuit"))\(shots)

        \(all.isEmpty ? "no weights and no inputs" : table.text)
        """
    }.joined(separator: "\n\n")
  }
}
