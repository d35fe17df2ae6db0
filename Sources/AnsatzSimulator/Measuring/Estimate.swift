import Foundation

/// A number, and how far off it is likely to be if it was found by sampling.
public struct Estimate: Equatable, Sendable, CustomStringConvertible {
  /// The mean.
  public let value: Double
  /// The standard deviation of the value over repetitions, itself estimated from the same shots.
  public let standardError: Double
  /// Of shots, or of trajectories; 0 if the value is exact.
  public let shots: Int

  /// A mean with its error; exact if only the value is given.
  public init(value: Double, standardError: Double = 0, shots: Int = 0) {
    self.value = value
    self.standardError = standardError
    self.shots = shots
  }

  public var description: String {
    String(format: "%.6f ± %.6f (%d shots)", value, standardError, shots)
  }

  /// The mean of values that came up so many times each.
  ///
  /// - Parameter counted: At least one, the counts above 0.
  init(counted: [(value: Double, count: Int)]) {
    let shots = counted.reduce(0) { $0 + $1.count }
    let mean = counted.reduce(0) { $0 + $1.value * Double($1.count) } / Double(max(1, shots))
    let squares = counted.reduce(0) {
      $0 + ($1.value - mean) * ($1.value - mean) * Double($1.count)
    }
    // One shot says nothing about its spread.
    let variance = shots > 1 ? squares / Double(shots - 1) : .infinity
    self.init(
      value: mean, standardError: (variance / Double(max(1, shots))).squareRoot(), shots: shots)
  }
}
