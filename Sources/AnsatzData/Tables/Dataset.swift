import AnsatzMath

/// A classification task: a table of features, and one class per row.
public struct Dataset: Sendable {
  /// What reports call it.
  public let name: String
  /// Every column but the label.
  public let features: Table
  /// Indices into `classNames`, one per row.
  public let labels: [Int]
  /// Ascending: by number if every class is one, by text otherwise.
  public let classNames: [String]
  /// The name of the column that held the classes, if it came from a file.
  public let labelColumn: String?
  /// Who made it, if known.
  public let origin: String
  /// What it may be used under, if known.
  public let licence: String
  /// How the table was read that it comes from.
  public internal(set) var reading = TableReading()

  /// - Throws: `AnsatzError` if the labels do not fit the features or the classes.
  public init(
    name: String, features: Table, labels: [Int], classNames: [String], labelColumn: String? = nil,
    origin: String = "", licence: String = ""
  ) throws {
    guard labels.count == features.rowCount else {
      throw AnsatzError(
        .badData, "\(name): \(labels.count) labels for \(features.rowCount) rows of features")
    }
    if let label = labels.first(where: { !classNames.indices.contains($0) }) {
      throw AnsatzError(.badData, "\(name): label \(label) of only \(classNames.count) classes")
    }
    self.init(
      trusted: name, features: features, labels: labels, classNames: classNames,
      labelColumn: labelColumn, origin: origin, licence: licence)
  }

  /// Reads a task from a CSV file whose column `label` holds the class; the rest are features.
  ///
  /// - Throws: `AnsatzError` naming the place: everything `CSVFile` refuses, an unknown column, a
  ///   missing label, a single class, labels that are quantities, classes with too few rows, a
  ///   feature that is neither numeric nor categorical; unless `options` say what to do then.
  public init(csv path: String, label: String, options: TableOptions = TableOptions()) throws {
    var format = options.format
    format.ignoredColumns += options.dropped + (options.identifier.map { [$0] } ?? [])
    let file = try CSVFile(path: path, expecting: [label], format: format)
    try self.init(file, name: path, label: label, options: options)
  }

  /// Reads a task from a CSV file that is already parsed.
  public init(
    _ file: CSVFile, name: String, label: String, options: TableOptions = TableOptions(),
    origin: String = "", licence: String = ""
  ) throws {
    let labelIndex = try file.labelIndex(label)
    let featureIndices = try file.featureIndices(besides: labelIndex, options: options)
    let texts = file.texts(column: labelIndex)
    let labelled = texts.indices.filter { texts[$0] != nil }
    if labelled.count < texts.count, !options.skipsMissingLabels,
      let row = texts.firstIndex(of: nil)
    {
      throw file.missingLabel(row: row, column: labelIndex)
    }
    let labels = texts.compactMap { $0 }
    guard !labels.isEmpty else {
      throw AnsatzError(.badData, "\(file.source): no row has a label in column '\(label)'")
    }
    let mark = file.dialect.decimalMark
    let classes = ClassNames(labels, mark)
    guard classes.names.count > 1 else {
      throw AnsatzError(
        .badData,
        "\(file.source): the label column '\(label)' has one class only ('\(classes.names[0])'); "
          + "a classifier needs two or more")
    }
    try LabelKind(classes.keys, rows: labels.count)
      .requireClasses(source: file.source, column: label, rows: labels.count)
    let columns = try featureIndices.map { index in
      let column = try file.feature(column: index)
      try file.checkCategories(column)
      return labelled.count == file.rowCount ? column : column.subset(labelled)
    }
    var all = try Dataset(
      name: name, features: Table(columns: columns, source: file.source),
      labels: labels.compactMap { classes.index(of: $0, mark) }, classNames: classes.names,
      labelColumn: label, origin: origin, licence: licence)
    all.reading = TableReading(file, options, features: featureIndices, label: labelIndex)
    all.reading.skippedRows = file.rowCount - labelled.count
    self = try all.treatingRareClasses(options.rareClasses, minimum: options.minimumClassRows)
  }

  private init(
    trusted name: String, features: Table, labels: [Int], classNames: [String],
    labelColumn: String?, origin: String, licence: String
  ) {
    self.name = name
    self.features = features
    self.labels = labels
    self.classNames = classNames
    self.labelColumn = labelColumn
    self.origin = origin
    self.licence = licence
  }

  /// How many samples there are.
  public var rowCount: Int { labels.count }
  /// How many classes there are.
  public var classCount: Int { classNames.count }

  /// The number of rows of each class.
  public var classSizes: [Int] {
    labels.reduce(into: [Int](repeating: 0, count: classCount)) { $0[$1] += 1 }
  }

  /// The rows at the given indices, in that order; the classes stay as they are.
  public func subset(_ rows: [Int]) -> Dataset {
    var part = Dataset(
      trusted: name, features: features.subset(rows), labels: rows.map { labels[$0] },
      classNames: classNames, labelColumn: labelColumn, origin: origin, licence: licence)
    part.reading = reading
    return part
  }

  /// The same rows with other classes.
  func replacing(
    _ labels: [Int], _ classNames: [String], _ reading: TableReading
  ) throws -> Dataset {
    var other = try Dataset(
      name: name, features: features, labels: labels, classNames: classNames,
      labelColumn: labelColumn, origin: origin, licence: licence)
    other.reading = reading
    return other
  }
}
