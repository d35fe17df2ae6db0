import AnsatzCircuits
import AnsatzGradients
import AnsatzMath

/// A registered circuit as a classifier: a dense layer to its inputs, the circuit, a dense layer
/// from its expectation values.
///
/// Circuits become models through the registry, under their own names.
public struct CircuitModel: Model {
  public static let name = "circuit"
  public static let summary = "a registered circuit between two dense layers"

  /// The name of the circuit.
  public var circuit = ""
  /// How the circuit is differentiated.
  public var gradient = Adjoint.name
  public var loss = CrossEntropy.name
  /// The circuit itself; found by name in a registry, since files hold only the name.
  var definition: Circuit?

  private enum CodingKeys: String, CodingKey { case circuit, gradient, loss }

  public init() {}

  /// A model around one circuit.
  public init(_ circuit: Circuit) {
    self.circuit = circuit.name
    definition = circuit
  }

  public var training: TrainingOptions { Hybrid().training }

  public func network(features: Int, classes: Int) throws -> Sequential {
    guard let definition else {
      throw AnsatzError(
        .usage,
        circuit.isEmpty
          ? "model 'circuit' needs a circuit; give its name with --set circuit=NAME"
          : "the circuit '\(circuit)' is not registered here; run the program that defines it")
    }
    guard definition.inputCount > 0 else {
      throw AnsatzError(
        .usage,
        "the circuit '\(circuit)' has no inputs, so it cannot be trained on data; embed an "
          + "Inputs bundle in it")
    }
    return try dressed(definition, classes: outputCount(classes: classes), gradient: gradient)
  }
}
