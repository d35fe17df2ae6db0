import AnsatzCircuits
import AnsatzMath

/// The models that can be chosen by name: model types, and registered circuits under their own
/// names.
public struct ModelRegistry: Sendable {
  /// The kinds of models, in the order of listings.
  public let types: [any Model.Type]
  /// The circuits that are models by their own names.
  public let circuits: [Circuit]

  /// - Throws: `AnsatzError` if two models or circuits have the same name, or a circuit has none.
  public init(_ types: [any Model.Type], circuits: [Circuit] = []) throws {
    var names: Set<String> = []
    for name in types.map({ $0.name }) + circuits.map(\.name) {
      guard !name.isEmpty else {
        throw AnsatzError(
          .badConfiguration,
          "a registered circuit has no name; give one, as in Circuit(\"mine\", qubits: 2)")
      }
      guard names.insert(name).inserted else {
        throw AnsatzError(
          .badConfiguration,
          "there are two models or circuits named '\(name)'; rename one of them")
      }
    }
    self.types = types
    self.circuits = circuits
  }

  /// The names of all, models before circuits.
  public var names: [String] { types.map { $0.name } + circuits.map(\.name) }

  /// The registered circuit of a name.
  ///
  /// - Throws: `AnsatzError` for an unknown name, with a suggestion.
  public func circuit(named name: String) throws -> Circuit {
    if let circuit = circuits.first(where: { $0.name == name }) { return circuit }
    throw AnsatzError(
      .usage, "unknown circuit '\(name)'; \(didYouMean(name, in: circuits.map(\.name)))")
  }

  /// A circuit model finds its circuit by name; other models are as they are.
  private func resolved(_ model: any Model) throws -> any Model {
    guard var circuitModel = model as? CircuitModel, !circuitModel.circuit.isEmpty else {
      return model
    }
    circuitModel.definition = try circuit(named: circuitModel.circuit)
    return circuitModel
  }

  /// The model of that name, with defaults.
  ///
  /// - Throws: `AnsatzError` for an unknown name, with a suggestion.
  public func model(named name: String) throws -> any Model {
    if let circuit = circuits.first(where: { $0.name == name }) { return CircuitModel(circuit) }
    guard let type = types.first(where: { $0.name == name }) else {
      throw AnsatzError(.usage, "unknown model '\(name)'; \(didYouMean(name, in: names))")
    }
    return type.init()
  }

  /// The model of that name, with some hyperparameters set from text such as `qubits=6`.
  public func model(named name: String, setting overrides: [String]) throws -> any Model {
    try resolved(model(named: name).setting(overrides))
  }

  /// The model that a record describes.
  ///
  /// - Throws: `AnsatzError` if the model is unknown or has other hyperparameters now.
  public func model(of record: ModelRecord) throws -> any Model {
    func decode<M: Model>(like _: M) throws -> any Model {
      do { return try record.hyperparameters.decoded(as: M.self) } catch {
        throw AnsatzError(
          .badData, "the hyperparameters of the checkpoint are not those of model '\(M.name)'")
      }
    }
    let model = try model(named: record.model)
    return try resolved(decode(like: model))
  }
}
