import AnsatzMath

/// How a data set is made of a table.
public struct TableOptions: Codable, Equatable, Sendable {
  /// How the file is written, as far as that is known.
  public var format = CSVFormat()
  /// Columns that are left out, by name.
  public var dropped: [String] = []
  /// A column that names the rows and is no feature; predictions begin with it.
  public var identifier: String?
  /// Whether rows without a label are left out; they are refused otherwise.
  public var skipsMissingLabels = false
  /// What becomes of classes with fewer rows than `minimumClassRows`.
  public var rareClasses = RareClasses.error
  /// How many rows a class needs.
  public var minimumClassRows = 1

  /// Every column beside the label is a feature, every row has a label and every class counts.
  public init() {}
}

/// How a table was read, and what was left out: enough to read another one alike.
public struct TableReading: Codable, Equatable, Sendable {
  /// What was asked for.
  public var options: TableOptions
  /// How the file turned out to be written.
  public var dialect: CSVDialect
  /// Whether numbers have marks between their thousands.
  public var hasGroupedNumbers = false
  /// The columns left out, by their names.
  public var dropped: [String] = []
  /// Rows left out because they have no label.
  public var skippedRows = 0
  /// Rows left out because the training data's reading left their class out.
  public var droppedRows = 0
  /// How many columns the file has, if they are not all features but for the label.
  public var columnCount: Int?
  /// The rare classes that were merged or left out, with their rows.
  public var rareClasses: [ClassSize] = []

  /// A class and its rows.
  public struct ClassSize: Codable, Equatable, Sendable {
    /// The class's name.
    public var name: String
    /// How many rows it has.
    public var rows: Int
  }

  /// A table read in the standard way, from which nothing was left out.
  public init(options: TableOptions = TableOptions(), dialect: CSVDialect = CSVDialect()) {
    self.options = options
    self.dialect = dialect
  }

  /// What a user should know of it, one line each.
  public var notices: [String] {
    var notices: [String] = []
    if dialect != CSVDialect() || hasGroupedNumbers {
      notices.append(dialect.summary + (hasGroupedNumbers ? ", marks between thousands" : ""))
    }
    for (count, kind) in [
      (skippedRows, "without a label"), (droppedRows, "of classes that training left out"),
    ] where count > 0 {
      notices.append("\(count) \(count == 1 ? "row" : "rows") \(kind) skipped")
    }
    let sizes = rareClasses.map { "'\(abbreviated($0.name))' (\($0.rows))" }.joined(separator: ", ")
    let limit = "with fewer than \(options.minimumClassRows) rows"
    switch options.rareClasses {
    case .error: break
    case _ where rareClasses.isEmpty: notices.append("there is no class \(limit)")
    case .merge:
      notices.append("classes \(limit) merged into '\(RareClasses.mergedName)': \(sizes)")
    case .drop: notices.append("rows of classes \(limit) left out: \(sizes)")
    }
    return notices
  }

  /// The format of another file that goes with this one: what the user said of this one, and what
  /// turned out where the other one does not tell.
  public var formatOfTwin: CSVFormat {
    var format = options.format
    format.fallback = dialect
    return format
  }

  /// The format of a file that comes later, which tells itself how it is written.
  public var formatOfSuccessor: CSVFormat {
    CSVFormat(
      fallback: dialect, ignoredColumns: dropped + (options.identifier.map { [$0] } ?? []))
  }
}

extension TableReading {
  /// A file of which some columns are features.
  init(_ file: CSVFile, _ options: TableOptions, features: [Int], label: Int) {
    self.init(options: options, dialect: file.dialect)
    hasGroupedNumbers = file.hasGroupedNumbers
    columnCount = features.count + 1 == file.columnCount ? nil : file.columnCount
    let kept = Set(features + [label])
    dropped = file.columnNames.indices
      .filter { !kept.contains($0) && file.columnNames[$0] != options.identifier }
      .map { file.columnNames[$0] }
  }
}
