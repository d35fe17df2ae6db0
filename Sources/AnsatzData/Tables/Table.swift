import AnsatzMath

/// Named columns of equal length.
public struct Table: Equatable, Sendable {
  /// In the order of the file.
  public let columns: [Column]
  /// How many rows every column has.
  public let rowCount: Int
  /// The table's name in messages: a file, or a data set.
  public let source: String

  /// - Throws: `AnsatzError` if two columns share a name or their lengths differ.
  public init(columns: [Column], source: String) throws {
    var seen: Set<String> = []
    for column in columns {
      guard seen.insert(column.name).inserted else {
        throw AnsatzError(
          .badData, "\(source): two columns are named '\(column.name)'; names must differ")
      }
      guard column.count == columns[0].count else {
        throw AnsatzError(
          .badData,
          "\(source): column '\(column.name)' has \(column.count) rows, but "
            + "'\(columns[0].name)' has \(columns[0].count)")
      }
    }
    self.init(trusted: columns, rowCount: columns.first?.count ?? 0, source: source)
  }

  /// A table of the numbers in a matrix of shape `[rows, columns]`; without names the columns are
  /// `column1`, `column2`, ….
  ///
  /// - Throws: `AnsatzError` if the matrix holds a value that is not finite or the names do not fit.
  public init(matrix: Tensor<Double>, names: [String]? = nil, source: String) throws {
    let width = matrix.rowSize
    let names = names ?? (0..<width).map { "column\($0 + 1)" }
    guard names.count == width else {
      throw AnsatzError(.badData, "\(source): \(names.count) names for \(width) columns")
    }
    let elements = matrix.elements
    if let bad = elements.firstIndex(where: { !$0.isFinite }) {
      throw AnsatzError(
        .badData,
        "\(source): row \(bad / width + 1) of column '\(names[bad % width])' is not finite")
    }
    try self.init(
      columns: names.indices.map { c in
        Column(
          names[c], numbers: stride(from: c, to: elements.count, by: width).map { elements[$0] })
      }, source: source)
  }

  init(trusted columns: [Column], rowCount: Int, source: String) {
    self.columns = columns
    self.rowCount = rowCount
    self.source = source
  }

  /// In the order of the columns.
  public var columnNames: [String] { columns.map(\.name) }

  /// What the columns are called and hold.
  public var schema: [ColumnSchema] {
    columns.map { ColumnSchema(name: $0.name, kind: $0.kind) }
  }

  /// The column of that name, if there is one.
  public func column(named name: String) -> Column? {
    columns.first { $0.name == name }
  }

  /// The rows at the given indices, in that order; repeats are allowed.
  public func subset(_ rows: [Int]) -> Table {
    Table(trusted: columns.map { $0.subset(rows) }, rowCount: rows.count, source: source)
  }

  /// The columns a schema asks for, in its order; other columns are left out.
  ///
  /// - Throws: `AnsatzError` naming the columns that are absent or of the wrong kind.
  public func selecting(_ schema: [ColumnSchema]) throws -> Table {
    let positions = Dictionary(uniqueKeysWithValues: columns.indices.map { (columns[$0].name, $0) })
    try requireColumns(schema.map(\.name), among: columnNames, source: source)
    let selected = try schema.map { wanted in
      guard let position = positions[wanted.name] else {
        throw AnsatzError(.badData, "\(source) has no column '\(wanted.name)'")
      }
      let column = columns[position]
      guard column.kind == wanted.kind || column.missingCount == rowCount else {
        let (expected, found) =
          wanted.kind == .numeric ? ("numbers are", "text") : ("text is", "numbers")
        throw AnsatzError(
          .badData,
          "\(source): column '\(wanted.name)' holds \(found) where \(expected) expected")
      }
      return column.kind == wanted.kind ? column : Column(allMissing: wanted, count: rowCount)
    }
    return Table(trusted: selected, rowCount: rowCount, source: source)
  }
}

extension Column {
  /// A column without a value has no kind of its own; it takes the one asked for.
  fileprivate init(allMissing schema: ColumnSchema, count: Int) {
    switch schema.kind {
    case .numeric: self.init(schema.name, .numeric([Double?](repeating: nil, count: count)))
    case .text: self.init(schema.name, .text([String?](repeating: nil, count: count)))
    }
  }
}

/// - Throws: `AnsatzError` listing every wanted column that is absent, with the near miss of a
///   single one.
func requireColumns(_ wanted: [String], among names: [String], source: String) throws {
  let present = Set(names)
  let absent = wanted.filter { !present.contains($0) }
  guard let first = absent.first else { return }
  if absent.count == 1 {
    let known = Set(wanted)
    let unused = names.filter { !known.contains($0) }
    let hint = nearestMatch(to: first, in: unused).map { "; did you mean '\($0)'?" } ?? ""
    throw AnsatzError(.badData, "\(source) has no column '\(first)'\(hint)")
  }
  let shown = absent.prefix(5).map { "'\($0)'" }.joined(separator: ", ")
  let more = absent.count > 5 ? " and \(absent.count - 5) more" : ""
  throw AnsatzError(.badData, "\(source) lacks the columns \(shown)\(more)")
}
