import AnsatzMath

/// Things that can be chosen by name, in the order of listings.
public struct Catalogue<Entry> {
  /// What one of them is called: `optimizer`.
  public let kind: String
  /// All of them.
  public let entries: [Entry]
  private let nameOf: (Entry) -> String

  /// A list of things of a kind, each with a name.
  public init(_ kind: String, _ entries: [Entry], name: @escaping (Entry) -> String) {
    self.kind = kind
    self.entries = entries
    nameOf = name
  }

  /// The names of all, in the order of listings.
  public var names: [String] { entries.map(nameOf) }

  /// The entry of that name, nil if there is none.
  public subscript(name: String) -> Entry? { entries.first { nameOf($0) == name } }

  /// The entry of that name.
  ///
  /// - Throws: `AnsatzError` for an unknown name, with the near miss or all names.
  public func named(_ name: String) throws(AnsatzError) -> Entry {
    if let entry = self[name] { return entry }
    throw AnsatzError(.usage, "unknown \(kind) '\(name)'; \(didYouMean(name, in: names))")
  }
}
