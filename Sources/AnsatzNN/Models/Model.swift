import AnsatzMath

/// A recipe for classifiers: given the size of the data, it makes a network.
///
/// Its stored properties are its hyperparameters, so that they can be listed, set by name on the
/// command line and saved with the weights; they should be numbers, truth values, texts or arrays
/// of these, and not optional. A user's model is one struct:
///
/// ```swift
/// struct Wide: Model {
///   static let name = "wide"
///   static let summary = "one wide hidden layer"
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
public protocol Model: Codable, Sendable {
  /// The name on the command line and in files.
  static var name: String { get }
  /// What it is, in one sentence without a full stop.
  static var summary: String { get }
  /// The model with its default hyperparameters.
  init()

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
}

extension Model {
  public var loss: String { CrossEntropy.name }
  public var training: TrainingOptions { TrainingOptions() }
  public var preprocessing: String { "standardize" }

  /// How many outputs the model's loss needs for that many classes.
  public func outputCount(classes: Int) throws -> Int {
    try LossRegistry.standard.loss(loss).outputCount(classes: classes)
  }

  /// The hyperparameters with their present values, by name in alphabetical order.
  public var hyperparameters: [(name: String, value: JSONValue)] {
    guard case .object(let values) = (try? JSONValue(encoding: self)) ?? .null else { return [] }
    return values.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }

  /// The model with some hyperparameters set from text such as `qubits=6` or `hidden=32,16`.
  ///
  /// - Throws: `AnsatzError` naming an unknown hyperparameter (with a suggestion) or a value of
  ///   the wrong type.
  public func setting(_ overrides: [String]) throws -> Self {
    var model = self
    for override in overrides { model = try model.setting(override) }
    return model
  }

  private func setting(_ override: String) throws -> Self {
    let parts = override.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2 else {
      throw AnsatzError(
        .usage,
        "cannot read '\(override)'; write NAME=VALUE, as in "
          + (hyperparameters.first.map { "\($0.name)=\($0.value.text)" } ?? "qubits=4"))
    }
    let (name, text) = (String(parts[0]), String(parts[1]))
    guard case .object(var values) = try JSONValue(encoding: self), let old = values[name] else {
      let names = hyperparameters.map(\.name)
      let help = names.isEmpty ? "it has none" : didYouMean(name, in: names)
      throw AnsatzError(.usage, "model '\(Self.name)' has no hyperparameter '\(name)'; \(help)")
    }
    let wrongType = AnsatzError(
      .usage,
      "\(name) of model '\(Self.name)' cannot be '\(text)'; its default is "
        + "\(old.text), so give \(old.kind)")
    guard let value = JSONValue(parsing: text, like: old) else { throw wrongType }
    values[name] = value
    do { return try JSONValue.object(values).decoded() } catch let error as AnsatzError {
      throw error
    } catch { throw wrongType }
  }
}

extension JSONValue {
  /// Reads what a user typed as a value of the same kind as another.
  init?(parsing text: String, like example: JSONValue) {
    switch example {
    case .bool:
      guard let value = Bool(text) else { return nil }
      self = .bool(value)
    case .integer, .number:
      // A default of 1.0 looks like a whole number in JSON; decoding tells them apart.
      if let value = Int(text) {
        self = .integer(value)
      } else if let value = Double(text), value.isFinite {
        self = .number(value)
      } else {
        return nil
      }
    case .string: self = .string(text)
    case .array(let examples):
      let trimmed =
        text.hasPrefix("[") && text.hasSuffix("]") ? text.dropFirst().dropLast() : text[...]
      let parts = trimmed.split(separator: ",").map { $0.filter { $0 != " " } }
      let like = examples.first
      let values = parts.map { part in
        like.map { JSONValue(parsing: part, like: $0) }
          ?? Int(part).map { .integer($0) } ?? Double(part).map { .number($0) } ?? .string(part)
      }
      guard values.allSatisfy({ $0 != nil }) else { return nil }
      self = .array(values.compactMap { $0 })
    case .null, .object: return nil
    }
  }

  /// The kind of value in words, to follow "give".
  var kind: String {
    switch self {
    case .null: "nothing"
    case .bool: "true or false"
    case .integer: "a whole number"
    case .number: "a number"
    case .string: "a text"
    case .array(let values):
      (values.first.map { "\($0.kind)" } ?? "values") + ", or several separated by commas"
    case .object: "an object"
    }
  }
}
