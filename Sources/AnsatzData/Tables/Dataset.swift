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
  /// - Throws: `AnsatzError` naming the place: everything `CSVFile` refuses, an unknown label
  ///   column, a missing label, a single class, a feature that is neither numeric nor categorical.
  public init(csv path: String, label: String) throws {
    let file = try CSVFile(path: path, expecting: [label])
    try self.init(file, name: path, label: label)
  }

  /// Reads a task from a CSV file that is already parsed.
  public init(
    _ file: CSVFile, name: String, label: String, origin: String = "", licence: String = ""
  ) throws {
    let labelIndex = try file.labelIndex(label)
    guard file.columnCount > 1 else {
      throw AnsatzError(
        .badData, "\(file.source): '\(label)' is the only column; a classifier needs features")
    }
    let classes = try file.requiredLabels(column: labelIndex)
    let classNames = orderedClasses(Set(classes))
    guard classNames.count > 1 else {
      throw AnsatzError(
        .badData,
        "\(file.source): the label column '\(label)' has one class only ('\(classNames[0])'); "
          + "a classifier needs two or more")
    }
    let columns = try (0..<file.columnCount).filter { $0 != labelIndex }.map { index in
      let column = try file.feature(column: index)
      try file.checkCategories(column)
      return column
    }
    try self.init(
      name: name, features: try Table(columns: columns, source: file.source),
      labels: classes.indices(in: classNames), classNames: classNames, labelColumn: label,
      origin: origin, licence: licence)
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
    Dataset(
      trusted: name, features: features.subset(rows), labels: rows.map { labels[$0] },
      classNames: classNames, labelColumn: labelColumn, origin: origin, licence: licence)
  }
}

/// Class names in ascending order: by number if all are numbers, by text otherwise.
private func orderedClasses(_ names: Set<String>) -> [String] {
  let sorted = names.sorted()
  let numbers = sorted.compactMap { Double($0) }
  guard numbers.count == sorted.count else { return sorted }
  return zip(numbers, sorted).sorted { ($0.0, $0.1) < ($1.0, $1.1) }.map(\.1)
}

extension [String] {
  fileprivate func indices(in classNames: [String]) -> [Int] {
    let index = Dictionary(uniqueKeysWithValues: zip(classNames, classNames.indices))
    return compactMap { index[$0] }
  }
}
