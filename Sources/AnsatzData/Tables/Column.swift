/// A named column of a table: numbers, or texts that stand for categories.
public struct Column: Equatable, Sendable {
  /// What the cells of a column are.
  public enum Kind: String, Codable, Sendable {
    /// Numbers.
    case numeric
    /// Texts, such as categories.
    case text
  }

  /// One value per row; nil where it is missing. Numbers are finite.
  public enum Values: Equatable, Sendable {
    /// Numbers; nil where a cell is empty.
    case numeric([Double?])
    /// Texts; nil where a cell is empty.
    case text([String?])
  }

  /// From the header.
  public let name: String
  /// The cells.
  public let values: Values
  /// The text column one of whose categories this column of 0 and 1 stands for, if `OneHot` made it.
  public let encodedFrom: String?

  /// A column of cells.
  public init(_ name: String, _ values: Values, encodedFrom: String? = nil) {
    self.name = name
    self.values = values
    self.encodedFrom = encodedFrom
  }

  /// A column of numbers without gaps.
  public init(_ name: String, numbers: [Double]) {
    self.init(name, .numeric(numbers))
  }

  /// What its cells are.
  public var kind: Kind {
    switch values {
    case .numeric: .numeric
    case .text: .text
    }
  }

  /// How many cells it has.
  public var count: Int {
    switch values {
    case .numeric(let numbers): numbers.count
    case .text(let texts): texts.count
    }
  }

  /// How many cells are empty.
  public var missingCount: Int {
    switch values {
    case .numeric(let numbers): numbers.count { $0 == nil }
    case .text(let texts): texts.count { $0 == nil }
    }
  }

  func subset(_ rows: [Int]) -> Column {
    switch values {
    case .numeric(let numbers):
      Column(name, .numeric(rows.map { numbers[$0] }), encodedFrom: encodedFrom)
    case .text(let texts): Column(name, .text(rows.map { texts[$0] }))
    }
  }
}

/// What a later table must bring: a column's name and kind.
public struct ColumnSchema: Codable, Equatable, Sendable {
  /// From the header.
  public let name: String
  /// What its cells must be.
  public let kind: Column.Kind

  /// What a column must be called and hold.
  public init(name: String, kind: Column.Kind) {
    self.name = name
    self.kind = kind
  }
}
