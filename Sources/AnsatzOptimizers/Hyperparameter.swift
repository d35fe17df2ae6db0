import AnsatzMath

/// A rule that is chosen by name and tuned by named numbers: an optimizer or a schedule.
public protocol Configurable: Sendable {
  /// The name that options, files and messages use.
  static var name: String { get }
  /// What it does, in one sentence without a full stop.
  static var summary: String { get }
  /// The numbers a user may set, in the order they are listed and printed.
  static var hyperparameters: [Hyperparameter<Self>] { get }
  /// The rule with its default hyperparameters.
  init()
}

/// One named number of a rule, with the values it may take.
public struct Hyperparameter<Owner>: Sendable {
  /// What a user sets it by.
  public let name: String
  /// Where the value is kept.
  public let keyPath: WritableKeyPath<Owner, Double> & Sendable
  /// The values it may take.
  public let bounds: HyperparameterBounds

  /// Takes the values as they are.
  public init(
    _ name: String, _ keyPath: WritableKeyPath<Owner, Double> & Sendable,
    _ bounds: HyperparameterBounds
  ) {
    self.name = name
    self.keyPath = keyPath
    self.bounds = bounds
  }
}

/// The values a hyperparameter may take; infinities and NaN never are.
public enum HyperparameterBounds: Sendable {
  /// Greater than 0.
  case positive
  /// 0 or more.
  case nonNegative
  /// From 0 to 1, without 1: what decays a running mean.
  case fraction
  /// From 0 to 1, both included.
  case unit

  /// Whether the value is allowed.
  public func contains(_ value: Double) -> Bool {
    guard value.isFinite else { return false }
    switch self {
    case .positive: return value > 0
    case .nonNegative: return value >= 0
    case .fraction: return value >= 0 && value < 1
    case .unit: return value >= 0 && value <= 1
    }
  }

  /// The bounds in words, to follow "must be".
  public var text: String {
    switch self {
    case .positive: "greater than 0"
    case .nonNegative: "0 or more"
    case .fraction: "at least 0 and less than 1"
    case .unit: "from 0 to 1"
    }
  }
}

extension Configurable {
  /// The name and all hyperparameters as text, such as `momentum:momentum=0.9`; its registry reads
  /// the same text back to an equal value.
  public var specification: String {
    Self.specification(
      self.hyperparameterValues.map { "\($0.name)=\($0.value)" })
  }

  /// The hyperparameters with their present values, in the order they are listed.
  public var hyperparameterValues: [(name: String, value: Double)] {
    Self.hyperparameters.map { ($0.name, self[keyPath: $0.keyPath]) }
  }

  static func specification(_ settings: [String]) -> String {
    settings.isEmpty ? name : "\(name):\(settings.joined(separator: ","))"
  }

  /// Sets one hyperparameter by name.
  ///
  /// - Throws: `AnsatzError` for an unknown name (with a suggestion) or a value out of bounds.
  public mutating func set(_ name: String, to value: Double) throws {
    guard let match = Self.hyperparameters.first(where: { $0.name == name }) else {
      let names = Self.hyperparameters.map(\.name)
      let help = names.isEmpty ? "it has none" : didYouMean(name, in: names)
      throw AnsatzError(.usage, "'\(Self.name)' has no hyperparameter '\(name)'; \(help)")
    }
    guard match.bounds.contains(value) else {
      throw AnsatzError(
        .usage, "\(name) of '\(Self.name)' must be \(match.bounds.text), not \(value)")
    }
    self[keyPath: match.keyPath] = value
  }

  /// The rule with defaults, changed by settings such as `["beta1=0.95"]`.
  init(settings: [Substring]) throws {
    self.init()
    for setting in settings {
      let parts = setting.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard parts.count == 2, let value = Double(parts[1]) else {
        throw AnsatzError(
          .usage,
          "cannot read '\(setting)' of '\(Self.name)'; write NAME=NUMBER, as in "
            + Self().specification)
      }
      try set(String(parts[0]), to: value)
    }
  }
}

/// Splits `name:key=value,key=value`.
func parseSpecification(_ text: Substring) -> (name: String, settings: [Substring]) {
  let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
  let settings = parts.count == 2 ? parts[1].split(separator: ",") : []
  return (String(parts[0]), settings)
}
