import Foundation

/// Round numbers along an axis.
struct Ticks: Equatable, Sendable {
  let values: [Double]
  let labels: [String]

  /// About `count` multiples of 1, 2 or 5 times a power of ten inside a range.
  init(from low: Double, to high: Double, count: Int = 6, isWhole: Bool = false) {
    // Ends that differ by rounding alone have no multiples between them.
    guard low.isDrawable, high.isDrawable, high - low > 1e-13 * max(abs(low), abs(high)) else {
      values = low.isDrawable ? [low] : []
      labels = values.map { Self.label($0, step: 0) }
      return
    }
    let wanted = Self.step((high - low) / Double(max(1, count)))
    let step = isWhole ? max(1, wanted) : wanted
    // A hair of slack, so that ends which are multiples are not lost to rounding.
    let first = (low / step - 1e-9).rounded(.up)
    let last = (high / step + 1e-9).rounded(.down)
    let multiples = last >= first ? stride(from: first, through: last, by: 1).map { $0 } : []
    values = multiples.map { $0 * step }
    labels = values.map { Self.label($0, step: step) }
  }

  /// Powers of ten inside a range of numbers above 0.
  init(logarithmicFrom low: Double, to high: Double) {
    guard low > 0, high > low, low.isDrawable, high.isDrawable else {
      self = Ticks(from: low, to: high, count: 4)
      return
    }
    let first = Int((log10(low) - 1e-9).rounded(.up))
    let last = Int((log10(high) + 1e-9).rounded(.down))
    guard last > first else {
      self = Ticks(from: low, to: high, count: 4)
      return
    }
    let stride = max(1, (last - first) / 6)
    let powers = Swift.stride(from: first, through: last, by: stride).map { $0 }
    self = Ticks(
      values: powers.map { pow(10, Double($0)) },
      labels: powers.map { (0...3).contains($0) ? "\(Int(pow(10, Double($0))))" : "1e\($0)" })
  }

  private init(values: [Double], labels: [String]) {
    self.values = values
    self.labels = labels
  }

  /// The least of 1, 2, 5 and 10 times a power of ten that is not below a length.
  private static func step(_ length: Double) -> Double {
    let power = pow(10, log10(length).rounded(.down))
    let factor = [1.0, 2, 5].first { $0 * power >= length * (1 - 1e-9) } ?? 10
    return factor * power
  }

  /// A number with as many decimals as a step needs, and no sign on zero.
  static func label(_ value: Double, step: Double) -> String {
    let size = max(abs(value), step)
    if size != 0, size >= 1e6 || size < 1e-4 {
      let text = String(format: "%.2e", value)
      // 1.00e+06 is 1e6.
      let parts = text.split(separator: "e")
      var mantissa = String(parts[0])
      while mantissa.contains("."), mantissa.hasSuffix("0") || mantissa.hasSuffix(".") {
        let last = mantissa.removeLast()
        if last == "." { break }
      }
      if mantissa == "0" || mantissa == "-0" { return "0" }
      return mantissa + "e\(Int(parts[1]) ?? 0)"
    }
    let decimals =
      step > 0 ? max(0, Int((-log10(step) - 1e-9).rounded(.up))) : 3
    let text = String(format: "%.\(decimals)f", value)
    let isZero = text.allSatisfy { "-0.".contains($0) }
    return isZero ? String(format: "%.\(decimals)f", 0.0) : text
  }

  /// A number as people write it in a table: four significant digits.
  static func short(_ value: Double) -> String {
    guard value.isFinite else { return "\(value)" }
    if value == 0 { return "0" }
    let size = abs(value)
    if size >= 1e5 || size < 1e-3 {
      return label(value, step: 0).contains("e")
        ? label(value, step: 0) : String(format: "%.3g", value)
    }
    let text = String(format: "%.4g", value)
    return text == "-0" ? "0" : text
  }
}
