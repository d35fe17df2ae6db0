import AnsatzMath

/// Something chosen by name and tuned by settings: a model, an optimizer, a schedule, a gradient
/// method.
///
/// The command line, its help, files, tables in the documentation and searches over settings all
/// read the same list.
public protocol Configurable: Sendable {
  /// The name that options, files and messages use.
  static var name: String { get }
  /// What it does, in one sentence without a full stop.
  static var summary: String { get }
  /// What a user may set, in the order of listings.
  static var settings: [Setting<Self>] { get }
  /// What messages call it.
  static var title: String { get }
  /// With its default settings.
  init()
}

extension Configurable {
  public static var settings: [Setting<Self>] { [] }
  public static var title: String { "'\(name)'" }

  /// The settings with their present values, in the order they are listed.
  public var settingValues: [(name: String, value: JSONValue)] {
    Self.settings.map { ($0.name, $0.value(in: self)) }
  }

  /// The name and all settings as text, such as `momentum:momentum=0.9`, which reads back to an
  /// equal value.
  public var specification: String {
    Specification(Self.name, settingValues.map { "\($0.name)=\($0.value.text)" }).text
  }

  /// Sets one setting from what a user typed.
  ///
  /// - Throws: `AnsatzError` for an unknown name (with a suggestion) or a value it cannot be.
  public mutating func set(_ name: String, to text: String) throws(AnsatzError) {
    guard let setting = Self.settings.first(where: { $0.name == name }) else {
      let names = Self.settings.map(\.name)
      let help = names.isEmpty ? "it has none" : didYouMean(name, in: names)
      throw AnsatzError(.usage, "\(Self.title) has no setting '\(name)'; \(help)")
    }
    guard setting.set(text, in: &self) else {
      throw AnsatzError(
        .usage,
        "\(name) of \(Self.title) must be \(setting.domain.text), not '\(text)'"
          + setting.domain.suggestion(for: text))
    }
  }

  /// Sets several settings from texts such as `beta1=0.95`.
  ///
  /// - Throws: As `set`, and for a text without `=`.
  public mutating func set(_ settings: [String]) throws(AnsatzError) {
    for setting in settings {
      let sides = setting.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard sides.count == 2 else {
        let example = settingValues.first.map { "\($0.name)=\($0.value.text)" }
        throw AnsatzError(
          .usage,
          "cannot read '\(setting)' of \(Self.title); "
            + (example.map { "write NAME=VALUE, as in \($0)" } ?? "it has no settings"))
      }
      try set(String(sides[0]), to: String(sides[1]))
    }
  }

  /// With defaults, changed by settings such as `["beta1=0.95"]`.
  public init(settings: [String]) throws(AnsatzError) {
    self.init()
    try set(settings)
  }
}
