/// Points on a grid of braille cells, two by four to a character.
struct BrailleCanvas {
  let columns: Int
  let rows: Int
  private var cells: [UInt8]

  init(columns: Int, rows: Int) {
    self.columns = max(1, columns)
    self.rows = max(1, rows)
    cells = [UInt8](repeating: 0, count: self.columns * self.rows)
  }

  var width: Int { 2 * columns }
  var height: Int { 4 * rows }

  mutating func set(_ x: Int, _ y: Int) {
    guard (0..<width).contains(x), (0..<height).contains(y) else { return }
    // Unicode numbers the dots down the left column, then the right, the last row afterwards.
    let bit = y % 4 == 3 ? 6 + x % 2 : y % 4 + 3 * (x % 2)
    cells[y / 4 * columns + x / 2] |= 1 << bit
  }

  /// - Parameter dash: How many of how many dots are set, by their column, for a broken line.
  mutating func line(
    _ x1: Int, _ y1: Int, _ x2: Int, _ y2: Int, dash: (on: Int, of: Int) = (1, 1)
  ) {
    let steps = max(abs(x2 - x1), abs(y2 - y1), 1)
    for step in 0...steps {
      let share = Double(step) / Double(steps)
      let x = x1 + Int((Double(x2 - x1) * share).rounded())
      guard abs(x) % dash.of < dash.on else { continue }
      set(x, y1 + Int((Double(y2 - y1) * share).rounded()))
    }
  }

  var lines: [String] {
    (0..<rows).map { row in
      String(
        (0..<columns).map { column in
          Character(UnicodeScalar(0x2800 + UInt32(cells[row * columns + column])) ?? " ")
        })
    }
  }
}

/// A plot of points and curves for the terminal, with its axes.
struct TextPlot {
  let x: ClosedRange<Double>
  let y: ClosedRange<Double>
  var xKind = Scale.Kind.linear
  var yKind = Scale.Kind.linear
  private var canvas: BrailleCanvas
  private let labels: [String]
  private let margin: Int

  init(
    x: ClosedRange<Double>, y: ClosedRange<Double>, width: Int, rows: Int = 14,
    xKind: Scale.Kind = .linear, yKind: Scale.Kind = .linear
  ) {
    self.x = x
    self.y = y
    self.xKind = xKind
    self.yKind = yKind
    let ends = [y.upperBound, y.lowerBound].map(Ticks.short)
    labels = ends
    margin = (ends.map(\.count).max() ?? 0) + 1
    canvas = BrailleCanvas(columns: max(8, width - margin - 1), rows: max(2, rows))
  }

  private func place(_ point: (x: Double, y: Double)) -> (Int, Int)? {
    guard point.x.isDrawable, point.y.isDrawable else { return nil }
    let across = Scale(x, kind: xKind, from: 0, to: Double(canvas.width - 1)).place(point.x)
    let down = Scale(y, kind: yKind, from: Double(canvas.height - 1), to: 0).place(point.y)
    guard abs(across) < 1e6, abs(down) < 1e6 else { return nil }
    return (Int(across.rounded()), Int(down.rounded()))
  }

  mutating func point(_ point: (x: Double, y: Double)) {
    if let (a, b) = place(point) { canvas.set(a, b) }
  }

  /// How curves differ without colour: whole, dashed, dotted.
  static let dashes: [(on: Int, of: Int)] = [(1, 1), (4, 6), (1, 3)]
  static let keys = ["──", "╌╌", "··"]

  mutating func curve(_ points: [(x: Double, y: Double)], style: Int = 0) {
    let dash = Self.dashes[style % Self.dashes.count]
    var last: (Int, Int)?
    for point in points {
      let next = place(point)
      if let next, let last { canvas.line(last.0, last.1, next.0, next.1, dash: dash) }
      if let next, last == nil { canvas.set(next.0, next.1) }
      last = next
    }
  }

  func text(title: String, xLabel: String) -> String {
    let rows = canvas.lines
    var lines = title.isEmpty ? [] : [title]
    for (index, row) in rows.enumerated() {
      // The highest and the lowest value stand beside their rows.
      let label = index == 0 ? labels[0] : index == rows.count - 1 ? labels[1] : ""
      lines.append(String(repeating: " ", count: margin - 1 - label.count) + label + " │" + row)
    }
    lines.append(
      String(repeating: " ", count: margin) + "└" + String(repeating: "─", count: canvas.columns))
    let (low, high) = (Ticks.short(x.lowerBound), Ticks.short(x.upperBound))
    let space = canvas.columns - low.count - high.count
    let middle = xLabel.count + 2 <= space ? xLabel : ""
    let left = (space - middle.count) / 2
    lines.append(
      String(repeating: " ", count: margin + 1) + low + String(repeating: " ", count: max(1, left))
        + middle + String(repeating: " ", count: max(1, space - middle.count - left)) + high)
    return lines.joined(separator: "\n")
  }
}
