import Foundation

/// Values with names, each perhaps with an interval.
public struct BarChart: Drawable {
  /// One bar.
  public struct Bar: Sendable {
    /// What stands below it.
    public let name: String
    /// Its length.
    public let value: Double
    /// What the line through its end shows; nil for none.
    public let interval: ClosedRange<Double>?
    /// Bars of one group share a colour.
    public let group: Int

    /// A chart of these data.
    public init(
      _ name: String, value: Double, interval: ClosedRange<Double>? = nil, group: Int = 0
    ) {
      self.name = name
      self.value = value
      self.interval = interval.flatMap {
        $0.lowerBound.isDrawable && $0.upperBound.isDrawable ? $0 : nil
      }
      self.group = group
    }
  }

  /// What stands above it.
  public let title: String
  /// What the lengths are.
  public let valueLabel: String
  /// In the order they are drawn.
  public let bars: [Bar]
  /// Whether values are points with whiskers on an axis that need not hold 0, not bars from 0.
  public let showsPoints: Bool
  /// Where a line stands across all bars, such as no difference at all.
  public let reference: Double?
  /// Where the quantity ends, as a probability does at 0 and 1; nil if it does not.
  public let limits: ClosedRange<Double>?
  /// How many decimals the labels of the values have; nil for four significant digits.
  public let decimals: Int?

  /// A chart of these data.
  ///
  /// - Parameters:
  ///   - showsPoints: For values whose differences matter and not their size.
  ///   - reference: A value to compare with; the axis holds it.
  ///   - limits: Where the quantity ends; neither the axis nor an interval goes on.
  ///   - decimals: Of the labels; as many as a table beside the chart has.
  public init(
    _ title: String = "", valueLabel: String = "", showsPoints: Bool = false,
    reference: Double? = nil, limits: ClosedRange<Double>? = nil, decimals: Int? = nil, bars: [Bar]
  ) {
    self.title = title
    self.limits = limits
    self.decimals = decimals
    self.reference = reference.flatMap { $0.isDrawable ? $0 : nil }
    self.valueLabel = valueLabel
    self.showsPoints = showsPoints
    self.bars = bars.filter(\.value.isDrawable).map { bar in
      guard let limits, let interval = bar.interval else { return bar }
      return Bar(
        bar.name, value: bar.value, interval: interval.clamped(to: limits), group: bar.group)
    }
  }

  private func label(_ value: Double) -> String {
    guard let decimals else { return Ticks.short(value) }
    return Ticks.label(value, step: pow(10, -Double(decimals)))
  }

  private var range: ClosedRange<Double> {
    let values = bars.flatMap { bar in
      [bar.value] + (bar.interval.map { [$0.lowerBound, $0.upperBound] } ?? [])
    }
    return Scale.cut(
      Scale.range(
        of: values, margin: 0.05,
        including: (showsPoints ? [] : [0]) + (reference.map { [$0] } ?? [])), to: limits)
  }

  public var svg: String {
    let row = 26.0
    let margin = (bars.map { SVGCanvas.width(of: $0.name) }.max() ?? 0) + 16
    let top = title.isEmpty ? 12.0 : 38
    let bottom = top + row * Double(max(1, bars.count))
    let right = margin + 280
    var canvas = SVGCanvas(
      width: max(right + 64, SVGCanvas.headingWidth(of: title)),
      height: bottom + (valueLabel.isEmpty ? 32 : 50), title: title)
    canvas.heading(title, middle: (margin + right) / 2)
    let scale = Scale(range, from: margin, to: right)
    let ticks = scale.ticks
    for (value, label) in zip(ticks.values, ticks.labels) {
      canvas.line(scale.place(value), top, scale.place(value), bottom, kind: "grid")
      canvas.text(label, scale.place(value), bottom + 14, kind: "tick")
    }
    if let reference {
      canvas.line(
        scale.place(reference), top, scale.place(reference), bottom, kind: "guide")
    }
    for (index, bar) in bars.enumerated() {
      let y = top + (Double(index) + 0.5) * row
      let color = Palette.category(bar.group)
      canvas.text(bar.name, margin - 8, y, anchor: .end)
      let place = scale.place(bar.value)
      if !showsPoints {
        let zero = scale.place(0)
        canvas.rectangle(
          min(zero, place), y - 8, abs(place - zero), 16, kind: "mark", fill: color,
          title: "\(bar.name): \(label(bar.value))")
      }
      var end = place
      if let interval = bar.interval {
        let (a, b) = (scale.place(interval.lowerBound), scale.place(interval.upperBound))
        canvas.line(a, y, b, y, kind: "whisker")
        canvas.line(a, y - 4, a, y + 4, kind: "whisker")
        canvas.line(b, y - 4, b, y + 4, kind: "whisker")
        end = max(end, b)
      }
      if showsPoints {
        ScatterChart.marker(
          bar.group, place, y, title: "\(bar.name): \(label(bar.value))", &canvas)
      }
      canvas.text(label(bar.value), end + 8, y, anchor: .start, kind: "tick")
    }
    canvas.line(margin, top, margin, bottom, kind: "axis")
    if !valueLabel.isEmpty { canvas.text(valueLabel, (margin + right) / 2, bottom + 36) }
    return canvas.document
  }

  public func text(width: Int) -> String {
    let margin = bars.map(\.name.count).max() ?? 0
    let room = max(8, width - margin - 24)
    let scale = Scale(range, from: 0, to: Double(room))
    return
      ([title].filter { !$0.isEmpty }
      + bars.map { bar in
        let name = bar.name + String(repeating: " ", count: margin - bar.name.count)
        let length = Int(scale.place(bar.value).rounded())
        let line =
          showsPoints
          ? String(repeating: "·", count: max(0, length)) + "●"
          : String(repeating: "█", count: max(0, length - Int(scale.place(0).rounded())))
        let interval = bar.interval.map {
          " [\(label($0.lowerBound)), \(label($0.upperBound))]"
        }
        return "\(name) │\(line) \(label(bar.value))\(interval ?? "")"
      }).joined(separator: "\n")
  }
}
