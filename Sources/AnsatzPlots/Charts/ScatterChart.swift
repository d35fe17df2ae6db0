/// Points of several classes, perhaps on top of what a classifier says of the plane.
public struct ScatterChart: Drawable {
  /// One sample.
  public struct Point: Sendable {
    /// The first feature.
    public let x: Double
    /// The second feature.
    public let y: Double
    /// An index into the class names.
    public let label: Int

    /// A sample and its class.
    public init(x: Double, y: Double, label: Int) {
      self.x = x
      self.y = y
      self.label = label
    }
  }

  /// What a classifier says on a grid.
  public struct Decision: Sendable {
    /// How many cells from left to right.
    public let columns: Int
    /// How many cells from bottom to top.
    public let rows: Int
    /// The range of the cells from left to right.
    public let x: ClosedRange<Double>
    /// The range of the cells from bottom to top.
    public let y: ClosedRange<Double>
    /// The class of each cell, row by row from the lowest y, `[rows · columns]`.
    public let labels: [Int]

    /// Asks a classifier at the middle of each cell.
    ///
    /// - Parameter classify: All points at once, `[(x, y)]` to classes.
    public init(
      x: ClosedRange<Double>, y: ClosedRange<Double>, columns: Int = 80, rows: Int = 60,
      classify: ([(x: Double, y: Double)]) throws -> [Int]
    ) rethrows {
      let (columns, rows) = (max(1, columns), max(1, rows))
      self.columns = columns
      self.rows = rows
      self.x = x
      self.y = y
      let across = (x.upperBound - x.lowerBound) / Double(columns)
      let up = (y.upperBound - y.lowerBound) / Double(rows)
      let middles = (0..<rows * columns).map { cell -> (x: Double, y: Double) in
        let (row, column) = (Double(cell / columns), Double(cell % columns))
        return (x.lowerBound + across * (column + 0.5), y.lowerBound + up * (row + 0.5))
      }
      // A cell without an answer belongs to the first class.
      let answers = try classify(middles).prefix(middles.count)
      labels = answers + [Int](repeating: 0, count: middles.count - answers.count)
    }
  }

  /// What stands above it.
  public let title: String
  /// What the horizontal axis is.
  public let xLabel: String
  /// What the vertical axis is.
  public let yLabel: String
  /// What the legend says, class by class.
  public let classNames: [String]
  /// The samples, in the order they are drawn.
  public let points: [Point]
  /// What a classifier says everywhere; nil to leave it out.
  public let decision: Decision?

  /// A chart of these data.
  public init(
    _ title: String = "", xLabel: String = "", yLabel: String = "", classNames: [String],
    points: [Point], decision: Decision? = nil
  ) {
    self.title = title
    self.xLabel = xLabel
    self.yLabel = yLabel
    self.classNames = classNames
    self.points = points.filter { $0.x.isDrawable && $0.y.isDrawable }
    self.decision = decision.flatMap { decision in
      let ends = [decision.x, decision.y].flatMap { [$0.lowerBound, $0.upperBound] }
      return ends.allSatisfy(\.isDrawable) ? decision : nil
    }
  }

  private var ranges: (x: ClosedRange<Double>, y: ClosedRange<Double>) {
    (
      Self.range(of: points.map(\.x), with: decision?.x),
      Self.range(of: points.map(\.y), with: decision?.y)
    )
  }

  /// The decision's range if it holds all points, otherwise both.
  private static func range(
    of values: [Double], with decision: ClosedRange<Double>?
  ) -> ClosedRange<Double> {
    guard let decision else { return Scale.range(of: values) }
    return Scale.range(of: values + [decision.lowerBound, decision.upperBound], margin: 0)
  }

  public var svg: String {
    let (x, y) = ranges
    let legend = classNames.enumerated().map {
      Frame.Entry(name: $0.element, color: Palette.category($0.offset), isFilled: true)
    }
    var frame = Frame(title: title, xLabel: xLabel, yLabel: yLabel, x: x, y: y, legend: legend)
    frame.drawTicks(grid: decision == nil)
    let (xs, ys) = (frame.x, frame.y)
    frame.draw { canvas in
      if let decision { Self.draw(decision, xs, ys, &canvas) }
      for point in points {
        Self.marker(
          point.label, xs.place(point.x), ys.place(point.y),
          title: classNames.indices.contains(point.label) ? classNames[point.label] : "", &canvas)
      }
    }
    return frame.document
  }

  /// Cells of one class side by side become one rectangle.
  private static func draw(
    _ decision: Decision, _ xs: Scale, _ ys: Scale, _ canvas: inout SVGCanvas
  ) {
    let cell = (
      width: (decision.x.upperBound - decision.x.lowerBound) / Double(decision.columns),
      height: (decision.y.upperBound - decision.y.lowerBound) / Double(decision.rows)
    )
    canvas.begin("decision")
    for row in 0..<decision.rows {
      var column = 0
      while column < decision.columns {
        let label = decision.labels[row * decision.columns + column]
        var end = column + 1
        while end < decision.columns, decision.labels[row * decision.columns + end] == label {
          end += 1
        }
        let left = xs.place(decision.x.lowerBound + Double(column) * cell.width)
        let right = xs.place(decision.x.lowerBound + Double(end) * cell.width)
        let bottom = ys.place(decision.y.lowerBound + Double(row) * cell.height)
        let top = ys.place(decision.y.lowerBound + Double(row + 1) * cell.height)
        canvas.rectangle(
          left, top, right - left, bottom - top, kind: "cell", fill: Palette.category(label))
        column = end
      }
    }
    canvas.end()
  }

  /// Classes differ in form, not in colour alone.
  static func marker(
    _ label: Int, _ x: Double, _ y: Double, title: String, _ canvas: inout SVGCanvas
  ) {
    let color = Palette.category(label)
    switch abs(label % 4) {
    case 0: canvas.circle(x, y, 4, kind: "mark", fill: color, title: title)
    case 1: canvas.rectangle(x - 3.6, y - 3.6, 7.2, 7.2, kind: "mark", fill: color, title: title)
    case 2:
      canvas.path(
        [(x, y - 4.8), (x + 4.4, y + 3.4), (x - 4.4, y + 3.4)], kind: "mark",
        style: "fill: \(color)", closes: true, title: title)
    default:
      canvas.path(
        [(x, y - 5), (x + 5, y), (x, y + 5), (x - 5, y)], kind: "mark", style: "fill: \(color)",
        closes: true, title: title)
    }
  }

  public func text(width: Int) -> String {
    let (x, y) = ranges
    let columns = max(8, width - 12)
    let rows = 18
    let letters = Array("ox+*#%@&")
    var grid = [[Character]](repeating: [Character](repeating: " ", count: columns), count: rows)
    for point in points {
      let across = Scale(x, from: 0, to: Double(columns - 1)).place(point.x)
      let down = Scale(y, from: Double(rows - 1), to: 0).place(point.y)
      guard (0..<Double(columns)).contains(across.rounded()),
        (0..<Double(rows)).contains(down.rounded())
      else { continue }
      grid[Int(down.rounded())][Int(across.rounded())] = letters[abs(point.label % letters.count)]
    }
    let key = classNames.enumerated().map { "\(letters[$0.offset % letters.count]) \($0.element)" }
    return
      ([title].filter { !$0.isEmpty } + grid.map { "│" + String($0) }
      + ["└" + String(repeating: "─", count: columns)]
      + [
        "\(xLabel) \(Ticks.short(x.lowerBound))…\(Ticks.short(x.upperBound)), "
          + "\(yLabel) \(Ticks.short(y.lowerBound))…\(Ticks.short(y.upperBound))   "
          + key.joined(separator: "   ")
      ]).joined(separator: "\n")
  }
}
