import AnsatzMath

/// The models that can be chosen by name.
public struct ModelRegistry: Sendable {
  public let types: [any Model.Type]

  /// - Throws: `AnsatzError` if two models have the same name.
  public init(_ types: [any Model.Type]) throws {
    var names: Set<String> = []
    for type in types {
      guard names.insert(type.name).inserted else {
        throw AnsatzError(
          .badConfiguration, "there are two models named '\(type.name)'; rename one of them")
      }
    }
    self.types = types
  }

  public var names: [String] { types.map { $0.name } }

  /// The model of that name, with defaults.
  ///
  /// - Throws: `AnsatzError` for an unknown name, with a suggestion.
  public func model(named name: String) throws -> any Model {
    guard let type = types.first(where: { $0.name == name }) else {
      throw AnsatzError(.usage, "unknown model '\(name)'; \(didYouMean(name, in: names))")
    }
    return type.init()
  }

  /// The model of that name, with some hyperparameters set from text such as `qubits=6`.
  public func model(named name: String, setting overrides: [String]) throws -> any Model {
    try model(named: name).setting(overrides)
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
    return try decode(like: model)
  }
}
