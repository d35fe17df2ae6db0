/// A circuit drawn with text: one line a qubit, then one a classical register, time to the right.
///
///     0: ─H──●──RZ(θ[0])──M─
///            │            ║
///     1: ────⊕────────────╫─
///                         ║
///     c[1]: ══════════════0═
public struct TextDiagram: CustomStringConvertible {
  private let layout: DiagramLayout
  /// The widest line allowed; longer diagrams continue below.
  private let width: Int

  /// - Parameter width: In characters.
  public init(_ circuit: Circuit, width: Int = .max) {
    layout = DiagramLayout(circuit)
    self.width = width
  }

  public var description: String {
    let rows = layout.rowCount
    let labels = (0..<rows).map { layout.name(ofRow: $0).printable + ": " }
    let margin = labels.map(\.columnCount).max() ?? 0
    var blocks: [[Column]] = [[]]
    var used = margin
    for items in layout.columns {
      let column = Column(items, qubitCount: layout.qubitCount)
      if used + column.width + 1 > width, blocks[blocks.count - 1].count > 0 {
        blocks.append([])
        used = margin
      }
      blocks[blocks.count - 1].append(column)
      used += column.width
    }
    return blocks.map { columns in
      var lines: [String] = []
      for row in 0..<rows {
        let label = String(repeating: " ", count: margin - labels[row].columnCount) + labels[row]
        let end = row < layout.qubitCount ? "─" : "═"
        lines.append(label + columns.map { $0.line(row) }.joined() + end)
        guard row + 1 < rows else { continue }
        let gap =
          String(repeating: " ", count: margin) + columns.map { $0.gap(below: row) }.joined()
        lines.append(gap.trimmingSpacesAtEnd())
      }
      return lines.joined(separator: "\n")
    }.joined(separator: "\n\n")
  }
}

/// One column of a diagram: what stands on each row, and the vertical lines between.
private struct Column {
  private var marks: [Int: String] = [:]
  private var spans: [ClosedRange<Int>] = []
  /// Double lines from the lowest qubit of an item to the last register.
  private var links: [ClosedRange<Int>] = []
  private(set) var width = 0
  private let qubitCount: Int

  init(_ items: [DiagramLayout.Item], qubitCount: Int) {
    self.qubitCount = qubitCount
    for item in items {
      for (qubit, mark) in item.marks { set(qubit, mark.text) }
      for link in item.links {
        set(link.row, link.text.isEmpty ? "■" : link.text)
      }
      if item.span.count > 1 { spans.append(item.span) }
      if let last = item.links.map(\.row).max() { links.append(item.span.upperBound...last) }
    }
  }

  private mutating func set(_ row: Int, _ text: String) {
    marks[row] = text.printable
    width = max(width, text.printable.columnCount + 2)
  }

  func line(_ row: Int) -> String {
    let isQubit = row < qubitCount
    let wire: Character = isQubit ? "─" : "═"
    if let mark = marks[row] { return centred(mark, filler: wire) }
    if spans.contains(where: { $0.contains(row) }) { return centred("┼", filler: wire) }
    if links.contains(where: { $0.contains(row) }) {
      return centred(isQubit ? "╫" : "╬", filler: wire)
    }
    return centred(String(wire), filler: wire)
  }

  func gap(below row: Int) -> String {
    func joins(_ ranges: [ClosedRange<Int>]) -> Bool {
      ranges.contains { $0.contains(row) && $0.contains(row + 1) }
    }
    return centred(joins(spans) ? "│" : joins(links) ? "║" : " ", filler: " ")
  }

  private func centred(_ text: String, filler: Character) -> String {
    let own = text.columnCount
    let left = (width - own) / 2
    return String(repeating: filler, count: left) + text
      + String(repeating: filler, count: width - own - left)
  }
}

extension String {
  fileprivate func trimmingSpacesAtEnd() -> String {
    var text = self
    while text.last == " " { text.removeLast() }
    return text
  }
}
