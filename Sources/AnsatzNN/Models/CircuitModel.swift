import AnsatzCircuits
import AnsatzGradients
import AnsatzMath
import AnsatzSettings

/// A circuit as a classifier: a dense layer to its inputs, the circuit, a dense layer from its
/// expectation values.
///
/// Registered circuits become models through the registry, under their own names, and OpenQASM
/// programs by the path of their file.
public struct CircuitModel: Model {
  public static let name = "circuit"
  public static let summary = "a registered circuit or OpenQASM file between two dense layers"
  public static var settings: [Setting<CircuitModel>] {
    [
      Setting(
        text: "circuit", \CircuitModel.circuit, "a registered circuit's name, or a .qasm file"),
      Setting(
        names: "weights", \CircuitModel.weights,
        "which inputs of an OpenQASM file are trained, besides those it marks so"),
      Setting.gradient(\CircuitModel.gradient),
      Setting.loss(\CircuitModel.loss),
    ]
  }

  /// The name of the circuit, or the path of an OpenQASM file.
  public var circuit = ""
  /// Inputs of an OpenQASM file that are trained.
  public var weights: [String] = []
  /// How the circuit is differentiated.
  public var gradient = Adjoint.name
  public var loss = CrossEntropy.name
  /// The OpenQASM program that was read, saved with the weights, so that predictions need no file.
  public private(set) var program = ""
  /// The circuit itself; found by name in a registry, since files hold only the name.
  private var definition: Circuit?

  private enum CodingKeys: String, CodingKey { case circuit, weights, gradient, loss, program }

  public init() {}

  /// A model around one circuit.
  public init(_ circuit: Circuit) {
    self.circuit = circuit.name
    definition = circuit
  }

  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    circuit = try values.decode(String.self, forKey: .circuit)
    gradient = try values.decode(String.self, forKey: .gradient)
    loss = try values.decode(String.self, forKey: .loss)
    weights = try values.decodeIfPresent([String].self, forKey: .weights) ?? []
    program = try values.decodeIfPresent(String.self, forKey: .program) ?? ""
  }

  public var training: TrainingOptions { Hybrid().training }

  /// Whether a name stands for an OpenQASM file.
  static func isFile(_ name: String) -> Bool { name.hasSuffix(".qasm") }

  public var label: String { circuit.isEmpty ? Self.name : circuit }

  /// The model of an OpenQASM file.
  static func named(_ file: String) -> CircuitModel {
    var model = CircuitModel()
    model.circuit = file
    return model
  }

  /// The model with its circuit found: in the program saved with it, in its file, or by name.
  ///
  /// - Throws: `AnsatzError` for a file that cannot be read or a circuit that cannot be trained.
  public func finding(circuit find: (String) throws -> Circuit) throws -> CircuitModel {
    var model = self
    if !program.isEmpty {
      model.definition = try OpenQASM.read(program, name: circuit).circuit
    } else if Self.isFile(circuit) {
      let read = try OpenQASM.read(file: circuit, weights: weights).circuit
      try Self.check(read, named: circuit)
      model.definition = read
      model.program = try OpenQASM.write(read, version: .v3)
    } else if !circuit.isEmpty {
      guard weights.isEmpty else {
        throw AnsatzError(.usage, "weights=… is for OpenQASM files; '\(circuit)' knows its weights")
      }
      let found = try find(circuit)
      try Self.check(found, named: circuit)
      model.definition = found
    }
    return model
  }

  /// - Throws: `AnsatzError` that says why a circuit cannot be trained on data.
  static func check(_ circuit: Circuit, named name: String) throws {
    if let obstacle = circuit.trainingObstacle {
      throw AnsatzError(.usage, "the circuit '\(name)' cannot be trained on data: \(obstacle)")
    }
  }

  public func network(features: Int, classes: Int) throws -> Sequential {
    guard let definition else {
      throw AnsatzError(
        .usage,
        circuit.isEmpty
          ? "model 'circuit' needs a circuit; give its name with --set circuit=NAME"
          : "the circuit '\(circuit)' is not registered here; run the program that defines it")
    }
    try Self.check(definition, named: circuit)
    return try dressed(definition, classes: outputCount(classes: classes), gradient: gradient)
  }
}

extension Circuit {
  /// Why the circuit cannot be a model: data must get in, something must be trained, and what is
  /// measured must be expectation values at the end. Nil if it can.
  public var trainingObstacle: String? {
    if inputCount == 0 { return "it has no inputs; embed an Inputs bundle in it" }
    if weightCount == 0 {
      return "it has no weights; make some angles Weights, or in OpenQASM name the inputs to train"
    }
    if isDynamic { return "it measures, resets or decides on its way" }
    return nil
  }
}
