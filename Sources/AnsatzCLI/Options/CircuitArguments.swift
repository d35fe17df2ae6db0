import Ansatz
import ArgumentParser

/// The Pauli sums that `--observable` names.
///
/// - Throws: `AnsatzError` for text that is none, and for one that does not fit the qubits.
func observables(_ texts: [String], qubits: Int) throws -> [PauliSum] {
  let sums = try texts.map { try PauliSum(parsing: $0) }
  do throws(CircuitError) {
    _ = try CompiledObservables(sums, qubitCount: qubits)
  } catch {
    throw AnsatzError(.usage, error.onOneLine(.usage, prefix: "--observable: "))
  }
  return sums
}

/// A circuit with values for its inputs and weights, as commands about gradients take it.
struct CircuitArguments: ParsableArguments {
  @Argument(
    help: ArgumentHelp(
      "An OpenQASM file, a circuit, a template or a model (see `ansatz draw`).", valueName: "NAME"))
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
    name: .customLong("input"), parsing: .singleValue,
    help: ArgumentHelp(
      "Set an input, as in x[1]=0.5, or all of x, as in x=0.1,0.2; may be repeated. The others by lot.",
      valueName: "NAME=VALUE"))
  var inputs: [String] = []
  @Option(
    name: .customLong("weight"), parsing: .singleValue,
    help: ArgumentHelp(
      "Set a weight, as --input sets an input; may be repeated. The others by lot.",
      valueName: "NAME=VALUE"))
  var weights: [String] = []
  @OptionGroup var reading: CircuitReading
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
    /// The weights that were given, by their positions.
    let givenWeights: [Int: Double]

    var weightNames: [String] { circuit.weights.flatMap(\.elementNames) }
    var inputNames: [String] { circuit.inputs.flatMap(\.elementNames) }
  }

  /// One point for each circuit of the name.
  ///
  /// - Parameter trained: Circuits to take instead of those of the name, with weights that stand for
  ///   those not set.
  /// - Throws: `AnsatzError` for an unknown name, or numbers and observables that do not fit.
  func points(
    of trained: [(layer: QuantumLayer, weights: [Double])]? = nil
  ) throws -> [Point] {
    let layers =
      try trained?.map(\.layer)
      ?? Registry.layers(
        named: name, setting: settings, features: features, classes: classes,
        weights: reading.trained, size: reading.size)
    return try layers.enumerated().map { index, layer in
      let circuit = layer.circuit
      if let obstacle = circuit.firstDynamicOperation {
        throw AnsatzError(
          .unavailable,
          "'\(name)' holds \(obstacle.name) in mid-circuit, which no gradient method differentiates"
        )
      }
      var random = RandomStream(seed: seed, stream: "circuit values")
      func values(
        _ bundles: [Bundle], _ texts: [String], _ option: String
      ) throws -> (all: [Double], given: [Int: Double]) {
        var values = BundleValues(bundles, option: option)
        for text in texts { try values.set(text) }
        return (values.complete(using: &random, for: circuit), values.given)
      }
      var weights = try values(circuit.weights, weights, "--weight")
      if let trained {
        weights.all = trained[index].weights.enumerated().map { weights.given[$0] ?? $1 }
      }
      let inputs = try values(circuit.inputs, inputs, "--input").all
      let asked = try observables(observableTexts, qubits: circuit.qubitCount)
      return Point(
        circuit: circuit, observables: asked.isEmpty ? layer.observables : asked, inputs: inputs,
        weights: weights.all, givenWeights: weights.given)
    }
  }
}
