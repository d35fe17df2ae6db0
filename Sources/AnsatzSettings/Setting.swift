import AnsatzMath

/// One named option of something that can be configured: its help, the values it may take, and
/// where the value is kept.
public struct Setting<Owner>: Sendable {
  /// What a user sets it by.
  public let name: String
  /// What it does, in one line.
  public let help: String
  /// The values it may take.
  public let domain: SettingDomain
  private let read: @Sendable (Owner) -> JSONValue
  private let write: @Sendable (inout Owner, JSONValue) -> Bool

  /// A setting that is kept in some way of its own.
  ///
  /// - Parameter write: Given a value of the domain; returns whether the owner takes it.
  public init(
    _ name: String, _ domain: SettingDomain, _ help: String,
    read: @escaping @Sendable (Owner) -> JSONValue,
    write: @escaping @Sendable (inout Owner, JSONValue) -> Bool
  ) {
    self.name = name
    self.help = help
    self.domain = domain
    self.read = read
    self.write = write
  }

  /// The present value.
  public func value(in owner: Owner) -> JSONValue { read(owner) }

  /// Sets the value from what a user typed.
  ///
  /// - Returns: Whether it is one of the values allowed.
  func set(_ text: String, in owner: inout Owner) -> Bool {
    domain.value(of: text).map { write(&owner, $0) } ?? false
  }
}

extension Setting {
  /// A real number.
  public init(
    _ name: String, _ keyPath: WritableKeyPath<Owner, Double> & Sendable, _ range: RealRange,
    _ help: String = ""
  ) {
    self.init(
      name, .real(range), help, read: { .number($0[keyPath: keyPath]) },
      write: { owner, value in
        guard case .number(let number) = value else { return false }
        owner[keyPath: keyPath] = number
        return true
      })
  }

  /// A real number or none, for which a word stands.
  public init(
    _ name: String, _ keyPath: WritableKeyPath<Owner, Double?> & Sendable, _ range: RealRange,
    none: String, _ help: String = ""
  ) {
    self.init(
      name, .optional(.real(range), none: none), help,
      read: { $0[keyPath: keyPath].map { .number($0) } ?? .string(none) },
      write: { owner, value in
        if case .number(let number) = value { owner[keyPath: keyPath] = number }
        if case .null = value { owner[keyPath: keyPath] = nil }
        return true
      })
  }

  /// A whole number.
  public init(
    _ name: String, _ keyPath: WritableKeyPath<Owner, Int> & Sendable, _ range: ClosedRange<Int>,
    _ help: String = ""
  ) {
    self.init(name, keyPath, .whole(range), help)
  }

  /// One of some whole numbers.
  public init(
    _ name: String, _ keyPath: WritableKeyPath<Owner, Int> & Sendable, oneOf values: [Int],
    _ help: String = ""
  ) {
    self.init(name, keyPath, .oneOf(values), help)
  }

  private init(
    _ name: String, _ keyPath: WritableKeyPath<Owner, Int> & Sendable, _ domain: SettingDomain,
    _ help: String
  ) {
    self.init(
      name, domain, help, read: { .integer($0[keyPath: keyPath]) },
      write: { owner, value in
        guard case .integer(let number) = value else { return false }
        owner[keyPath: keyPath] = number
        return true
      })
  }

  /// A whole number or none, for which a word stands.
  public init(
    _ name: String, _ keyPath: WritableKeyPath<Owner, Int?> & Sendable, _ range: ClosedRange<Int>,
    none: String, _ help: String = ""
  ) {
    self.init(
      name, .optional(.whole(range), none: none), help,
      read: { $0[keyPath: keyPath].map { .integer($0) } ?? .string(none) },
      write: { owner, value in
        if case .integer(let number) = value { owner[keyPath: keyPath] = number }
        if case .null = value { owner[keyPath: keyPath] = nil }
        return true
      })
  }

  /// A seed.
  public init(
    seed name: String, _ keyPath: WritableKeyPath<Owner, UInt64> & Sendable, _ help: String = ""
  ) {
    self.init(
      name, .whole(0...Int.max), help, read: { .integer(Int(clamping: $0[keyPath: keyPath])) },
      write: { owner, value in
        guard case .integer(let number) = value else { return false }
        owner[keyPath: keyPath] = UInt64(number)
        return true
      })
  }

  /// True or false.
  public init(
    _ name: String, _ keyPath: WritableKeyPath<Owner, Bool> & Sendable, _ help: String = ""
  ) {
    self.init(
      name, .flag, help, read: { .bool($0[keyPath: keyPath]) },
      write: { owner, value in
        guard case .bool(let flag) = value else { return false }
        owner[keyPath: keyPath] = flag
        return true
      })
  }

  /// One of some names.
  public init(
    _ name: String, _ keyPath: WritableKeyPath<Owner, String> & Sendable, choices: [String],
    _ help: String = ""
  ) {
    self.init(name, keyPath, .choice(choices), help)
  }

  /// One of some names, perhaps with settings of its own, as in `spsa:draws=3`.
  public init(
    _ name: String, _ keyPath: WritableKeyPath<Owner, String> & Sendable, named names: [String],
    _ help: String = ""
  ) {
    self.init(name, keyPath, .named(names), help)
  }

  /// Any text.
  public init(
    text name: String, _ keyPath: WritableKeyPath<Owner, String> & Sendable, _ help: String = ""
  ) {
    self.init(name, keyPath, .like(.string("")), help)
  }

  private init(
    _ name: String, _ keyPath: WritableKeyPath<Owner, String> & Sendable, _ domain: SettingDomain,
    _ help: String
  ) {
    self.init(
      name, domain, help, read: { .string($0[keyPath: keyPath]) },
      write: { owner, value in
        guard case .string(let text) = value else { return false }
        owner[keyPath: keyPath] = text
        return true
      })
  }

  /// Several names.
  public init(
    names name: String, _ keyPath: WritableKeyPath<Owner, [String]> & Sendable, _ help: String = ""
  ) {
    self.init(
      name, .like(.array([.string("")])), help,
      read: { .array($0[keyPath: keyPath].map { .string($0) }) },
      write: { owner, value in
        guard case .array(let values) = value else { return false }
        owner[keyPath: keyPath] = values.map(\.text)
        return true
      })
  }

  /// Several whole numbers.
  public init(
    _ name: String, _ keyPath: WritableKeyPath<Owner, [Int]> & Sendable,
    each range: ClosedRange<Int>, _ help: String = ""
  ) {
    self.init(
      name, .wholes(range), help,
      read: { .array($0[keyPath: keyPath].map { .integer($0) }) },
      write: { owner, value in
        guard case .array(let values) = value else { return false }
        owner[keyPath: keyPath] = values.compactMap { value in
          guard case .integer(let number) = value else { return nil }
          return number
        }
        return true
      })
  }
}
