import AnsatzMath

extension CSVFile {
  /// The position of the label column.
  ///
  /// - Throws: `AnsatzError` naming the near miss, or what the columns are called.
  func labelIndex(_ label: String) throws -> Int {
    if let index = columnNames.firstIndex(of: label) { return index }
    guard hasHeader else {
      throw AnsatzError(
        .badData,
        "\(source) has no header line, so its columns are called 'column1' to "
          + "'column\(columnCount)'; there is no label column '\(abbreviated(label))'")
    }
    throw AnsatzError(
      .badData,
      "\(source) has no label column '\(abbreviated(label))'; \(suggestion(for: label))")
  }

  /// The position of a column that an option names.
  ///
  /// - Throws: `AnsatzError` naming the near miss, or what the columns are called.
  func index(of name: String, option: String) throws -> Int {
    if let index = columnNames.firstIndex(of: name) { return index }
    throw AnsatzError(
      .badData,
      "\(option): \(source) has no column '\(abbreviated(name))'; \(suggestion(for: name))")
  }

  /// The near miss, or the first columns.
  private func suggestion(for name: String) -> String {
    if let match = nearestMatch(to: name, in: columnNames) { return "did you mean '\(match)'?" }
    if columnCount == 1,
      CSVDelimiter.allCases.contains(where: { columnNames[0].contains($0.rawValue) })
    {
      return "with \(dialect.delimiter.name)s as delimiters its one column is "
        + "'\(abbreviated(columnNames[0]))'"
    }
    let shown = columnNames.prefix(20).map(abbreviated).joined(separator: ", ")
    return "choose one of: \(shown)\(columnCount > 20 ? ", …" : "")"
  }

  /// The positions of columns to leave out. A name that is no column may be several, between commas.
  ///
  /// - Throws: `AnsatzError` naming the near miss of one that is not there.
  func indices(ofDropped names: [String]) throws -> Set<Int> {
    var indices: Set<Int> = []
    for name in names {
      let parts = name.split(separator: ",").map { $0.trimmingSpaces }
      if !columnNames.contains(name), parts.count > 1 {
        for part in parts { indices.insert(try index(of: part, option: "--drop")) }
      } else {
        indices.insert(try index(of: name, option: "--drop"))
      }
    }
    return indices
  }

  /// The label of every row, as text.
  ///
  /// - Throws: `AnsatzError` naming the line of the first row without one.
  func requiredLabels(column: Int) throws -> [String] {
    try texts(column: column).enumerated().map { row, label in
      guard let label else { throw missingLabel(row: row, column: column) }
      return label
    }
  }

  func missingLabel(row: Int, column: Int) -> AnsatzError {
    AnsatzError(
      .badData,
      "\(place(row: row, column: column)): the label is missing; fill it, or leave such rows out by "
        + "--skip-missing-labels")
  }
}

extension Substring {
  fileprivate var trimmingSpaces: String {
    var text = self
    while text.first == " " { text.removeFirst() }
    while text.last == " " { text.removeLast() }
    return String(text)
  }
}
