import Foundation

/// Student's t distribution with `ν` degrees of freedom, not necessarily a whole number.
///
/// Its density is `Γ((ν+1)/2) / (√(νπ) Γ(ν/2)) · (1 + t²/ν)^(-(ν+1)/2)`.
public struct StudentT: Sendable {
  /// More than 0.
  public let degreesOfFreedom: Double

  /// - Precondition: `degreesOfFreedom > 0`.
  public init(degreesOfFreedom: Double) {
    precondition(degreesOfFreedom > 0)
    self.degreesOfFreedom = degreesOfFreedom
  }

  /// The density at t.
  public func density(_ t: Double) -> Double {
    let half = degreesOfFreedom / 2
    let logNorm = lgamma(half + 0.5) - lgamma(half) - 0.5 * log(degreesOfFreedom * .pi)
    return exp(logNorm - (half + 0.5) * log1p(t * t / degreesOfFreedom))
  }

  /// The probability of a value at least as far from zero as `t`: the two-sided p-value.
  ///
  /// `P(|T| ≥ |t|) = I_x(ν/2, ½)` with `x = ν / (ν + t²)`.
  public func twoSidedTail(_ t: Double) -> Double {
    if t.isInfinite { return 0 }
    let square = t * t
    let total = degreesOfFreedom + square
    return regularisedBeta(
      degreesOfFreedom / total, complement: square / total, degreesOfFreedom / 2, 0.5)
  }

  /// The probability of a value of at most `t`.
  public func cumulative(_ t: Double) -> Double {
    let tail = twoSidedTail(t) / 2
    return t < 0 ? tail : 1 - tail
  }

  /// The value that a fraction `p` of the distribution does not exceed; ±∞ at `p` = 0 and 1.
  ///
  /// - Precondition: `p` is within 0...1.
  public func quantile(_ p: Double) -> Double {
    precondition((0...1).contains(p))
    if p == 0.5 { return 0 }
    if p < 0.5 { return -quantileAbove(tail: p) }
    return quantileAbove(tail: 1 - p)
  }

  /// The positive `t` with `P(T > t) = tail`: bisection, since the tail falls everywhere.
  private func quantileAbove(tail: Double) -> Double {
    if tail == 0 { return .infinity }
    var high = 1.0
    while twoSidedTail(high) / 2 > tail { high *= 2 }
    var low = high == 1 ? 0 : high / 2
    while true {
      let middle = low + (high - low) / 2
      if middle <= low || middle >= high { return middle }
      if twoSidedTail(middle) / 2 > tail { low = middle } else { high = middle }
    }
  }
}

/// The regularised incomplete beta function `I_x(a, b)`.
///
/// Lentz's method on the continued fraction (DLMF 8.17.22), which converges fast for
/// `x < (a + 1) / (a + b + 2)`; beyond, `I_x(a, b) = 1 - I_{1-x}(b, a)`.
///
/// - Parameter complement: `1 - x`, given apart so that no digits are lost near `x = 1`.
func regularisedBeta(_ x: Double, complement: Double, _ a: Double, _ b: Double) -> Double {
  if x <= 0 { return 0 }
  if complement <= 0 { return 1 }
  if x > (a + 1) / (a + b + 2) {
    return 1 - regularisedBeta(complement, complement: x, b, a)
  }
  let logFactor =
    a * log(x) + b * log(complement) + lgamma(a + b) - lgamma(a) - lgamma(b) - log(a)
  let tiny = 1e-300
  var (c, d) = (1.0, 1 / nonZero(1 - (a + b) * x / (a + 1)))
  var fraction = d
  for m in 1...10_000 {
    let m = Double(m)
    let even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
    let odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
    for term in [even, odd] {
      d = 1 / nonZero(1 + term * d)
      c = nonZero(1 + term / c)
      fraction *= c * d
    }
    if abs(c * d - 1) < 1e-16 { break }
  }
  return exp(logFactor) * fraction

  func nonZero(_ value: Double) -> Double { abs(value) < tiny ? tiny : value }
}
