/// True against false positives as the threshold moves, one curve a classifier or class.
public struct ROCChart: Drawable {
  /// One classifier.
  public struct Curve: Sendable {
    /// What the legend says.
    public let name: String
    /// From (0, 0) to (1, 1), the false positive rate as x.
    public let points: [(x: Double, y: Double)]
    /// The area below: the probability that a positive scores above a negative; not a number
    /// unless there are both.
    public let area: Double

    /// - Parameters:
    ///   - scores: The higher, the more a sample is taken for positive.
    ///   - isPositive: What it is.
    public init(_ name: String, scores: [Double], isPositive: [Bool]) {
      self.name = name
      // A score that is no number is the lowest.
      let pairs = zip(scores.map { $0.isNaN ? -.infinity : $0 }, isPositive)
        .sorted { $0.0 > $1.0 }
      let positives = Double(pairs.count { $0.1 })
      let negatives = Double(pairs.count) - positives
      var points: [(x: Double, y: Double)] = [(0, 0)]
      var (hits, alarms, area) = (0.0, 0.0, 0.0)
      var index = 0
      while index < pairs.count {
        // Equal scores pass the threshold together.
        let score = pairs[index].0
        let (oldHits, oldAlarms) = (hits, alarms)
        while index < pairs.count, pairs[index].0 == score {
          if pairs[index].1 { hits += 1 } else { alarms += 1 }
          index += 1
        }
        area += (alarms - oldAlarms) * (hits + oldHits) / 2
        points.append((alarms / max(1, negatives), hits / max(1, positives)))
      }
      self.points = points
      self.area = area / (positives * negatives)
    }

    var areaText: String {
      area.isNaN ? "undefined" : Ticks.label(area, step: 0.001)
    }
  }

  /// What stands above it.
  public let title: String
  /// One for each classifier.
  public let curves: [Curve]

  /// A chart of these data.
  public init(_ title: String = "", curves: [Curve]) {
    self.title = title
    self.curves = curves
  }

  public var svg: String {
    let legend = curves.enumerated().map { index, curve in
      Frame.Entry(
        name: "\(SVGCanvas.shortened(curve.name, to: 22)) (area \(curve.areaText))",
        color: Palette.category(index), dash: LineChart.dashes[index % LineChart.dashes.count])
    }
    var frame = Frame(
      title: title, xLabel: "false positive rate", yLabel: "true positive rate", x: 0...1, y: 0...1,
      width: 400, legend: legend, isSquare: true)
    frame.drawTicks()
    let (x, y) = (frame.x, frame.y)
    frame.draw { canvas in
      canvas.line(x.place(0), y.place(0), x.place(1), y.place(1), kind: "guide")
      for (index, curve) in curves.enumerated() {
        let dash = LineChart.dashes[index % LineChart.dashes.count]
        canvas.path(
          curve.points.map { (x.place($0.x), y.place($0.y)) }, kind: "curve",
          style: "stroke: \(Palette.category(index))"
            + (dash.isEmpty ? "" : "; stroke-dasharray: \(dash)"), title: curve.name)
      }
    }
    return frame.document
  }

  public func text(width: Int) -> String {
    var plot = TextPlot(x: 0...1, y: 0...1, width: min(width, 60))
    for (index, curve) in curves.enumerated() { plot.curve(curve.points, style: index) }
    return plot.text(title: title, xLabel: "false positive rate")
      + curves.enumerated().map {
        "\n  \(TextPlot.keys[$0.offset % TextPlot.keys.count]) \($0.element.name): area "
          + $0.element.areaText
      }.joined()
  }
}
