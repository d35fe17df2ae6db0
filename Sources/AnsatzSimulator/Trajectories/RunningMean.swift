/// The mean of equally weighted values, gathered one by one.
///
/// - Source: Welford, Technometrics 4, 419 (1962), with counts.
struct RunningMean {
  private var count = 0.0
  private var mean = 0.0
  private var squares = 0.0

  /// Adds a value that came up a number of times.
  mutating func add(_ value: Double, times: Int = 1) {
    let weight = Double(times)
    count += weight
    let difference = value - mean
    mean += difference * (weight / count)
    squares += weight * difference * (value - mean)
  }

  /// The mean, and √(s² / N) with the sample's variance s².
  var estimate: Estimate {
    Estimate(
      value: mean,
      standardError: count > 1 ? (max(0, squares) / (count - 1) / count).squareRoot() : .infinity,
      shots: Int(count))
  }
}
