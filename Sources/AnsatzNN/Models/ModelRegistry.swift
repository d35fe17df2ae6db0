import AnsatzCircuits
import AnsatzMath
import AnsatzSettings

/// The models that can be chosen by name: model types, and registered circuits under their own
/// names.
public struct ModelRegistry: Sendable {
  /// The kinds of models, in the order of listings.
  public let types: [any Model.Type]
  /// The circuits there are; those that can be trained are models by their own names.
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

  /// The names of all, models before the circuits that can be trained.
  public var names: [String] { types.map { $0.name } + trainableCircuits.map(\.name) }

  /// The circuits that can be trained on data.
  public var trainableCircuits: [Circuit] { circuits.filter { $0.trainingObstacle == nil } }

  /// The registered circuit of a name.
  ///
  /// - Throws: `AnsatzError` for an unknown name, with a suggestion.
  public func circuit(named name: String) throws -> Circuit {
    try Catalogue("circuit", circuits) { $0.name }.named(name)
  }

  /// The model of that name, with defaults.
  ///
  /// - Throws: `AnsatzError` for an unknown name, with a suggestion.
  public func model(named name: String) throws -> any Model {
    if CircuitModel.isFile(name) { return CircuitModel.named(name) }
    if let circuit = circuits.first(where: { $0.name == name }) {
      try CircuitModel.check(circuit, named: name)
      return CircuitModel(circuit)
    }
    _ = try Catalogue("model", names) { $0 }.named(name)
    return try Catalogue("model", types) { $0.name }.named(name).init()
  }

  /// The model of that name, with some hyperparameters set from text such as `qubits=6`.
  public func model(named name: String, setting overrides: [String]) throws -> any Model {
    try model(named: name).setting(overrides).finding { try circuit(named: $0) }
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
    return try decode(like: model).finding { try circuit(named: $0) }
  }
}
