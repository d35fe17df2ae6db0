/// A named column of a table: numbers, or texts that stand for categories.
public struct Column: Equatable, Sendable {
  public enum Kind: String, Codable, Sendable {
    case numeric
    case text
  }

  /// One value per row; nil where it is missing. Numbers are finite.
  public enum Values: Equatable, Sendable {
    case numeric([Double?])
    case text([String?])
  }

  public let name: String
  public let values: Values

  public init(_ name: String, _ values: Values) {
    self.name = name
    self.values = values
  }

  public init(_ name: String, numbers: [Double]) {
    self.init(name, .numeric(numbers))
  }

  public var kind: Kind {
    switch values {
    case .numeric: .numeric
    case .text: .text
    }
  }

  public var count: Int {
    switch values {
    case .numeric(let numbers): numbers.count
    case .text(let texts): texts.count
    }
  }

  public var missingCount: Int {
    switch values {
    case .numeric(let numbers): numbers.count { $0 == nil }
    case .text(let texts): texts.count { $0 == nil }
    }
  }

  func subset(_ rows: [Int]) -> Column {
    switch values {
    case .numeric(let numbers): Column(name, .numeric(rows.map { numbers[$0] }))
    case .text(let texts): Column(name, .text(rows.map { texts[$0] }))
    }
  }
}

/// What a later table must bring: a column's name and kind.
public struct ColumnSchema: Codable, Equatable, Sendable {
  public let name: String
  public let kind: Column.Kind

  public init(name: String, kind: Column.Kind) {
    self.name = name
    self.kind = kind
  }
}
