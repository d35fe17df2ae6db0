import AnsatzMath

/// Rows under headings, for a notebook.
///
/// Numbers stand to the right, texts to the left.
public struct ResultTable: NotebookDisplayable, Sendable {
  /// The headings.
  public let columns: [String]
  /// The cells, row by row.
  public private(set) var rows: [[String]]

  /// A table with these rows.
  ///
  /// - Parameter rows: One text for each column; what is missing is left empty.
  public init(columns: [String], rows: [[String]] = []) {
    self.columns = columns
    self.rows = []
    for row in rows { append(row) }
  }

  /// A table with these rows.
  ///
  /// - Parameter rows: One text for each column; what is missing is left empty.
  public init(_ columns: String..., rows: [[String]] = []) {
    self.init(columns: columns, rows: rows)
  }

  /// Adds a row below; what is missing is left empty, what is too much left out.
  public mutating func append(_ row: [String]) {
    rows.append(columns.indices.map { $0 < row.count ? row[$0] : "" })
  }

  private func isNumeric(_ column: Int) -> Bool {
    rows.allSatisfy { row in
      guard let first = row[column].first else { return true }
      return first.isNumber
        || (("+-−<".contains(first)) && row[column].dropFirst().first?.isNumber == true)
    }
  }

  /// Columns of even width below their headings.
  public var plainText: String {
    let widths = columns.indices.map { column in
      ([columns] + rows).map { $0[column].count }.max() ?? 0
    }
    func line(_ cells: [String]) -> String {
      var text = ""
      for (column, cell) in cells.enumerated() {
        let gap = String(repeating: " ", count: widths[column] - cell.count)
        text += (column > 0 ? "  " : "") + (isNumeric(column) ? gap + cell : cell + gap)
      }
      while text.last == " " { text.removeLast() }
      return text
    }
    let rule = widths.map { String(repeating: "─", count: $0) }.joined(separator: "  ")
    return ([line(columns), rule] + rows.map(line)).joined(separator: "\n")
  }

  /// A table of a page.
  public var html: String {
    func row(_ cells: [String], _ tag: String) -> String {
      "<tr>"
        + cells.enumerated().map { column, cell in
          "<\(tag) style=\"text-align: \(isNumeric(column) ? "right" : "left")\">"
            + "\(cell.inMarkup)</\(tag)>"
        }.joined() + "</tr>"
    }
    return "<table><thead>\(row(columns, "th"))</thead><tbody>"
      + rows.map { row($0, "td") }.joined() + "</tbody></table>"
  }
}
