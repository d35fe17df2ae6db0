import AnsatzMath

/// The values that a setting may take: what the command line accepts and lists, what files are
/// checked against, and what a search goes through.
public indirect enum SettingDomain: Equatable, Sendable {
  /// A whole number.
  case whole(ClosedRange<Int>)
  /// One of some whole numbers.
  case oneOf([Int])
  /// A real number.
  case real(RealRange)
  /// True or false.
  case flag
  /// One of some names.
  case choice([String])
  /// One of some names, perhaps with settings of its own: `spsa:draws=3`.
  case named([String])
  /// Several whole numbers.
  case wholes(ClosedRange<Int>)
  /// A value, or a word that stands for none.
  case optional(SettingDomain, none: String)
  /// Anything of the same kind as an example.
  case like(JSONValue)

  /// What a text stands for, nil if it stands for none of the values.
  public func value(of text: String) -> JSONValue? {
    switch self {
    case .whole(let range): Int(text).flatMap { range.contains($0) ? .integer($0) : nil }
    case .oneOf(let values): Int(text).flatMap { values.contains($0) ? .integer($0) : nil }
    case .real(let range): Double(text).flatMap { range.contains($0) ? .number($0) : nil }
    case .flag: Bool(text).map { .bool($0) }
    case .choice(let names): names.contains(text) ? .string(text) : nil
    case .named(let names):
      names.contains(Specification(parsing: text).name) ? .string(text) : nil
    case .wholes(let range): Self.list(text) { .whole(range) }
    case .optional(let domain, let none): text == none ? .null : domain.value(of: text)
    case .like(let example): Self.value(of: text, like: example)
    }
  }

  /// The values in words, to follow "must be".
  public var text: String {
    switch self {
    case .whole(let range): "a whole number" + Self.text(range)
    case .oneOf(let values): Self.alternatives(values.map { "\($0)" })
    case .real(let range): range.text
    case .flag: "true or false"
    case .choice(let names), .named(let names): "one of " + names.joined(separator: ", ")
    case .wholes(let range):
      "a whole number\(Self.text(range)), or several separated by commas"
    case .optional(let domain, let none): "\(domain.text), or \(none)"
    case .like(let example): Self.kind(example)
    }
  }

  /// The names among which one is chosen, nil if the values are no names.
  var names: [String]? {
    switch self {
    case .choice(let names), .named(let names): names
    default: nil
    }
  }

  /// The near miss of a name, if the values are names.
  func suggestion(for text: String) -> String {
    guard let names, let match = nearestMatch(to: text, in: names) else { return "" }
    return "; did you mean '\(match)'?"
  }

  private static func text(_ range: ClosedRange<Int>) -> String {
    switch (range.lowerBound, range.upperBound) {
    case (.min, .max): ""
    case (let low, .max): ", \(low) or more"
    case (let low, let high): " from \(low) to \(high)"
    }
  }

  private static func alternatives(_ names: [String]) -> String {
    guard names.count > 1, let last = names.last else { return names.joined() }
    return names.dropLast().joined(separator: ", ") + " or \(last)"
  }

  private static func list(
    _ text: String, of domain: () -> SettingDomain
  ) -> JSONValue? {
    let trimmed =
      text.hasPrefix("[") && text.hasSuffix("]") ? text.dropFirst().dropLast() : text[...]
    let domain = domain()
    let values = trimmed.split(separator: ",").map { part in
      domain.value(of: part.filter { $0 != " " })
    }
    return values.contains(nil) ? nil : .array(values.compactMap { $0 })
  }

  private static func value(of text: String, like example: JSONValue) -> JSONValue? {
    switch example {
    case .bool: Bool(text).map { .bool($0) }
    // A default of 1.0 looks like a whole number in JSON; decoding tells them apart.
    case .integer, .number:
      Int(text).map { .integer($0) }
        ?? Double(text).flatMap { $0.isFinite ? .number($0) : nil }
    case .string: .string(text)
    case .array(let values): list(text) { .like(values.first ?? .string("")) }
    case .null, .object: nil
    }
  }

  private static func kind(_ example: JSONValue) -> String {
    switch example {
    case .null: "nothing"
    case .bool: "true or false"
    case .integer: "a whole number"
    case .number: "a number"
    case .string: "a text"
    case .array(let values):
      (values.first.map(kind) ?? "a value") + ", or several separated by commas"
    case .object: "an object"
    }
  }
}
