import Ansatz
import ArgumentParser
import Foundation

/// A circuit with values for its inputs and weights, as commands about gradients take it.
struct CircuitArguments: ParsableArguments {
  @Argument(help: ArgumentHelp("A circuit or a model (see `ansatz draw`).", valueName: "NAME"))
  var name: String
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
    name: .customLong("observable"), parsing: .unconditionalSingleValue,
    help: ArgumentHelp(
      "What is measured, as in 'Z0 Z1 + 0.5 X2'; may be repeated. The model's outputs, or Z on every "
        + "qubit, if not given.", valueName: "TEXT"))
  var observableTexts: [String] = []
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "The inputs, separated by commas; by lot if not given.", valueName: "X,X,…"))
  var input: String?
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "The weights, separated by commas; by lot if not given.", valueName: "W,W,…"))
  var weights: String?
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("The seed of everything random.", valueName: "N"))
  var seed: UInt64 = 0

  func validate() throws {
    guard features >= 1 else {
      throw ValidationError("--features must be 1 or more, not \(features)")
    }
    guard classes >= 2 else {
      throw ValidationError("--classes must be 2 or more, not \(classes)")
    }
  }

  /// One circuit with what is measured and where.
  struct Point {
    let circuit: Circuit
    let observables: [PauliSum]
    let inputs: [Double]
    let weights: [Double]

    var weightNames: [String] { circuit.weights.flatMap(\.elementNames) }
    var inputNames: [String] { circuit.inputs.flatMap(\.elementNames) }
  }

  /// One point for each circuit of the name.
  ///
  /// - Throws: `AnsatzError` for an unknown name, or numbers and observables that do not fit.
  func points() throws -> [Point] {
    let asked = try observableTexts.map { try PauliSum(parsing: $0) }
    return try Registry.quantumLayers(
      named: name, setting: settings, features: features, classes: classes
    ).map { layer in
      let circuit = layer.circuit
      var random = RandomStream(seed: seed, stream: "circuit values")
      func values(_ text: String?, _ option: String, _ count: Int, _ what: String) throws
        -> [Double]
      {
        guard let text else {
          return (0..<count).map { _ in random.uniform(in: 0..<2 * .pi) }
        }
        let parts = text.split(separator: ",", omittingEmptySubsequences: false)
        let numbers = try parts.filter { !($0.isEmpty && parts.count == 1) }.map { part in
          let trimmed = part.trimmingCharacters(in: .whitespaces)
          guard let value = Double(trimmed), value.isFinite else {
            throw AnsatzError(.usage, "\(option): '\(trimmed)' is no number")
          }
          return value
        }
        guard numbers.count == count else {
          throw AnsatzError(
            .usage,
            "\(option) holds \(counted(numbers.count, "number")); '\(name)' takes "
              + counted(count, what))
        }
        return numbers
      }
      let weights = try values(weights, "--weights", circuit.weightCount, "weight")
      let inputs = try values(input, "--input", circuit.inputCount, "input")
      return Point(
        circuit: circuit, observables: asked.isEmpty ? layer.observables : asked, inputs: inputs,
        weights: weights)
    }
  }
}
