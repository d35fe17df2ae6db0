import AnsatzMath

extension CSVFile {
  /// The positions of the columns that are features, ascending.
  ///
  /// - Throws: `AnsatzError` if a column that options name is not there or is the label, or if nothing
  ///   is left.
  func featureIndices(besides label: Int, options: TableOptions) throws -> [Int] {
    var excluded = try indices(ofDropped: options.dropped)
    if let identifier = options.identifier {
      let index = try index(of: identifier, option: "--id")
      guard index != label else {
        throw AnsatzError(.usage, "--id: '\(abbreviated(identifier))' is the label column")
      }
      excluded.insert(index)
    }
    guard !excluded.contains(label) else {
      throw AnsatzError(
        .usage, "--drop: '\(abbreviated(columnNames[label]))' is the label column")
    }
    excluded.insert(label)
    let features = (0..<columnCount).filter { !excluded.contains($0) }
    guard !features.isEmpty else {
      let problem =
        columnCount == 1
        ? "'\(columnNames[label])' is the only column" : "nothing is left beside the label"
      throw AnsatzError(.badData, "\(source): \(problem); a classifier needs features")
    }
    return features
  }

  /// Reads one column as a feature.
  ///
  /// Text alone makes a category column. A column most of whose values are numbers must hold
  /// numbers only; one with more text than numbers is read as text.
  ///
  /// - Parameter kind: What the column must be; nil decides by the rule above.
  /// - Throws: `AnsatzError` naming the place and the text of the first cell that does not fit.
  func feature(column: Int, as kind: Column.Kind? = nil) throws -> Column {
    let name = columnNames[column]
    let values = values(column: column)
    let numericCount = values.count { $0.isNumeric }
    let textCount = values.count { $0 == .text }
    switch kind ?? (textCount > numericCount ? .text : .numeric) {
    case .text:
      if kind == nil { try refuseForeignNumbers(column: column, values) }
      return Column(name, .text(texts(column: column)))
    case .numeric:
      let numbers: [Double?] = try values.enumerated().map { row, value in
        switch value {
        case .missing: return nil
        case .number(let number): return number
        case .infinite, .text:
          let cell = text(row: row, column: column) ?? ""
          let problem =
            value == .text
            ? isForeignNumber(row: row, column: column) ? foreignText : "is not a number"
            : "is not finite; give a number or leave it empty"
          throw AnsatzError(
            .badData, "\(place(row: row, column: column)): '\(abbreviated(cell))' \(problem)")
        }
      }
      return Column(name, .numeric(numbers))
    }
  }

  /// Refuses a column most of whose texts are numbers in the other notation: they are no categories.
  private func refuseForeignNumbers(column: Int, _ values: [CSVValue]) throws {
    let foreign = values.indices.filter {
      values[$0] == .text && isForeignNumber(row: $0, column: column)
    }
    guard let row = foreign.first, foreign.count * 2 > values.count(where: { $0 == .text }) else {
      return
    }
    let cell = text(row: row, column: column) ?? ""
    throw AnsatzError(
      .badData, "\(place(row: row, column: column)): '\(abbreviated(cell))' \(foreignText)")
  }

  /// What is wrong with a number in the other notation.
  private var foreignText: String {
    let mark = dialect.decimalMark
    return
      "is no number with a decimal \(mark.name), which this file's numbers have; mend it, drop "
      + "the column by --drop, or give --decimal '\(mark.other.rawValue)'"
  }

  /// Refuses a text column with too many distinct values to one-hot encode: names, identifiers,
  /// dates.
  func checkCategories(_ column: Column) throws {
    guard case .text(let texts) = column.values else { return }
    let distinct = Set(texts.compactMap { $0 }).count
    guard distinct > min(50, max(10, rowCount / 2)) else { return }
    throw AnsatzError(
      .badData,
      "\(source): column '\(column.name)' is not numeric and has \(distinct) distinct texts in "
        + "\(rowCount) rows, too many to be categories; leave it out by --drop, or encode it as "
        + "numbers")
  }
}

/// A cell's text cut to a length that fits a message, on one line.
func abbreviated(_ text: String) -> String {
  let line = String(text.map { $0.isNewline ? " " : $0 })
  return line.count > 40 ? line.prefix(37) + "..." : line
}
