import AnsatzMath

/// Rows from a CSV file in the form of an earlier data set, with labels if the file has them.
///
/// For predictions, evaluations, and a test file beside a training file.
public struct NewRows: Sendable {
  /// The earlier features, in their order, whatever the order in the file.
  public let features: Table
  let file: CSVFile
  let labelIndex: Int?
  /// Where each feature stands in the file.
  let positions: [Int]

  /// Reads a file whose columns are those of `schema`, with or without the label column.
  ///
  /// Columns are matched by name, in any order, and others are ignored. If the earlier data had no
  /// header line, they are matched by position.
  ///
  /// - Parameters:
  ///   - schema: The earlier features.
  ///   - labelColumn: Where the file may have labels.
  ///   - columnCount: How many columns the earlier file had; nil if all but the label were features.
  ///   - format: What is known of the delimiter and the decimal mark.
  /// - Throws: `AnsatzError` naming the columns that are absent, or the cell that does not fit.
  public init(
    csv path: String, schema: [ColumnSchema], labelColumn: String?, columnCount: Int? = nil,
    format: CSVFormat = CSVFormat()
  ) throws {
    let isNamed = !CSVFile.areGenerated(schema.map(\.name))
    let isTextOnly = schema.allSatisfy { $0.kind == .text }
    let file = try CSVFile(
      path: path, header: !isNamed && isTextOnly ? .absent : .detected,
      expecting: isNamed ? schema.map(\.name) : [], format: format)
    try self.init(
      file, schema: schema, labelColumn: labelColumn, columnCount: columnCount)
  }

  /// Reads rows from a CSV file that is already parsed.
  public init(
    _ file: CSVFile, schema: [ColumnSchema], labelColumn: String?, columnCount: Int? = nil
  ) throws {
    let names = schema.map(\.name)
    let isNamed = !CSVFile.areGenerated(names)
    if isNamed, !file.hasHeader {
      throw AnsatzError(
        .badData,
        "\(file.source) has no header line; it must name its columns: "
          + names.prefix(3).joined(separator: ",") + (names.count > 3 ? ",…" : ""))
    }
    if !isNamed, file.hasHeader {
      throw AnsatzError(
        .badData,
        "\(file.source) has a header line, but the training data had none; remove the line")
    }
    let positions: [Int]
    if !isNamed, file.columnCount == schema.count {
      positions = Array(schema.indices)
      labelIndex = nil
    } else if !isNamed, file.columnCount != columnCount ?? schema.count + 1 {
      throw AnsatzError(
        .badData,
        "\(file.source) has \(file.columnCount) columns; the training data had "
          + (columnCount.map { "\($0), and \(schema.count) of them are features" }
            ?? "\(schema.count) features and a label"))
    } else {
      try requireColumns(names, among: file.columnNames, source: file.source)
      let position = Dictionary(uniqueKeysWithValues: zip(file.columnNames, 0...))
      positions = names.compactMap { position[$0] }
      labelIndex = labelColumn.flatMap { file.columnNames.firstIndex(of: $0) }
    }
    self.positions = positions
    let columns = try zip(schema, positions).map { wanted, position in
      Column(wanted.name, try file.feature(column: position, as: wanted.kind).values)
    }
    features = try Table(columns: columns, source: file.source)
    self.file = file
  }

  /// How the file was read.
  public var reading: TableReading {
    var reading = TableReading(dialect: file.dialect)
    reading.hasGroupedNumbers = file.hasGroupedNumbers
    reading.columnCount = file.columnCount
    return reading
  }

  /// Whether the file also says what the classes are.
  public var hasLabels: Bool { labelIndex != nil }
}

extension Dataset {
  /// Reads a file of the same features and classes as an earlier data set, for a fixed test split.
  ///
  /// - Throws: `AnsatzError` where a column, a cell or a label does not fit, and unless they are to be
  ///   ignored where a category is none of the earlier ones.
  public init(
    csv path: String, like reference: Dataset, unknownCategories: UnknownCategories = .error
  ) throws {
    let rows = try NewRows(
      csv: path, schema: reference.features.schema, labelColumn: reference.labelColumn,
      columnCount: reference.reading.columnCount, format: reference.reading.formatOfTwin)
    if unknownCategories == .error {
      try rows.requireKnownCategories(reference.features.categories)
    }
    let labelled = try rows.labelled(
      classNames: reference.classNames, reading: reference.reading)
    try self.init(
      name: path, features: labelled.features, labels: labelled.labels,
      classNames: reference.classNames, labelColumn: reference.labelColumn)
    reading = labelled.reading
  }
}
