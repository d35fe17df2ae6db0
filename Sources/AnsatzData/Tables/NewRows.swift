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
  /// - Throws: `AnsatzError` naming the columns that are absent, or the cell that does not fit.
  public init(csv path: String, schema: [ColumnSchema], labelColumn: String?) throws {
    let isNamed = !CSVFile.areGenerated(schema.map(\.name))
    let isTextOnly = schema.allSatisfy { $0.kind == .text }
    let file = try CSVFile(
      path: path, header: !isNamed && isTextOnly ? .absent : .detected,
      expecting: isNamed ? schema.map(\.name) : [])
    try self.init(file, schema: schema, labelColumn: labelColumn)
  }

  /// Reads rows from a CSV file that is already parsed.
  public init(_ file: CSVFile, schema: [ColumnSchema], labelColumn: String?) throws {
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
    } else if !isNamed, file.columnCount != schema.count + 1 {
      throw AnsatzError(
        .badData,
        "\(file.source) has \(file.columnCount) columns; the training data had \(schema.count) "
          + "features and a label")
    } else {
      try requireColumns(names, among: file.columnNames, source: file.source)
      positions = names.compactMap { file.columnNames.firstIndex(of: $0) }
      labelIndex = labelColumn.flatMap { file.columnNames.firstIndex(of: $0) }
    }
    self.positions = positions
    let columns = try zip(schema, positions).map { wanted, position in
      Column(wanted.name, try file.feature(column: position, as: wanted.kind).values)
    }
    features = try Table(columns: columns, source: file.source)
    self.file = file
  }

  /// Whether the file also says what the classes are.
  public var hasLabels: Bool { labelIndex != nil }

  /// The rows' labels as indices into `classNames`.
  ///
  /// - Throws: `AnsatzError` if the file has no label column, a label is missing, or a class was not
  ///   among the earlier ones; the message names the line.
  public func labels(classNames: [String]) throws -> [Int] {
    guard let labelIndex else {
      throw AnsatzError(.badData, "\(file.source) has no label column to compare with")
    }
    let index = Dictionary(
      zip(classNames, classNames.indices), uniquingKeysWith: { first, _ in first })
    return try file.requiredLabels(column: labelIndex).enumerated().map { row, label in
      guard let known = index[label] else {
        throw AnsatzError(
          .badData,
          "\(file.place(row: row, column: labelIndex)): the class '\(abbreviated(label))' is "
            + "unknown; \(didYouMean(label, in: classNames))")
      }
      return known
    }
  }
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
      csv: path, schema: reference.features.schema, labelColumn: reference.labelColumn)
    if unknownCategories == .error {
      try rows.requireKnownCategories(reference.features.categories)
    }
    try self.init(
      name: path, features: rows.features, labels: rows.labels(classNames: reference.classNames),
      classNames: reference.classNames, labelColumn: reference.labelColumn)
  }
}
