import Numerics

extension RandomStream {
  /// Up to this many trials are drawn one by one.
  public static let trialsOneByOne = 1 << 10

  /// How many of `trials` independent trials succeed, each with the same probability.
  ///
  /// Exact for any number of trials, in a time that does not depend on it: up to 1,024 trials are
  /// drawn one by one, more by inversion where few succeed, else by transformed rejection, with the
  /// logarithms of binomial coefficients taken as deviances so that nothing cancels.
  ///
  /// - Parameters:
  ///   - trials: 0 or more, up to `Int.max`.
  ///   - probability: Below 0 and NaN count as 0, above 1 as 1.
  /// - Source: Hörmann, J. Stat. Comput. Simul. 46, 101 (1993), algorithm BTRS; Loader, "Fast and
  ///   accurate computation of binomial probabilities" (2000), for the deviances.
  public mutating func binomial(_ trials: Int, probability: Double) -> Int {
    guard trials > 0 else { return 0 }
    if trials <= Self.trialsOneByOne {
      var count = 0
      for _ in 0..<trials where uniform() < probability { count += 1 }
      return count
    }
    guard probability > 0 else { return 0 }
    guard probability < 1 else { return trials }
    // 1 - p is exact for p from a half to 1.
    if probability > 0.5 { return trials - rare(trials, 1 - probability) }
    return rare(trials, probability)
  }

  /// - Parameter p: At most a half.
  private mutating func rare(_ n: Int, _ p: Double) -> Int {
    Double(n) * p < 10 ? inverted(n, p) : rejected(n, p)
  }

  /// Walks up the distribution from 0.
  private mutating func inverted(_ n: Int, _ p: Double) -> Int {
    let odds = p / (1 - p)
    let start = Double.exp(Double(n) * Double.log(onePlus: -p))
    // Beyond it nothing is left but rounding.
    let bound = min(n, 200)
    while true {
      var (k, share, place) = (0, start, uniform())
      while place >= share, k < bound {
        place -= share
        k += 1
        share *= odds * Double(n - k + 1) / Double(k)
      }
      if place < share { return k }
    }
  }

  private mutating func rejected(_ n: Int, _ p: Double) -> Int {
    let law = BinomialLaw(n, p)
    let spread = law.variance.squareRoot()
    let b = 1.15 + 2.53 * spread
    let a = -0.0873 + 0.0248 * b + 0.01 * p
    let shortcut = 0.92 - 4.2 / b
    let alpha = (2.83 + 5.1 / b) * spread
    while true {
      let u = uniform() - 0.5
      var v = uniform()
      let us = 0.5 - abs(u)
      // Relative to the mode, so that a count near 2⁶³ keeps its last digit.
      let step = ((2 * a / us + b) * u + law.meanAboveMode + 0.5).rounded(.down)
      guard abs(step) < 0x1p62 else { continue }
      let (k, overflow) = law.mode.addingReportingOverflow(Int(step))
      guard !overflow, k >= 0, k <= n else { continue }
      if us >= 0.07, v <= shortcut { return k }
      v *= alpha / (a / (us * us) + b)
      if Double.log(v) <= law.logShare(step: step) { return k }
    }
  }
}

/// A binomial distribution around its mode.
private struct BinomialLaw {
  let n: Int
  let p: Double
  let mode: Int
  /// np minus the mode.
  let meanAboveMode: Double
  let variance: Double
  private let mean: Double
  private let logMode: Double

  /// - Parameter p: Above 0, at most a half.
  init(_ n: Int, _ p: Double) {
    self.n = n
    self.p = p
    // np as a whole number and a fraction: n in two halves, each product with its rounding error.
    var whole = 0
    var fraction = 0.0
    for part in [Double(n >> 32) * 0x1p32, Double(n & 0xffff_ffff)] {
      let product = part * p
      let floor = product.rounded(.down)
      whole += Int(floor)
      fraction += (product - floor) + (-product).addingProduct(part, p)
    }
    let carry = (fraction + p).rounded(.down)
    mode = whole + Int(carry)
    meanAboveMode = fraction - carry
    mean = Double(whole) + fraction
    variance = mean * (1 - p)
    logMode = Self.logWeight(n, p, k: mode, aboveMean: -(fraction - carry), mean: mean)
  }

  /// The logarithm of the probability of `mode + step`, over that of the mode.
  func logShare(step: Double) -> Double {
    Self.logWeight(n, p, k: mode + Int(step), aboveMean: step - meanAboveMode, mean: mean)
      - logMode
  }

  /// The logarithm of a probability, but for what all have in common.
  private static func logWeight(
    _ n: Int, _ p: Double, k: Int, aboveMean: Double, mean: Double
  ) -> Double {
    if k == 0 { return Double(n) * Double.log(onePlus: -p) - ends(n) }
    if k == n { return Double(n) * Double.log(p) - ends(n) }
    let others = Double(n) * (1 - p)
    return -deviance(aboveMean, of: mean) - deviance(-aboveMean, of: others)
      - stirlingError(k) - stirlingError(n - k)
      - 0.5 * (Double.log(Double(k) / Double(n)) + Double.log(Double(n - k) / Double(n)))
  }

  /// What the weights of 0 and of n lack that the others leave out: √(2πn) and Stirling's error of n.
  private static func ends(_ n: Int) -> Double {
    stirlingError(n) - 0.5 * Double.log(2 * .pi * Double(n))
  }

  /// `x log(x/m) + m - x` at `x = m + d`.
  private static func deviance(_ d: Double, of m: Double) -> Double {
    let v = d / m
    guard abs(v) < 0.05 else { return m * ((1 + v) * Double.log(onePlus: v) - v) }
    // v²/2 - v³/6 + v⁴/12 - …; the terms fall by twenty each.
    var (sum, power) = (0.0, v)
    for j in 2...14 {
      power *= -v
      sum -= power / Double(j * (j - 1))
    }
    return m * sum
  }

  /// log(k!) minus Stirling's formula, from its series, or from the sum of logarithms for few.
  private static func stirlingError(_ k: Int) -> Double {
    let x = Double(k)
    if k > 15 {
      let r = 1 / (x * x)
      return (1.0 / 12 - (1.0 / 360 - (1.0 / 1260 - (1.0 / 1680 - r / 1188) * r) * r) * r) / x
    }
    let logFactorial = k < 2 ? 0 : (2...k).reduce(0) { $0 + Double.log(Double($1)) }
    return logFactorial - (x + 0.5) * Double.log(x) + x - 0.5 * Double.log(2 * .pi)
  }
}
