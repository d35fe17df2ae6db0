/// The axes of a plot: where its marks may stand, with ticks, labels, title and legend.
struct Frame {
  let x: Scale
  let y: Scale
  private(set) var canvas: SVGCanvas
  let left: Double
  let top: Double
  let right: Double
  let bottom: Double

  /// An entry of a legend.
  struct Entry {
    let name: String
    let color: String
    var dash = ""
    var isFilled = false
  }

  init(
    title: String, xLabel: String, yLabel: String, x: ClosedRange<Double>, y: ClosedRange<Double>,
    xKind: Scale.Kind = .linear, yKind: Scale.Kind = .linear, hasWholeX: Bool = false,
    width: Double = 560, height: Double = 360, legend: [Entry] = [], isSquare: Bool = false
  ) {
    // The labels of the y axis decide where the plot begins.
    let probe = Scale(y, kind: yKind, from: height - 34, to: 16)
    let labelWidth = probe.ticks.labels.map(SVGCanvas.width(of:)).max() ?? 0
    left = labelWidth + (yLabel.isEmpty ? 18 : 38)
    top = title.isEmpty ? 16 : 40
    let names = legend.map { SVGCanvas.shortened($0.name) }
    let legendWidth = (names.map(SVGCanvas.width(of:)).max() ?? -34) + 34
    let bottomMargin = xLabel.isEmpty ? 34.0 : 52
    bottom = height - bottomMargin
    let room = width - left - 16
    let plotWidth = isSquare ? min(room, bottom - top) : room
    right = left + plotWidth
    canvas = SVGCanvas(width: right + 16 + max(0, legendWidth), height: height, title: title)
    self.x = Scale(x, kind: xKind, from: left, to: right, isWhole: hasWholeX)
    self.y = Scale(y, kind: yKind, from: bottom, to: top)
    if !title.isEmpty { canvas.text(title, (left + right) / 2, 18, kind: "title") }
    if !xLabel.isEmpty { canvas.text(xLabel, (left + right) / 2, height - 14) }
    if !yLabel.isEmpty { canvas.text(yLabel, 14, (top + bottom) / 2, rotated: true) }
    for (index, entry) in legend.enumerated() {
      let row = top + 10 + 18 * Double(index)
      if entry.isFilled {
        canvas.rectangle(right + 14, row - 5, 14, 10, kind: "key", fill: entry.color)
      } else {
        canvas.line(
          right + 12, row, right + 32, row, kind: "curve",
          style: "stroke: \(entry.color)"
            + (entry.dash.isEmpty ? "" : "; stroke-dasharray: \(entry.dash)"))
      }
      canvas.text(names[index], right + 38, row, anchor: .start, kind: "legend")
    }
  }

  mutating func drawTicks(x showsX: Bool = true, y showsY: Bool = true, grid: Bool = true) {
    if showsX {
      let ticks = x.ticks
      for (value, label) in zip(ticks.values, ticks.labels) {
        let place = x.place(value)
        if grid { canvas.line(place, top, place, bottom, kind: "grid") }
        canvas.text(label, place, bottom + 14, kind: "tick")
      }
    }
    if showsY {
      let ticks = y.ticks
      for (value, label) in zip(ticks.values, ticks.labels) {
        let place = y.place(value)
        if grid { canvas.line(left, place, right, place, kind: "grid") }
        canvas.text(label, left - 8, place, anchor: .end, kind: "tick")
      }
    }
    canvas.line(left, bottom, right, bottom, kind: "axis")
    canvas.line(left, top, left, bottom, kind: "axis")
  }

  mutating func draw(_ marks: (inout SVGCanvas) -> Void) { marks(&canvas) }

  var document: String { canvas.document }
}
