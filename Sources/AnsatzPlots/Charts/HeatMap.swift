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

  /// Matrices larger than this are one picture, not one rectangle a cell.
  private static let largestDrawnCell = 40

  /// - Parameter values: Row by row from the top; missing ones count as not a number.
  public init(
    _ title: String = "", xLabel: String = "", yLabel: String = "", rows: Int, columns: Int,
    values: [Double], rowNames: [String] = [], columnNames: [String] = []
  ) {
    self.title = title
    self.xLabel = xLabel
    self.yLabel = yLabel
    rowCount = max(1, rows)
    columnCount = max(1, columns)
    let missing = max(0, rowCount * columnCount - values.count)
    self.values =
      Array(values.prefix(rowCount * columnCount))
      + [Double](repeating: .nan, count: missing)
    self.rowNames = rowNames.count == rowCount ? rowNames : []
    self.columnNames = columnNames.count == columnCount ? columnNames : []
  }

  /// Numbers on both sides of 0 are shown around it.
  var map: Palette.Map {
    let finite = values.filter(\.isFinite)
    return (finite.min() ?? 0) < 0 && (finite.max() ?? 0) > 0 ? .diverging : .sequential
  }

  var range: ClosedRange<Double> {
    let finite = values.filter(\.isFinite)
    let (low, high) = (finite.min() ?? 0, finite.max() ?? 1)
    if map == .diverging {
      let size = max(-low, high)
      return -size...size
    }
    return low < high ? low...high : low...(low + max(1e-300, abs(low), 1))
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
    let longColumn = (columnsNamed.map(SVGCanvas.width(of:)).max() ?? 0) > cell * 0.95
    let below = (longColumn ? min(110, columnsNamed.map(SVGCanvas.width(of:)).max() ?? 0) : 12) + 12
    let bar = left + width + 24
    let total = max(height, 120)
    var canvas = SVGCanvas(
      width: bar + 90, height: top + total + below + (xLabel.isEmpty ? 10 : 32), title: title)
    if !title.isEmpty { canvas.text(title, left + width / 2, 18, kind: "title") }
    drawCells(&canvas, left: left, top: top, cell: cell)
    canvas.rectangle(left, top, width, height, kind: "frame")
    let every = max(1, Int((16 / cell).rounded(.up)))
    for (row, name) in names.enumerated() where row % every == 0 {
      canvas.text(name, left - 6, top + (Double(row) + 0.5) * cell, anchor: .end, kind: "tick")
    }
    let across = max(every, longColumn ? every : Int((28 / cell).rounded(.up)))
    for (column, name) in columnsNamed.enumerated()
    where column % (columnNames.isEmpty ? across : every) == 0 {
      let x = left + (Double(column) + 0.5) * cell
      if longColumn, !columnNames.isEmpty {
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

  private func drawCells(_ canvas: inout SVGCanvas, left: Double, top: Double, cell: Double) {
    let range = range
    guard max(rowCount, columnCount) > Self.largestDrawnCell else {
      for (index, value) in values.enumerated() {
        let (row, column) = (index / columnCount, index % columnCount)
        let x = left + Double(column) * cell
        let y = top + Double(row) * cell
        canvas.rectangle(
          x, y, cell, cell, kind: "cell",
          fill: value.isFinite ? Palette.color(share(value), map) : "none",
          title: Ticks.short(value))
        if cell >= 34, value.isFinite {
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
      $0.isFinite ? UInt8((($0 - range.lowerBound) / width * 254).rounded()) : 255
    }
    let picture = IndexedPNG(
      width: columnCount, height: rowCount, pixels: pixels, palette: palette)
    canvas.add(
      "<image x=\"\(left)\" y=\"\(top)\" width=\"\(cell * Double(columnCount))\" "
        + "height=\"\(cell * Double(rowCount))\" preserveAspectRatio=\"none\" "
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
    // Two characters a cell are about square; larger matrices are thinned out.
    let every = max(1, (2 * columnCount + width - 1) / max(8, width))
    var lines = title.isEmpty ? [] : [title]
    for row in stride(from: 0, to: rowCount, by: every) {
      lines.append(
        stride(from: 0, to: columnCount, by: every).map { column in
          let value = values[row * columnCount + column]
          guard value.isFinite else { return "??" }
          let shade = shades[min(4, Int(share(value) * 5))]
          return String([shade, shade])
        }.joined())
    }
    lines.append(
      "\(shades[0]) \(Ticks.short(range.lowerBound))  …  \(shades[4]) "
        + "\(Ticks.short(range.upperBound))")
    return lines.joined(separator: "\n")
  }
}
