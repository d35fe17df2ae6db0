/// A function of two numbers as lines of equal height, such as a loss landscape, with a path on it.
public struct ContourChart: Drawable {
  /// What stands above it.
  public let title: String
  /// What the horizontal axis is.
  public let xLabel: String
  /// What the vertical axis is.
  public let yLabel: String
  /// The range from left to right.
  public let x: ClosedRange<Double>
  /// The range from bottom to top.
  public let y: ClosedRange<Double>
  /// How many values from left to right.
  public let columns: Int
  /// How many values from bottom to top.
  public let rows: Int
  /// At the corners of the grid, row by row from the lowest y, `[rows · columns]`.
  public let values: [Double]
  /// A way across it, such as that of a training, without points that are not finite.
  public let path: [(x: Double, y: Double)]
  /// The values of the lines.
  public let levels: [Double]

  /// - Parameters:
  ///   - columns: 2 or more, as `rows`.
  ///   - path: Drawn on top, such as the steps of a training run.
  public init(
    _ title: String = "", xLabel: String = "", yLabel: String = "", x: ClosedRange<Double>,
    y: ClosedRange<Double>, columns: Int, rows: Int, values: [Double],
    path: [(x: Double, y: Double)] = [], levels count: Int = 10
  ) {
    self.title = title
    self.xLabel = xLabel
    self.yLabel = yLabel
    // A range without width, or without end, has no grid.
    self.x = Scale.range(of: [x.lowerBound, x.upperBound], margin: 0)
    self.y = Scale.range(of: [y.lowerBound, y.upperBound], margin: 0)
    self.columns = min(HeatMap.largestSize, max(2, columns))
    self.rows = min(HeatMap.largestSize, max(2, rows))
    let missing = max(0, self.columns * self.rows - values.count)
    self.values =
      Array(values.prefix(self.columns * self.rows)) + [Double](repeating: .nan, count: missing)
    self.path = path.filter { $0.x.isDrawable && $0.y.isDrawable }
    let range = Scale.range(of: self.values, margin: 0)
    let count = min(100, max(1, count))
    levels = (1...count).map {
      range.lowerBound + (range.upperBound - range.lowerBound) * Double($0) / Double(count + 1)
    }
  }

  /// The part of the colour map that lines of a pixel or two stand out with, on light and on dark.
  private static let shades = 0.3...0.75

  /// The pieces of a line of equal height, by marching squares; a saddle is cut by its mean.
  func segments(at level: Double) -> [((x: Double, y: Double), (x: Double, y: Double))] {
    var result: [((x: Double, y: Double), (x: Double, y: Double))] = []
    let width = (x.upperBound - x.lowerBound) / Double(columns - 1)
    let height = (y.upperBound - y.lowerBound) / Double(rows - 1)
    for row in 0..<rows - 1 {
      for column in 0..<columns - 1 {
        let corners = [(0, 0), (1, 0), (1, 1), (0, 1)].map { dx, dy in
          (
            x: x.lowerBound + Double(column + dx) * width,
            y: y.lowerBound + Double(row + dy) * height,
            value: values[(row + dy) * columns + column + dx]
          )
        }
        guard corners.allSatisfy(\.value.isDrawable) else { continue }
        var cuts: [(x: Double, y: Double)] = []
        for edge in 0..<4 {
          let (a, b) = (corners[edge], corners[(edge + 1) % 4])
          guard (a.value < level) != (b.value < level) else { continue }
          let share = (level - a.value) / (b.value - a.value)
          cuts.append((a.x + share * (b.x - a.x), a.y + share * (b.y - a.y)))
        }
        if cuts.count == 2 { result.append((cuts[0], cuts[1])) }
        if cuts.count == 4 {
          let mean = corners.reduce(0) { $0 + $1.value } / 4
          let joinsFirst = (mean < level) == (corners[0].value < level)
          let pairs = joinsFirst ? [(0, 1), (2, 3)] : [(3, 0), (1, 2)]
          for (a, b) in pairs { result.append((cuts[a], cuts[b])) }
        }
      }
    }
    return result
  }

  public var svg: String {
    let legend = [levels.first, levels.last].compactMap { $0 }.enumerated().map {
      Frame.Entry(
        name: Ticks.short($0.element),
        color: Palette.color($0.offset == 0 ? Self.shades.lowerBound : Self.shades.upperBound))
    }
    var frame = Frame(
      title: title, xLabel: xLabel, yLabel: yLabel,
      x: Scale.range(of: path.map(\.x) + [x.lowerBound, x.upperBound], margin: 0),
      y: Scale.range(of: path.map(\.y) + [y.lowerBound, y.upperBound], margin: 0),
      legend: legend)
    frame.drawTicks(grid: false)
    let (xs, ys) = (frame.x, frame.y)
    frame.draw { canvas in
      for (index, level) in levels.enumerated() {
        let share = levels.count > 1 ? Double(index) / Double(levels.count - 1) : 0.5
        let shade =
          Self.shades.lowerBound + share * (Self.shades.upperBound - Self.shades.lowerBound)
        canvas.begin("level", style: "stroke: \(Palette.color(shade))")
        for (a, b) in segments(at: level) {
          canvas.line(
            xs.place(a.x), ys.place(a.y), xs.place(b.x), ys.place(b.y), kind: "contour")
        }
        canvas.end()
      }
      let places = path.map { (x: xs.place($0.x), y: ys.place($0.y)) }
      canvas.path(places, kind: "curve", style: "stroke: \(Palette.category(3))", title: "path")
      if let last = places.last {
        canvas.circle(last.x, last.y, 4, kind: "mark", fill: Palette.category(3), title: "end")
      }
    }
    return frame.document
  }

  public func text(width: Int) -> String {
    // From the highest y down.
    let flipped = (0..<rows).reversed().flatMap { values[$0 * columns..<($0 + 1) * columns] }
    return HeatMap(title, rows: rows, columns: columns, values: flipped).text(width: width)
  }
}
