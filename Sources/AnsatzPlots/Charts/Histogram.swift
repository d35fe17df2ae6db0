import Foundation

/// How often values fall into equal bins.
public struct Histogram: Drawable {
  /// What stands above it.
  public let title: String
  /// What the horizontal axis is.
  public let xLabel: String
  /// From the least value to the largest.
  public let range: ClosedRange<Double>
  /// How many values fall into each bin.
  public let counts: [Int]

  /// - Parameter bins: By the rule of Freedman and Diaconis if nil, at most 60.
  public init(_ title: String = "", xLabel: String = "", values: [Double], bins: Int? = nil) {
    self.title = title
    self.xLabel = xLabel
    let finite = values.filter(\.isDrawable).sorted()
    let range = Scale.range(of: finite, margin: 0)
    let count = min(10_000, max(1, bins ?? Self.bins(finite, range)))
    var counts = [Int](repeating: 0, count: count)
    let width = (range.upperBound - range.lowerBound) / Double(count)
    for value in finite {
      counts[min(count - 1, Int((value - range.lowerBound) / width))] += 1
    }
    self.range = range
    self.counts = counts
  }

  private static func bins(_ sorted: [Double], _ range: ClosedRange<Double>) -> Int {
    guard sorted.count > 3 else { return max(1, sorted.count) }
    let spread = sorted[3 * sorted.count / 4] - sorted[sorted.count / 4]
    guard spread > 0 else { return 10 }
    let width = 2 * spread / cbrt(Double(sorted.count))
    return Int(min(60, max(1, ((range.upperBound - range.lowerBound) / width).rounded(.up))))
  }

  public var svg: String {
    var frame = Frame(
      title: title, xLabel: xLabel, yLabel: "count", x: range,
      y: 0...Double(max(1, counts.max() ?? 1)) * 1.05)
    frame.drawTicks()
    let (x, y) = (frame.x, frame.y)
    let width = (range.upperBound - range.lowerBound) / Double(counts.count)
    frame.draw { canvas in
      for (index, count) in counts.enumerated() where count > 0 {
        let low = range.lowerBound + Double(index) * width
        let (left, right) = (x.place(low), x.place(low + width))
        canvas.rectangle(
          left, y.place(Double(count)), right - left, y.place(0) - y.place(Double(count)),
          kind: "mark", fill: Palette.category(0),
          title: "\(Ticks.short(low)) to \(Ticks.short(low + width)): \(count)")
      }
    }
    return frame.document
  }

  public func text(width: Int) -> String {
    let step = (range.upperBound - range.lowerBound) / Double(counts.count)
    let labels = counts.indices.map { Ticks.short(range.lowerBound + Double($0) * step) }
    let margin = labels.map(\.count).max() ?? 0
    let largest = Double(max(1, counts.max() ?? 1))
    let room = Double(max(8, width - margin - 10))
    return
      ([title].filter { !$0.isEmpty }
      + counts.indices.map { index in
        String(repeating: " ", count: margin - labels[index].count) + labels[index] + " │"
          + String(
            repeating: "█", count: Int((room * Double(counts[index]) / largest).rounded()))
          + " \(counts[index])"
      }).joined(separator: "\n")
  }
}
