import AnsatzMath

extension CSVFile {
  /// The position of the label column.
  ///
  /// - Throws: `AnsatzError` naming the near miss, or what the columns are called.
  func labelIndex(_ label: String) throws -> Int {
    if let index = columnNames.firstIndex(of: label) { return index }
    if columnCount == 1 {
      for (separator, name) in [(";", "semicolons"), ("\t", "tabs"), ("|", "bars")]
      where columnNames[0].contains(separator) {
        throw AnsatzError(
          .badData,
          "\(source) separates its columns by \(name); save it with commas between the columns")
      }
    }
    guard hasHeader else {
      throw AnsatzError(
        .badData,
        "\(source) has no header line, so its columns are called 'column1' to "
          + "'column\(columnCount)'; there is no label column '\(label)'")
    }
    throw AnsatzError(
      .badData,
      "\(source) has no label column '\(label)'; \(didYouMean(label, in: columnNames))")
  }

  /// The label of every row, as text.
  ///
  /// - Throws: `AnsatzError` naming the line of the first row without one.
  func requiredLabels(column: Int) throws -> [String] {
    try texts(column: column).enumerated().map { row, label in
      guard let label else {
        throw AnsatzError(
          .badData,
          "\(place(row: row, column: column)): the label is missing; fill it or drop the row")
      }
      return label
    }
  }
}
