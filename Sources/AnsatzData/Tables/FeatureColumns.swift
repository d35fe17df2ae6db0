import AnsatzMath

extension CSVFile {
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
      return Column(name, .text(texts(column: column)))
    case .numeric:
      let numbers: [Double?] = try values.enumerated().map { row, value in
        switch value {
        case .missing: return nil
        case .number(let number): return number
        case .infinite, .text:
          let cell = text(row: row, column: column) ?? ""
          let problem =
            value == .text ? "is not a number" : "is not finite; give a number or leave it empty"
          throw AnsatzError(
            .badData, "\(place(row: row, column: column)): '\(abbreviated(cell))' \(problem)")
        }
      }
      return Column(name, .numeric(numbers))
    }
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
        + "\(rowCount) rows, too many to be categories; drop it or encode it as numbers")
  }
}

/// A cell's text cut to a length that fits a message, on one line.
func abbreviated(_ text: String) -> String {
  let line = String(text.map { $0.isNewline ? " " : $0 })
  return line.count > 40 ? line.prefix(37) + "..." : line
}
