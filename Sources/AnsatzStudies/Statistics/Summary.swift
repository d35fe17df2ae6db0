/// Mean and spread of repeated measurements.
public struct Summary: Codable, Equatable, Sendable {
  /// How many values there were.
  public let count: Int
  /// Their mean.
  public let mean: Double
  /// The sample standard deviation, `√(Σ(xᵢ - x̄)² / (n - 1))`; zero for fewer than two values.
  public let standardDeviation: Double

  /// The mean and the spread of some values.
  public init(_ values: [Double]) {
    count = values.count
    let mean = values.isEmpty ? 0 : values.reduce(0, +) / Double(values.count)
    self.mean = mean
    let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    standardDeviation = values.count < 2 ? 0 : (squares / Double(values.count - 1)).squareRoot()
  }
}
