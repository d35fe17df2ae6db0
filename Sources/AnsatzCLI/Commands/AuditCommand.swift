import Ansatz
import ArgumentParser
import Foundation

struct AuditCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "audit",
    abstract: "Check every gradient method on a circuit, and find what has no effect.",
    discussion: """
      Every method that applies is compared with the first, weight by weight and input by input, on a \
      sum of all outputs with weights by lot. The exit code is 70 if one is further off than it may \
      be. A weight or gate is reported as without effect if that is so at three places by lot.
      """)

  @OptionGroup var arguments: CircuitArguments
  @Option(
    name: .customLong("method"), parsing: .singleValue,
    help: ArgumentHelp(
      "A method to check, perhaps with settings; may be repeated. All if not given.",
      valueName: "METHOD"))
  var methods: [String] = []
  @OptionGroup var computing: ComputeOptions
  @OptionGroup var reporting: ReportOptions

  private struct Finding: Encodable {
    let method: String
    let agrees: Bool
    let worst: String?
    let difference: Double
    let bound: Double
    let circuits: Int
    let shots: Int
    let refusal: String?
  }

  private struct Gate: Encodable {
    let operation: Int
    let gate: String
  }

  private struct Result: Encodable {
    let name: String
    let qubits: Int
    let weights: Int
    let inputs: Int
    let outputs: Int
    let agrees: Bool
    let methods: [Finding]
    let weightsWithoutEffect: [String]
    let gatesWithoutEffect: [Gate]
  }

  func run() throws {
    try computing.apply()
    let chosen =
      methods.isEmpty
      ? GradientMethods.all : [Adjoint()] + (try methods.map { try GradientMethods.named($0) })
    let results = try arguments.points().map { point in
      let audit = try GradientAudit(
        point.circuit, observables: point.observables, inputs: point.inputs,
        weights: point.weights, methods: chosen, seed: arguments.seed)
      return Result(
        name: arguments.name, qubits: point.circuit.qubitCount, weights: point.weights.count,
        inputs: point.inputs.count, outputs: point.observables.count, agrees: audit.agrees,
        methods: audit.findings.map {
          Finding(
            method: $0.method, agrees: $0.agrees, worst: $0.worst, difference: $0.difference,
            bound: $0.bound, circuits: $0.evaluations, shots: $0.shots, refusal: $0.refusal)
        },
        weightsWithoutEffect: audit.idleWeights,
        gatesWithoutEffect: audit.idleGates.map { Gate(operation: $0.operation, gate: $0.text) })
    }
    try report(results, asJSON: reporting.json) { results.map(text).joined(separator: "\n\n") }
    if let wrong = results.flatMap(\.methods).first(where: { !$0.agrees }) {
      throw AnsatzError(
        .software,
        "the gradient method '\(wrong.method)' is off by \(wrong.difference) in "
          + "\(wrong.worst ?? "a value"), where at most \(wrong.bound) is allowed")
    }
  }

  private func text(of result: Result) -> String {
    var table = TextTable([
      ("method", .left), ("worst in", .left), ("off by", .right), ("bound", .right),
      ("circuits", .right), ("", .left),
    ])
    for finding in result.methods {
      if finding.refusal != nil {
        table.append([finding.method, "", "", "", "", "does not apply"])
        continue
      }
      table.append([
        finding.method, finding.worst ?? "", String(format: "%.1e", finding.difference),
        String(format: "%.1e", finding.bound), "\(finding.circuits)",
        finding.agrees ? "agrees" : "WRONG",
      ])
    }
    let gates = result.gatesWithoutEffect.map { "  operation \($0.operation): \($0.gate)" }
    return """
      \(result.name): \(counted(result.qubits, "qubit")), \(counted(result.weights, "weight")), \
      \(counted(result.inputs, "input")), \(counted(result.outputs, "output"))

      \(table.text)

      weights without effect: \
      \(result.weightsWithoutEffect.isEmpty ? "none" : result.weightsWithoutEffect.joined(separator: ", "))
      gates without effect: \(gates.isEmpty ? "none" : "\n" + gates.joined(separator: "\n"))
      """
  }
}
