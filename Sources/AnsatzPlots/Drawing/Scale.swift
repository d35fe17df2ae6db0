import Foundation

/// Maps numbers to places along an axis.
struct Scale: Sendable {
  enum Kind: Sendable { case linear, logarithmic }

  let low: Double
  let high: Double
  let kind: Kind
  /// Where low and high are, in pixels.
  let start: Double
  let end: Double

  init(_ range: ClosedRange<Double>, kind: Kind = .linear, from start: Double, to end: Double) {
    low = range.lowerBound
    high = range.upperBound
    self.kind = kind
    self.start = start
    self.end = end
  }

  func place(_ value: Double) -> Double {
    let share =
      switch kind {
      case .linear: (value - low) / (high - low)
      case .logarithmic:
        (log(max(value, .leastNormalMagnitude)) - log(low)) / (log(high) - log(low))
      }
    return start + share * (end - start)
  }

  var ticks: Ticks {
    let count = max(2, Int(abs(end - start) / 70))
    return kind == .linear
      ? Ticks(from: low, to: high, count: count) : Ticks(logarithmicFrom: low, to: high)
  }

  /// The range of finite numbers, widened by a share on both sides, and never empty.
  static func range(
    of values: some Sequence<Double>, margin: Double = 0.04, including extra: [Double] = []
  ) -> ClosedRange<Double> {
    var (low, high) = (Double.infinity, -Double.infinity)
    for value in values where value.isFinite { (low, high) = (min(low, value), max(high, value)) }
    for value in extra { (low, high) = (min(low, value), max(high, value)) }
    guard low <= high else { return 0...1 }
    if low == high {
      let half = max(abs(low) * 0.1, 0.5)
      return (low - half)...(high + half)
    }
    let space = (high - low) * margin
    return (low - space)...(high + space)
  }
}
