import Ansatz
import Foundation
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

  /// A circuit by name: the contents of an OpenQASM file, a registered circuit, or an example of a
  /// template.
  ///
  /// - Parameters:
  ///   - trained: Inputs of a file that are taken as weights.
  ///   - size: The qubits and layers of a template's example.
  /// - Throws: `AnsatzError` for an unknown name, or a file that cannot be read.
  static func circuit(named name: String, weights trained: [String], size: TemplateSize) throws
    -> Circuit
  {
    guard let circuit = try knownCircuit(named: name, weights: trained, size: size) else {
      let names = circuits.map(\.name) + StandardTemplates.all.map(\.name)
      let models = try models().names
      throw AnsatzError(
        .usage,
        models.contains(name)
          ? "'\(name)' is a model, which has no one circuit; `ansatz draw \(name)` shows what it has"
          : "no circuit, template or file is named '\(name)'; \(didYouMean(name, in: names))")
    }
    return circuit
  }

  private static func knownCircuit(
    named name: String, weights trained: [String], size: TemplateSize
  ) throws -> Circuit? {
    let registered = circuits.first { $0.name == name }
    let template = StandardTemplates.all.first { $0.name == name }
    // What looks like a path is one, whether or not it is there.
    let isFile =
      name.hasSuffix(".qasm") || name.contains("/")
      || registered == nil && template == nil && FileManager.default.fileExists(atPath: name)
    guard isFile || trained.isEmpty else {
      throw AnsatzError(.usage, "'\(name)' is not an OpenQASM file; --weights is for files")
    }
    guard size.isDefault || template != nil && registered == nil && !isFile else {
      throw AnsatzError(
        .usage, "'\(name)' is not a template; --qubits and --layers are for templates")
    }
    if isFile {
      let progress = ProgressLine("reading")
      defer { progress.clear() }
      let program = try OpenQASM.read(file: name, weights: trained) { fraction, gates in
        progress.show(fraction, counted(gates, "gate"))
        if Interruption.isRequested { StopFlag.raise() }
      }
      for notice in program.notices { StandardStreams.notice(notice) }
      return program.circuit
    }
    return try registered ?? template?.circuit(qubits: size.qubits ?? 4, layers: size.layers ?? 2)
  }

  /// The circuits of a name: one circuit, as `circuit(named:)` finds it, or those of a model.
  ///
  /// - Parameters:
  ///   - settings: Hyperparameters of the model.
  ///   - features: The width of the data the model is made for.
  /// - Throws: `AnsatzError` for an unknown name, a file that cannot be read, or a model without a
  ///   circuit.
  static func circuits(
    named name: String, setting settings: [String], features: Int, classes: Int,
    weights trained: [String], size: TemplateSize
  ) throws -> [Circuit] {
    if let circuit = try knownCircuit(named: name, weights: trained, size: size) {
      guard settings.isEmpty else {
        throw AnsatzError(.usage, "'\(name)' is a circuit; --set is for models")
      }
      return [circuit]
    }
    return try quantumLayers(
      named: name, setting: settings, features: features, classes: classes
    ).map(\.circuit)
  }

  /// What a name stands for as quantum layers: a circuit measured in Z on every qubit, or those of a
  /// model. Registered circuits are models too, but here they are circuits.
  ///
  /// - Throws: `AnsatzError` as `circuits(named:)` does, and for a circuit that no layer can run.
  static func layers(
    named name: String, setting settings: [String], features: Int, classes: Int,
    weights trained: [String], size: TemplateSize
  ) throws -> [QuantumLayer] {
    guard let circuit = try knownCircuit(named: name, weights: trained, size: size) else {
      return try quantumLayers(
        named: name, setting: settings, features: features, classes: classes)
    }
    guard settings.isEmpty else {
      throw AnsatzError(.usage, "'\(name)' is a circuit; --set is for models")
    }
    return [try QuantumLayer(circuit, measuring: (0..<circuit.qubitCount).map { Z($0) })]
  }

  /// The quantum layers of a model's network.
  ///
  /// - Throws: `AnsatzError` for an unknown name, with a suggestion, or a model without a circuit.
  static func quantumLayers(
    named name: String, setting settings: [String], features: Int, classes: Int
  ) throws -> [QuantumLayer] {
    let registry = try models()
    guard registry.names.contains(name) else {
      // Those that can be trained are among the names of the models.
      let names =
        registry.names + StandardTemplates.all.map(\.name)
        + circuits.map(\.name).filter { !registry.names.contains($0) }
      throw AnsatzError(
        .usage,
        "no circuit, template, model or file is named '\(name)'; \(didYouMean(name, in: names))")
    }
    let model = try registry.model(named: name, setting: settings)
    let layers = try model.network(features: features, classes: classes).quantumLayers
    guard !layers.isEmpty else {
      throw AnsatzError(.usage, "model '\(name)' has no circuit")
    }
    return layers
  }
}
