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
  /// Whether only whole numbers mean something, as with epochs.
  let isWhole: Bool

  init(
    _ range: ClosedRange<Double>, kind: Kind = .linear, from start: Double, to end: Double,
    isWhole: Bool = false
  ) {
    self.isWhole = isWhole
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
    let count = max(3, Int(abs(end - start) / 50))
    return kind == .linear
      ? Ticks(from: low, to: high, count: count, isWhole: isWhole)
      : Ticks(logarithmicFrom: low, to: high)
  }

  /// The range of the drawable numbers, widened by a share on both sides, and never empty.
  static func range(
    of values: some Sequence<Double>, margin: Double = 0.04, including extra: [Double] = []
  ) -> ClosedRange<Double> {
    var (low, high) = (Double.infinity, -Double.infinity)
    for value in values where value.isDrawable { (low, high) = (min(low, value), max(high, value)) }
    for value in extra { (low, high) = (min(low, value), max(high, value)) }
    guard low <= high else { return 0...1 }
    // What differs by rounding alone is constant.
    let size = max(abs(low), abs(high))
    if high - low <= 1e-12 * size {
      let half = size == 0 ? 0.5 : max(size * 0.1, 1e-150)
      return (low - half)...(high + half)
    }
    let space = (high - low) * margin
    return (low - space)...(high + space)
  }

  /// A range that does not go on where the quantity ends, as an accuracy does at 1.
  static func cut(_ range: ClosedRange<Double>, to limits: ClosedRange<Double>?) -> ClosedRange<
    Double
  > {
    guard let limits else { return range }
    let low = max(range.lowerBound, limits.lowerBound)
    let high = min(range.upperBound, limits.upperBound)
    // Data outside of the limits are a caller's mistake, and drawn.
    return low < high ? low...high : range
  }

  /// The range of numbers above 0 for a logarithmic axis.
  static func logarithmicRange(of values: some Sequence<Double>) -> ClosedRange<Double> {
    var (low, high) = (Double.infinity, 0.0)
    for value in values where value.isDrawable && value > 0 {
      (low, high) = (min(low, value), max(high, value))
    }
    guard low <= high else { return 1...10 }
    // Numbers so small that their quotients overflow are not told apart.
    low = max(low, 1e-150)
    high = max(high, low)
    return high > 1.001 * low ? low / 1.05...high * 1.05 : low / 2...high * 2
  }
}

extension Double {
  /// Whether a number can stand on an axis: what is not finite cannot, nor what is so large that
  /// differences and squares overflow.
  var isDrawable: Bool { abs(self) < 1e150 }
}
