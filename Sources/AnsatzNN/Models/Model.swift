import AnsatzCircuits
import AnsatzGradients
import AnsatzMath
import AnsatzSettings

/// A recipe for classifiers: given the size of the data, it makes a network.
///
/// Its stored properties are saved with the weights and can be set by name on the command line; they
/// should be numbers, truth values, texts or arrays of these, and not optional. `settings` adds help
/// and bounds; without it each property takes any value of its kind. A user's model is one struct:
///
/// ```swift
/// struct Wide: Model {
///   static let name = "wide"
///   static let summary = "one wide hidden layer"
///   static let settings = [
///     Setting("width", \Wide.width, 1...4096, "the units of the hidden layer")
///   ]
///   var width = 64
///   func network(features: Int, classes: Int) throws -> Sequential {
///     Sequential {
///       Dense(width)
///       ReLU()
///       Dense(try outputCount(classes: classes))
///     }
///   }
/// }
/// ```
public protocol Model: Configurable, Codable {
  /// The layers for data of that size.
  ///
  /// - Throws: `AnsatzError` if a hyperparameter or the size makes no sense.
  func network(features: Int, classes: Int) throws -> Sequential

  /// The name of the loss to train with.
  var loss: String { get }
  /// How to train, unless the user says otherwise.
  var training: TrainingOptions { get }
  /// How to prepare the data, as `Preprocessing(parsing:)` reads it.
  var preprocessing: String { get }
  /// What lists and reports call this one.
  var label: String { get }

  /// The model with what it names found: a circuit by name, in a registry or a file.
  ///
  /// - Throws: `AnsatzError` for what is not there.
  func finding(circuit: (String) throws -> Circuit) throws -> Self
}

extension Model {
  public var loss: String { CrossEntropy.name }
  public var training: TrainingOptions { TrainingOptions() }
  public var preprocessing: String { "standardize" }
  public var label: String { Self.name }
  public func finding(circuit: (String) throws -> Circuit) throws -> Self { self }

  /// How many outputs the model's loss needs for that many classes.
  public func outputCount(classes: Int) throws -> Int {
    try LossRegistry.standard.loss(loss).outputCount(classes: classes)
  }

  public static var title: String { "model '\(name)'" }

  /// The stored properties, each with any value of its kind.
  public static var settings: [Setting<Self>] {
    guard case .object(let values) = (try? JSONValue(encoding: Self())) ?? .null else { return [] }
    return values.sorted { $0.key < $1.key }.map { name, example in
      Setting(
        name, .like(example), "",
        read: { model in
          guard case .object(let values) = (try? JSONValue(encoding: model)) ?? .null else {
            return .null
          }
          return values[name] ?? .null
        },
        write: { model, value in
          guard case .object(var values) = (try? JSONValue(encoding: model)) ?? .null else {
            return false
          }
          values[name] = value
          guard let changed = try? JSONValue.object(values).decoded(as: Self.self) else {
            return false
          }
          model = changed
          return true
        })
    }
  }

  /// The model with some settings changed by text such as `qubits=6` or `hidden=32,16`.
  ///
  /// - Throws: `AnsatzError` naming an unknown setting (with a suggestion) or a value it cannot be.
  public func setting(_ overrides: [String]) throws(AnsatzError) -> Self {
    var model = self
    try model.set(overrides)
    return model
  }
}

extension Setting where Owner: Model {
  /// How the circuits of a model are differentiated.
  static func gradient(_ keyPath: WritableKeyPath<Owner, String> & Sendable) -> Setting {
    Setting(
      "gradient", keyPath, named: GradientMethods.names, "how circuits are differentiated")
  }

  /// What a model minimises.
  static func loss(_ keyPath: WritableKeyPath<Owner, String> & Sendable) -> Setting {
    Setting("loss", keyPath, named: LossRegistry.standard.names, "what training minimises")
  }
}
