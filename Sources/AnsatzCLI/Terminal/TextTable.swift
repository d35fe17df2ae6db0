/// A table in plain text: columns as wide as their widest cell, two spaces apart.
struct TextTable {
  enum Alignment { case left, right }

  private let alignments: [Alignment]
  private var rows: [[String]]

  init(_ columns: [(title: String, alignment: Alignment)]) {
    alignments = columns.map(\.alignment)
    rows = [columns.map { $0.title.onOneLine }]
  }

  mutating func append(_ cells: [String]) { rows.append(cells.map(\.onOneLine)) }

  var text: String {
    let widths = alignments.indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
    return rows.map { row in
      let cells = zip(zip(row, widths), alignments).map { cell, alignment in
        let padding = String(repeating: " ", count: cell.1 - cell.0.count)
        return alignment == .left ? cell.0 + padding : padding + cell.0
      }
      let line = cells.joined(separator: "  ")
      return String(line.reversed().drop { $0 == " " }.reversed())
    }.joined(separator: "\n")
  }
}
