/// How often each class was taken for each other.
public struct ConfusionMatrix: Drawable {
  /// What stands above it.
  public let title: String
  /// The classes, in the order of the rows.
  public let classNames: [String]
  /// `counts[truth][prediction]`
  public let counts: [[Int]]

  /// A chart of these data.
  public init(_ title: String = "", classNames: [String], counts: [[Int]]) {
    self.title = title
    self.classNames = classNames.map { SVGCanvas.shortened($0, to: 24) }
    let classes = classNames.count
    self.counts = (0..<classes).map { row in
      (0..<classes).map { column in
        counts.indices.contains(row) && counts[row].indices.contains(column)
          ? counts[row][column] : 0
      }
    }
  }

  /// Counts pairs of labels, each an index into the names.
  public init(
    _ title: String = "", classNames: [String], truth: [Int], predictions: [Int]
  ) {
    let classes = classNames.count
    var counts = [[Int]](repeating: [Int](repeating: 0, count: classes), count: classes)
    for (a, b) in zip(truth, predictions)
    where (0..<classes).contains(a) && (0..<classes).contains(b) {
      counts[a][b] += 1
    }
    self.init(title, classNames: classNames, counts: counts)
  }

  /// The fraction on the diagonal.
  public var accuracy: Double {
    let total = counts.joined().reduce(0, +)
    let right = counts.indices.reduce(0) { $0 + counts[$1][$1] }
    return Double(right) / Double(max(1, total))
  }

  public var svg: String {
    let cell = 52.0
    let margin = classNames.map(SVGCanvas.width(of:)).max() ?? 0
    let left = margin + 40
    let top = title.isEmpty ? 14.0 : 38
    let size = cell * Double(classNames.count)
    let isLong = margin > cell * 0.95
    let below = isLong ? min(130, margin) + 14 : 24
    var canvas = SVGCanvas(
      width: max(left + size + 16, SVGCanvas.headingWidth(of: title)),
      height: top + size + below + 26, title: title)
    canvas.heading(title, middle: left + size / 2)
    for (row, list) in counts.enumerated() {
      let total = max(1, list.reduce(0, +))
      let y = top + Double(row) * cell
      canvas.text(classNames[row], left - 8, y + cell / 2, anchor: .end, kind: "tick")
      for (column, count) in list.enumerated() {
        let share = Double(count) / Double(total)
        let x = left + Double(column) * cell
        canvas.rectangle(
          x, y, cell, cell, kind: "cell", fill: Palette.color(share),
          title: "\(classNames[row]) taken for \(classNames[column]): \(count)")
        canvas.text(
          "\(count)", x + cell / 2, y + cell / 2,
          kind: "count", fill: Palette.isLight(share) ? "#1b1f24" : "#ffffff")
      }
    }
    for (column, name) in classNames.enumerated() {
      let x = left + (Double(column) + 0.5) * cell
      if isLong {
        canvas.text(name, x, top + size + 8, anchor: .end, kind: "tick", rotated: true)
      } else {
        canvas.text(name, x, top + size + 14, kind: "tick")
      }
    }
    canvas.text("predicted", left + size / 2, top + size + below + 10)
    canvas.text("true", 12, top + size / 2, rotated: true)
    return canvas.document
  }

  public func text(width: Int) -> String {
    let names = classNames.map { String($0.prefix(12)) }
    let cells = counts.map { $0.map(String.init) }
    let first = max(4, names.map(\.count).max() ?? 0)
    let widths = names.indices.map { column in
      max(names[column].count, cells.map { $0[column].count }.max() ?? 0)
    }
    func padded(_ text: String, _ width: Int) -> String {
      String(repeating: " ", count: max(0, width - text.count)) + text
    }
    var lines = title.isEmpty ? [] : [title]
    lines.append(
      padded("true", first) + " │ "
        + zip(names, widths).map { padded($0, $1) }.joined(separator: "  ") + "   (predicted)")
    for (row, list) in cells.enumerated() {
      lines.append(
        padded(names[row], first) + " │ "
          + zip(list, widths).map { padded($0, $1) }.joined(separator: "  "))
    }
    return lines.joined(separator: "\n")
  }
}
