import AnsatzCircuits
import Numerics

/// The least and the largest of some numbers, carried through an expression.
struct Bounds {
  let low: Double
  let high: Double

  init(_ value: Double) { (low, high) = (value, value) }
  init(_ range: ClosedRange<Double>) { (low, high) = (range.lowerBound, range.upperBound) }

  /// - Parameters: Two ends in either order; one that is not finite spoils both.
  private init(_ a: Double, _ b: Double) {
    let isFinite = a.isFinite && b.isFinite
    low = isFinite ? min(a, b) : .nan
    high = isFinite ? max(a, b) : .nan
  }

  /// nil if a number may not be finite.
  var range: ClosedRange<Double>? { low.isFinite && high.isFinite ? low...high : nil }

  static func + (a: Bounds, b: Bounds) -> Bounds { Bounds(a.low + b.low, a.high + b.high) }

  static func * (a: Bounds, b: Bounds) -> Bounds {
    let (first, second) = (
      Bounds(a.low * b.low, a.low * b.high), Bounds(a.high * b.low, a.high * b.high)
    )
    return Bounds(min(first.low, second.low), max(first.high, second.high))
  }

  /// nil if a value may not be finite.
  func power(_ exponent: Int) -> Bounds? {
    if exponent < 0, !(low > 0 || high < 0) { return nil }
    let ends = Bounds(Double.pow(low, exponent), Double.pow(high, exponent))
    guard low <= 0, high >= 0, exponent > 0 else { return ends }
    return Bounds(min(0, ends.low), max(0, ends.high))
  }

  /// nil if a number may be outside the function's domain, or a value not finite.
  func image(_ function: Angle.Function) -> Bounds? {
    guard low.isFinite, high.isFinite else { return nil }
    switch function {
    case .sin, .cos: return Bounds(-1...1)
    case .tanh, .atan, .asin, .exp, .sqrt, .log, .acos:
      let domain = function.domain
      guard domain.lowerBound <= low, high <= domain.upperBound else { return nil }
      return Bounds(function.value(low), function.value(high))
    case .tan: return abs(low) < 1.5 && abs(high) < 1.5 ? Bounds(.tan(low), .tan(high)) : nil
    }
  }
}
