/// Curves over a common axis, each perhaps with a band around it.
public struct LineChart: Drawable {
  /// One curve.
  public struct Series: Sendable {
    /// What the legend says.
    public let name: String
    /// From left to right.
    public let points: [(x: Double, y: Double)]
    /// The lower and upper edge at each point, if there is a band.
    public let band: [(low: Double, high: Double)]

    /// - Parameter band: As many as points, or none.
    public init(
      _ name: String, points: [(x: Double, y: Double)], band: [(low: Double, high: Double)] = []
    ) {
      self.name = name
      self.points = points
      self.band = band.count == points.count ? band : []
    }

    /// Values at 1, 2, 3 and so on, as epochs are counted.
    public init(_ name: String, values: [Double], band: [(low: Double, high: Double)] = []) {
      self.init(
        name, points: values.enumerated().map { (Double($0.offset + 1), $0.element) }, band: band)
    }
  }

  /// What stands above it.
  public let title: String
  /// What the horizontal axis is.
  public let xLabel: String
  /// What the vertical axis is.
  public let yLabel: String
  /// The lines, in the order of the legend.
  public let series: [Series]
  /// Whether the y axis is logarithmic: asked for, and possible since every value is above 0.
  public let isLogarithmic: Bool
  /// Where the quantity ends, as an accuracy does at 0 and 1; nil if it does not.
  public let limits: ClosedRange<Double>?

  /// A chart of these data.
  ///
  /// - Parameter limits: Where the quantity ends; neither the axis nor a band goes on.
  public init(
    _ title: String = "", xLabel: String = "", yLabel: String = "", logarithmic: Bool = false,
    limits: ClosedRange<Double>? = nil, series: [Series]
  ) {
    self.title = title
    self.xLabel = xLabel
    self.yLabel = yLabel
    self.limits = limits
    self.series = series.map { series in
      guard let limits else { return series }
      return Series(
        series.name, points: series.points,
        band: series.band.map {
          (
            min(max($0.low, limits.lowerBound), limits.upperBound),
            min(max($0.high, limits.lowerBound), limits.upperBound)
          )
        })
    }
    let values = series.flatMap { $0.points.map(\.y) + $0.band.map(\.low) }.filter(\.isDrawable)
    isLogarithmic = logarithmic && !values.isEmpty && values.allSatisfy { $0 > 0 }
  }

  static let dashes = ["", "6 3", "2 3", "8 3 2 3", "1 3"]

  private var yKind: Scale.Kind { isLogarithmic ? .logarithmic : .linear }

  /// - Parameter margin: How much wider than the data.
  private func ranges(
    margin: (x: Double, y: Double)
  ) -> (x: ClosedRange<Double>, y: ClosedRange<Double>) {
    let ys = series.flatMap { $0.points.map(\.y) + $0.band.flatMap { [$0.low, $0.high] } }
    return (
      Scale.range(of: series.flatMap { $0.points.map(\.x) }, margin: margin.x),
      isLogarithmic
        ? Scale.logarithmicRange(of: ys)
        : Scale.cut(Scale.range(of: ys, margin: margin.y), to: limits)
    )
  }

  private var hasWholeX: Bool {
    series.allSatisfy { $0.points.allSatisfy { $0.x == $0.x.rounded() } }
  }

  public var svg: String {
    let (x, y) = ranges(margin: (0.01, 0.04))
    let legend = series.enumerated().map { index, series in
      Frame.Entry(
        name: series.name, color: Palette.category(index),
        dash: Self.dashes[index % Self.dashes.count])
    }
    var frame = Frame(
      title: title, xLabel: xLabel, yLabel: yLabel, x: x, y: y, yKind: yKind,
      hasWholeX: hasWholeX, legend: series.count > 1 ? legend : [])
    frame.drawTicks()
    let (xs, ys) = (frame.x, frame.y)
    frame.draw { canvas in
      for (index, series) in series.enumerated() {
        let color = Palette.category(index)
        let places = zip(series.points, series.band).filter {
          $0.0.x.isDrawable && $0.1.low.isDrawable && $0.1.high.isDrawable
        }
        if !places.isEmpty {
          let upper = places.map { (x: xs.place($0.0.x), y: ys.place($0.1.high)) }
          let lower = places.map { (x: xs.place($0.0.x), y: ys.place($0.1.low)) }
          canvas.path(
            upper + lower.reversed(), kind: "band", style: "fill: \(color)", closes: true)
        }
      }
      for (index, series) in series.enumerated() {
        // A value that is not finite leaves a gap.
        for run in series.points.split(whereSeparator: { !$0.x.isDrawable || !$0.y.isDrawable }) {
          let dash = Self.dashes[index % Self.dashes.count]
          let places = run.map { (x: xs.place($0.x), y: ys.place($0.y)) }
          if let only = places.first, places.count == 1 {
            canvas.circle(
              only.x, only.y, 3, kind: "mark", fill: Palette.category(index), title: series.name)
            continue
          }
          canvas.path(
            places, kind: "curve",
            style: "stroke: \(Palette.category(index))"
              + (dash.isEmpty ? "" : "; stroke-dasharray: \(dash)"), title: series.name)
        }
      }
    }
    return frame.document
  }

  /// The chart as text, no wider than that.
  public func text(width: Int) -> String { text(width: width, rows: 14) }

  /// The same with so many lines between the axes.
  public func text(width: Int, rows: Int) -> String {
    let (x, y) = ranges(margin: (0, 0))
    var plot = TextPlot(x: x, y: y, width: width, rows: rows, yKind: yKind)
    for (index, series) in series.enumerated() { plot.curve(series.points, style: index) }
    var text = plot.text(title: title, xLabel: xLabel)
    for (index, series) in series.enumerated() where !series.name.isEmpty {
      let last = series.points.last.map { "\(Ticks.short($0.y)) at the end" } ?? "no points"
      let line = "  \(TextPlot.keys[index % TextPlot.keys.count]) \(series.name): \(last)"
      text += "\n" + line.prefix(max(8, width))
    }
    return text
  }
}
