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
    width: Double = 480, height: Double = 300, legend: [Entry] = [], isSquare: Bool = false
  ) {
    // The labels of the y axis decide where the plot begins.
    let probe = Scale(y, kind: yKind, from: height - 34, to: 16)
    let labelWidth = probe.ticks.labels.map(SVGCanvas.width(of:)).max() ?? 0
    left = labelWidth + (yLabel.isEmpty ? 18 : 38)
    let plotWidth = max(120, width - left - 16)
    right = left + plotWidth
    let key = Self.places(of: legend, in: plotWidth)
    let legendTop = title.isEmpty ? 8.0 : 32
    top = legendTop + 18 * Double(key.rows) + 8
    let plotHeight = isSquare ? plotWidth : height - 40 - (xLabel.isEmpty ? 34 : 52)
    bottom = top + plotHeight
    canvas = SVGCanvas(
      width: right + 16, height: bottom + (xLabel.isEmpty ? 34 : 52), title: title)
    self.x = Scale(x, kind: xKind, from: left, to: right, isWhole: hasWholeX)
    self.y = Scale(y, kind: yKind, from: bottom, to: top)
    canvas.heading(title, middle: (left + right) / 2)
    if !xLabel.isEmpty { canvas.text(xLabel, (left + right) / 2, bottom + 38) }
    if !yLabel.isEmpty { canvas.text(yLabel, 14, (top + bottom) / 2, rotated: true) }
    for (entry, place) in zip(legend, key.places) {
      let (start, row) = (left + place.x, legendTop + 18 * Double(place.row) + 8)
      if entry.isFilled {
        canvas.rectangle(start + 5, row - 5, 14, 10, kind: "key", fill: entry.color)
      } else {
        canvas.line(
          start, row, start + 22, row, kind: "curve",
          style: "stroke: \(entry.color)"
            + (entry.dash.isEmpty ? "" : "; stroke-dasharray: \(entry.dash)"))
      }
      canvas.text(Self.shown(entry), start + 28, row, anchor: .start, kind: "legend")
    }
  }

  private static func shown(_ entry: Entry) -> String {
    SVGCanvas.shortened(entry.name, to: 44)
  }

  /// The entries of a legend in rows above the plot.
  private static func places(
    of legend: [Entry], in width: Double
  ) -> (places: [(x: Double, row: Int)], rows: Int) {
    var places: [(x: Double, row: Int)] = []
    var (x, row) = (0.0, 0)
    for entry in legend {
      let own = SVGCanvas.width(of: shown(entry)) + 28
      if x > 0, x + own > width { (x, row) = (0, row + 1) }
      places.append((x, row))
      x += own + 16
    }
    return (places, legend.isEmpty ? 0 : row + 1)
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
