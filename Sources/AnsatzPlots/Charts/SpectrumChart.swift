/// Sizes of coefficients over their frequencies, as stems.
public struct SpectrumChart: Drawable {
  /// What stands above it.
  public let title: String
  /// What the horizontal axis is.
  public let xLabel: String
  /// What the vertical axis is.
  public let yLabel: String
  /// One for each frequency.
  public let stems: [(frequency: Double, size: Double)]

  /// A chart of these data.
  public init(
    _ title: String = "", xLabel: String = "frequency", yLabel: String = "|coefficient|",
    stems: [(frequency: Double, size: Double)]
  ) {
    self.title = title
    self.xLabel = xLabel
    self.yLabel = yLabel
    self.stems = stems.filter { $0.frequency.isDrawable && $0.size.isDrawable }
  }

  public var svg: String {
    var frame = Frame(
      title: title, xLabel: xLabel, yLabel: yLabel,
      x: Scale.range(of: stems.map(\.frequency), margin: 0.05),
      y: Scale.range(of: stems.map(\.size), margin: 0.05, including: [0]))
    frame.drawTicks()
    let (x, y) = (frame.x, frame.y)
    frame.draw { canvas in
      for stem in stems {
        let place = x.place(stem.frequency)
        canvas.line(
          place, y.place(0), place, y.place(stem.size), kind: "curve",
          style: "stroke: \(Palette.category(0))")
        canvas.circle(
          place, y.place(stem.size), 4, kind: "mark", fill: Palette.category(0),
          title: "\(Ticks.short(stem.frequency)): \(Ticks.short(stem.size))")
      }
    }
    return frame.document
  }

  public func text(width: Int) -> String {
    BarChart(
      title,
      bars: stems.map { BarChart.Bar(Ticks.short($0.frequency), value: $0.size) }
    ).text(width: width)
  }
}
