import Ansatz
import Synchronization

/// The models and circuits the commands know: those of the calling package, then the library's.
enum Registry {
  private struct Contents {
    var models: [any Model.Type] = []
    var circuits: [Circuit] = []
  }

  private static let contents = Mutex(Contents())

  static func extend(models: [any Model.Type], circuits: [Circuit]) {
    contents.withLock {
      $0.models += models
      $0.circuits += circuits
    }
  }

  /// - Throws: If two models have one name.
  static func models() throws -> ModelRegistry {
    try ModelRegistry(contents.withLock(\.models) + StandardModels.all, circuits: circuits)
  }

  static var circuits: [Circuit] { contents.withLock(\.circuits) }

  /// The quantum layers of a model's network, or a circuit measured in Z on every qubit.
  ///
  /// - Parameters:
  ///   - settings: Hyperparameters of the model.
  ///   - features: The width of the data the model is made for.
  /// - Throws: `AnsatzError` for an unknown name, with a suggestion, or a model without a circuit.
  static func quantumLayers(
    named name: String, setting settings: [String], features: Int, classes: Int
  ) throws -> [QuantumLayer] {
    if let circuit = circuits.first(where: { $0.name == name }) {
      guard settings.isEmpty else {
        throw AnsatzError(.usage, "'\(name)' is a circuit; --set is for models")
      }
      return [try QuantumLayer(circuit, measuring: (0..<circuit.qubitCount).map { Z($0) })]
    }
    let registry = try models()
    guard registry.names.contains(name) else {
      throw AnsatzError(
        .usage,
        "no circuit and no model is named '\(name)'; \(didYouMean(name, in: registry.names))")
    }
    let model = try registry.model(named: name, setting: settings)
    let layers = try model.network(features: features, classes: classes).quantumLayers
    guard !layers.isEmpty else {
      throw AnsatzError(.usage, "model '\(name)' has no circuit")
    }
    return layers
  }

  /// The circuits of a name: a circuit's, a file's or those of a model.
  ///
  /// - Throws: `AnsatzError` for an unknown name, a file that cannot be read, or a model without a
  ///   circuit.
  static func circuits(
    named name: String, setting settings: [String], features: Int, classes: Int
  ) throws -> [Circuit] {
    try quantumLayers(named: name, setting: settings, features: features, classes: classes)
      .map(\.circuit)
  }
}
