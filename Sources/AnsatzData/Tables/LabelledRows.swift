import AnsatzMath

/// Rows of a file with their classes.
public struct LabelledRows: Sendable {
  /// The features of the rows that have a class.
  public let features: Table
  /// Their classes, as indices into the names asked for.
  public let labels: [Int]
  /// How the file was read, and what was left out.
  public let reading: TableReading
}

extension NewRows {
  /// The rows that have a class, as training would have taken them.
  ///
  /// - Parameters:
  ///   - classNames: The classes of the earlier data; numbers are matched by value.
  ///   - reading: How the earlier data were read: which classes were merged or left out, and whether
  ///     rows without a label are.
  /// - Throws: `AnsatzError` if the file has no label column, a label is missing and may not be, a
  ///   class was not among the earlier ones, or no row is left; the message names the line.
  public func labelled(
    classNames: [String], reading: TableReading = TableReading()
  ) throws -> LabelledRows {
    guard let labelIndex else {
      throw AnsatzError(.badData, "\(file.source) has no label column to compare with")
    }
    let mark = file.dialect.decimalMark
    var texts: [String: Int?] = [:]
    var keys: [ClassKey: Int?] = [:]
    let other = classNames.firstIndex(of: RareClasses.mergedName)
    let merged = reading.options.rareClasses == .merge ? other : nil
    for rare in reading.rareClasses { keys[ClassKey(rare.name)] = .some(merged) }
    // Names from before numbers were matched by value may hold one number twice.
    for (index, name) in classNames.enumerated().reversed() {
      texts[name] = .some(index)
      keys[ClassKey(name)] = .some(index)
    }
    var rows: [Int] = []
    var labels: [Int] = []
    var outcome = self.reading
    for (row, text) in file.texts(column: labelIndex).enumerated() {
      guard let text else {
        guard reading.options.skipsMissingLabels else {
          throw file.missingLabel(row: row, column: labelIndex)
        }
        outcome.skippedRows += 1
        continue
      }
      guard let known = texts[text] ?? keys[ClassKey(text, mark)] else {
        throw AnsatzError(
          .badData,
          "\(file.place(row: row, column: labelIndex)): the class '\(abbreviated(text))' is "
            + "unknown; \(didYouMean(text, in: classNames))")
      }
      guard let label = known else {
        outcome.droppedRows += 1
        continue
      }
      rows.append(row)
      labels.append(label)
    }
    guard !rows.isEmpty else {
      throw AnsatzError(.badData, "\(file.source): no row is left that has a class")
    }
    return LabelledRows(
      features: rows.count == file.rowCount ? features : features.subset(rows), labels: labels,
      reading: outcome)
  }

  /// The rows' labels as indices into `classNames`.
  ///
  /// - Throws: `AnsatzError` if the file has no label column, a label is missing, or a class was not
  ///   among the earlier ones; the message names the line.
  public func labels(classNames: [String]) throws -> [Int] {
    try labelled(classNames: classNames).labels
  }

  /// What a column says of each row, nil where it says nothing.
  ///
  /// - Throws: `AnsatzError` with the near miss if there is no such column.
  public func identifiers(column: String) throws -> [String?] {
    file.texts(column: try file.index(of: column, option: "--id"))
  }

  /// Whether the file has a column of that name.
  public func hasColumn(_ name: String) -> Bool { file.columnNames.contains(name) }
}
