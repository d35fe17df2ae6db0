import Foundation

/// The interval and the p-value of one test among several, of one mind: the interval leaves out 0
/// exactly if the p-value is below the level.
public struct AdjustedTest: Codable, Equatable, Sendable {
  /// The lower end of the interval of the mean difference.
  public let lower: Double
  /// The upper end of the interval.
  public let upper: Double
  /// The level of the interval, such as 0.975 for the smaller of two p-values.
  public let confidence: Double
  /// The two-sided p-value, multiplied by Holm's method.
  public let pValue: Double
  /// Whether the p-value is below the level of all tests together.
  public let isSignificant: Bool

  /// - Parameters:
  ///   - test: With the interval at the level that goes with the p-value.
  ///   - pValue: Adjusted.
  init(_ test: ResampledTTest, pValue: Double, level: Double) {
    confidence = test.confidence
    self.pValue = pValue
    isSignificant = pValue < level
    let leavesOutZero = test.lower > 0 || test.upper < 0
    // They differ at most in the last digits, where the p-value is as good as the level.
    switch (isSignificant, leavesOutZero) {
    case (true, false):
      lower = test.meanDifference > 0 ? .leastNormalMagnitude : test.lower
      upper = test.meanDifference > 0 ? test.upper : -.leastNormalMagnitude
    case (false, true):
      (lower, upper) = (min(0, test.lower), max(0, test.upper))
    default:
      (lower, upper) = (test.lower, test.upper)
    }
  }
}
