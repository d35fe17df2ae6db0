import Foundation

/// A matrix in colours, with a bar that says what they stand for.
public struct HeatMap: Drawable {
  /// What stands above it.
  public let title: String
  /// What the horizontal axis is.
  public let xLabel: String
  /// What the vertical axis is.
  public let yLabel: String
  /// How many rows of cells.
  public let rowCount: Int
  /// How many columns of cells.
  public let columnCount: Int
  /// Row by row from the top, `[rows · columns]`.
  public let values: [Double]
  /// What stands beside rows and columns; numbers if empty.
  public let rowNames: [String]
  /// What stands below the columns; empty for numbers.
  public let columnNames: [String]
  let map: Palette.Map
  let range: ClosedRange<Double>

  /// Matrices larger than this are one picture, not one rectangle a cell.
  private static let largestDrawnCell = 40
  /// More rows or columns are cut off.
  public static let largestSize = 4096

  /// - Parameter values: Row by row from the top; missing ones count as not a number.
  public init(
    _ title: String = "", xLabel: String = "", yLabel: String = "", rows: Int, columns: Int,
    values: [Double], rowNames: [String] = [], columnNames: [String] = []
  ) {
    self.title = title
    self.xLabel = xLabel
    self.yLabel = yLabel
    rowCount = min(Self.largestSize, max(1, rows))
    columnCount = min(Self.largestSize, max(1, columns))
    let missing = max(0, rowCount * columnCount - values.count)
    self.values =
      Array(values.prefix(rowCount * columnCount))
      + [Double](repeating: .nan, count: missing)
    self.rowNames = rowNames.count == rowCount ? rowNames.map { SVGCanvas.shortened($0) } : []
    self.columnNames =
      columnNames.count == columnCount ? columnNames.map { SVGCanvas.shortened($0) } : []
    (map, range) = Self.scale(of: self.values)
  }

  /// Numbers on both sides of 0 are shown around it.
  private static func scale(of values: [Double]) -> (Palette.Map, ClosedRange<Double>) {
    let drawable = values.filter(\.isDrawable)
    let (low, high) = (drawable.min() ?? 0, drawable.max() ?? 1)
    if low < 0, high > 0 {
      let size = max(-low, high, 1e-150)
      return (.diverging, -size...size)
    }
    let isConstant = high - low <= 1e-12 * max(abs(low), abs(high))
    return (.sequential, isConstant ? low...(low + max(1, abs(low))) : low...high)
  }

  func share(_ value: Double) -> Double {
    (value - range.lowerBound) / (range.upperBound - range.lowerBound)
  }

  private var cell: Double { max(2, min(44, 360 / Double(max(rowCount, columnCount)))) }

  public var svg: String {
    let names = rowNames.isEmpty ? (0..<rowCount).map(String.init) : rowNames
    let columnsNamed = columnNames.isEmpty ? (0..<columnCount).map(String.init) : columnNames
    let cell = cell
    let margin = names.map(SVGCanvas.width(of:)).max() ?? 0
    let left = margin + (yLabel.isEmpty ? 16 : 36)
    let top = title.isEmpty ? 14.0 : 38
    let (width, height) = (cell * Double(columnCount), cell * Double(rowCount))
    let bottom = top + height
    let widest = columnsNamed.map(SVGCanvas.width(of:)).max() ?? 0
    let longColumn = !columnNames.isEmpty && widest > cell * 0.95
    let below = (longColumn ? widest : 12) + 12
    let bar = left + width + 24
    let total = max(height, 120)
    var canvas = SVGCanvas(
      width: max(bar + 90, SVGCanvas.headingWidth(of: title)),
      height: top + total + below + (xLabel.isEmpty ? 10 : 32), title: title)
    canvas.heading(title, middle: left + width / 2)
    drawCells(&canvas, left: left, top: top, cell: cell)
    canvas.rectangle(left, top, width, height, kind: "frame")
    let every = Self.roundStep(16 / cell)
    for (row, name) in names.enumerated() where row % every == 0 {
      canvas.text(name, left - 6, top + (Double(row) + 0.5) * cell, anchor: .end, kind: "tick")
    }
    let across = longColumn ? every : Self.roundStep((widest + 6) / cell)
    for (column, name) in columnsNamed.enumerated() where column % across == 0 {
      let x = left + (Double(column) + 0.5) * cell
      if longColumn {
        canvas.text(name, x, bottom + 6, anchor: .end, kind: "tick", rotated: true)
      } else {
        canvas.text(name, x, bottom + 12, kind: "tick")
      }
    }
    if !xLabel.isEmpty { canvas.text(xLabel, left + width / 2, bottom + below + 14) }
    if !yLabel.isEmpty { canvas.text(yLabel, 14, top + height / 2, rotated: true) }
    drawBar(&canvas, x: bar, top: top, height: total)
    return canvas.document
  }

  /// The least of 1, 2, 5, 10, 20 and so on that is not below a number of cells.
  private static func roundStep(_ cells: Double) -> Int {
    var power = 1
    while true {
      for factor in [1, 2, 5] where Double(factor * power) >= cells { return factor * power }
      power *= 10
    }
  }

  private func drawCells(_ canvas: inout SVGCanvas, left: Double, top: Double, cell: Double) {
    let range = range
    guard max(rowCount, columnCount) > Self.largestDrawnCell else {
      for (index, value) in values.enumerated() {
        let (row, column) = (index / columnCount, index % columnCount)
        let x = left + Double(column) * cell
        let y = top + Double(row) * cell
        canvas.rectangle(
          x, y, cell, cell, kind: "cell",
          fill: value.isDrawable ? Palette.color(share(value), map) : "none",
          title: Ticks.short(value))
        if cell >= 34, value.isDrawable {
          canvas.text(
            Ticks.short((value * 1000).rounded() / 1000), x + cell / 2, y + cell / 2, kind: "tick",
            fill: Palette.isLight(share(value), map) ? "#1b1f24" : "#ffffff")
        }
      }
      return
    }
    // The last colour is for what is no number.
    let palette = (0..<255).map { Palette.bytes(Double($0) / 254, map) } + [(127, 127, 127)]
    let width = range.upperBound - range.lowerBound
    let pixels = values.map {
      $0.isDrawable ? UInt8((($0 - range.lowerBound) / width * 254).rounded()) : 255
    }
    let picture = IndexedPNG(
      width: columnCount, height: rowCount, pixels: pixels, palette: palette)
    canvas.add(
      "<image x=\"\(canvas.n(left))\" y=\"\(canvas.n(top))\" "
        + "width=\"\(canvas.n(cell * Double(columnCount)))\" "
        + "height=\"\(canvas.n(cell * Double(rowCount)))\" preserveAspectRatio=\"none\" "
        + "href=\"data:image/png;base64,\(picture.data.base64EncodedString())\"/>")
  }

  private func drawBar(_ canvas: inout SVGCanvas, x: Double, top: Double, height: Double) {
    let steps = 48
    for step in 0..<steps {
      canvas.rectangle(
        x, top + height * (1 - Double(step + 1) / Double(steps)), 14,
        height / Double(steps) + 0.4, kind: "bar",
        fill: Palette.color((Double(step) + 0.5) / Double(steps), map))
    }
    let scale = Scale(range, from: top + height, to: top)
    let ticks = Ticks(from: range.lowerBound, to: range.upperBound, count: 5)
    for (value, label) in zip(ticks.values, ticks.labels) {
      canvas.text(label, x + 20, scale.place(value), anchor: .start, kind: "tick")
    }
  }

  public func text(width: Int) -> String {
    let shades = Array(" ░▒▓█")
    let hasAxes = !(xLabel + yLabel).isEmpty || !rowNames.isEmpty || !columnNames.isEmpty
    let names = rowNames.isEmpty ? (0..<rowCount).map(String.init) : rowNames
    let margin = hasAxes ? (names.map(\.count).max() ?? 0) + 1 : 0
    let room = max(8, width - margin)
    // Two characters a cell are about square; larger matrices are thinned out.
    let every = max(1, (2 * columnCount + room - 1) / room)
    var lines = title.isEmpty ? [] : [title]
    if !yLabel.isEmpty { lines.append(yLabel) }
    for row in stride(from: 0, to: rowCount, by: every) {
      let cells = stride(from: 0, to: columnCount, by: every).map { column in
        let value = values[row * columnCount + column]
        guard value.isDrawable else { return "??" }
        let shade = shades[min(4, Int(share(value) * 5))]
        return String([shade, shade])
      }
      let name = hasAxes ? names[row] + " " : ""
      lines.append(String(repeating: " ", count: margin - name.count) + name + cells.joined())
    }
    if hasAxes {
      // The first and the last column, below their cells.
      let columns = columnNames.isEmpty ? (0..<columnCount).map(String.init) : columnNames
      let last = stride(from: 0, to: columnCount, by: every).map { columns[$0] }.last ?? ""
      let drawn = 2 * ((columnCount + every - 1) / every)
      let gap = String(repeating: " ", count: max(1, drawn - columns[0].count - last.count))
      let axis = columns[0] + (columnCount > 1 ? gap + last : "") + "  " + xLabel
      lines.append(String(repeating: " ", count: margin) + axis.prefix(max(8, width - margin)))
    }
    lines.append(
      "\(shades[0]) \(Ticks.short(range.lowerBound))  …  \(shades[4]) "
        + "\(Ticks.short(range.upperBound))")
    return lines.joined(separator: "\n")
  }
}
