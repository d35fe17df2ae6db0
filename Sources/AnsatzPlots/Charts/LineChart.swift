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
  /// Whether the y axis is logarithmic; ignored if a value is not above 0.
  public let isLogarithmic: Bool

  /// A chart of these data.
  public init(
    _ title: String = "", xLabel: String = "", yLabel: String = "", logarithmic: Bool = false,
    series: [Series]
  ) {
    self.title = title
    self.xLabel = xLabel
    self.yLabel = yLabel
    self.series = series
    let values = series.flatMap { $0.points.map(\.y) + $0.band.map(\.low) }
    isLogarithmic = logarithmic && values.allSatisfy { $0 > 0 }
  }

  static let dashes = ["", "6 3", "2 3", "8 3 2 3", "1 3"]

  private var yKind: Scale.Kind { isLogarithmic ? .logarithmic : .linear }

  private var ranges: (x: ClosedRange<Double>, y: ClosedRange<Double>) {
    let ys = series.flatMap { $0.points.map(\.y) + $0.band.flatMap { [$0.low, $0.high] } }
    return (
      Scale.range(of: series.flatMap { $0.points.map(\.x) }, margin: 0.01),
      Scale.range(of: ys, margin: isLogarithmic ? 0 : 0.04)
    )
  }

  public var svg: String {
    let (x, y) = ranges
    let legend = series.enumerated().map { index, series in
      Frame.Entry(
        name: series.name, color: Palette.category(index),
        dash: Self.dashes[index % Self.dashes.count])
    }
    var frame = Frame(
      title: title, xLabel: xLabel, yLabel: yLabel, x: x, y: y, yKind: yKind,
      legend: series.count > 1 ? legend : [])
    frame.drawTicks()
    let (xs, ys) = (frame.x, frame.y)
    frame.draw { canvas in
      for (index, series) in series.enumerated() {
        let color = Palette.category(index)
        let places = zip(series.points, series.band).filter {
          $0.0.x.isFinite && $0.1.low.isFinite && $0.1.high.isFinite
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
        for run in series.points.split(whereSeparator: { !$0.x.isFinite || !$0.y.isFinite }) {
          let dash = Self.dashes[index % Self.dashes.count]
          canvas.path(
            run.map { (xs.place($0.x), ys.place($0.y)) }, kind: "curve",
            style: "stroke: \(Palette.category(index))"
              + (dash.isEmpty ? "" : "; stroke-dasharray: \(dash)"), title: series.name)
        }
      }
    }
    return frame.document
  }

  public func text(width: Int) -> String {
    let (x, y) = ranges
    var plot = TextPlot(x: x, y: y, width: width, yKind: yKind)
    for series in series { plot.curve(series.points) }
    var text = plot.text(title: title, xLabel: xLabel)
    for series in series where !series.name.isEmpty {
      let last = series.points.last.map { Ticks.short($0.y) } ?? "no points"
      text += "\n  \(series.name): \(last) at the end"
    }
    return text
  }
}
