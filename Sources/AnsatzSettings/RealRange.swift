/// The real numbers that a setting may be; infinities and NaN never are.
public struct RealRange: Hashable, Sendable {
  /// How a search steps through the range.
  public enum Scale: String, Sendable {
    /// By equal differences.
    case linear
    /// By equal ratios, for what spans orders of magnitude.
    case logarithmic
  }

  /// The least number, or what all are above.
  public let lower: Double
  /// The largest number, or what all are below; infinity for no bound.
  public let upper: Double
  /// Whether `lower` itself is allowed.
  public let includesLower: Bool
  /// Whether `upper` itself is allowed.
  public let includesUpper: Bool
  /// How a search steps through it.
  public let scale: Scale

  /// A range with its ends in or out.
  public init(
    from lower: Double = -.infinity, includingLower: Bool = true, to upper: Double = .infinity,
    includingUpper: Bool = true, scale: Scale = .linear
  ) {
    self.lower = lower
    self.upper = upper
    includesLower = includingLower
    includesUpper = includingUpper
    self.scale = scale
  }

  /// Greater than 0.
  public static let positive = RealRange(from: 0, includingLower: false, scale: .logarithmic)
  /// 0 or more.
  public static let nonNegative = RealRange(from: 0)
  /// From 0 to 1, without 1: what decays a running mean, a probability of dropping.
  public static let fraction = RealRange(from: 0, to: 1, includingUpper: false)
  /// From 0 to 1, both included.
  public static let unit = RealRange(from: 0, to: 1)
  /// Any number.
  public static let any = RealRange()
  /// From one number to another, both included.
  public static func between(_ lower: Double, _ upper: Double) -> RealRange {
    RealRange(from: lower, to: upper)
  }

  /// Whether the value is allowed.
  public func contains(_ value: Double) -> Bool {
    guard value.isFinite else { return false }
    return (includesLower ? value >= lower : value > lower)
      && (includesUpper ? value <= upper : value < upper)
  }

  /// The range in words, to follow "must be".
  public var text: String {
    let (low, high) = (numberText(lower), numberText(upper))
    switch (lower.isFinite, upper.isFinite) {
    case (false, false): return "a number"
    case (true, false): return includesLower ? "\(low) or more" : "greater than \(low)"
    case (false, true): return includesUpper ? "\(high) or less" : "less than \(high)"
    case (true, true) where includesLower && includesUpper: return "from \(low) to \(high)"
    case (true, true):
      return (includesLower ? "at least \(low)" : "greater than \(low)")
        + (includesUpper ? " and at most \(high)" : " and less than \(high)")
    }
  }
}

/// A number without a fraction of zero.
func numberText(_ value: Double) -> String {
  Int(exactly: value).map { "\($0)" } ?? "\(value)"
}
