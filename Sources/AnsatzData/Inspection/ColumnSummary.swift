/// What a column of the training rows held, to compare new rows with.
public struct ColumnSummary: Codable, Equatable, Sendable {
  /// From the header.
  public let name: String
  /// How many cells had a value.
  public let count: Int
  /// How many cells were empty.
  public let missing: Int
  /// The least number; nil for text, and for a column without a value.
  public let minimum: Double?
  /// The largest number; nil as `minimum` is.
  public let maximum: Double?
  /// The mean of the numbers; nil as `minimum` is.
  public let mean: Double?
  /// The standard deviation of the numbers, `√(Σ(x - mean)² / count)`; nil as `minimum` is.
  public let deviation: Double?
  /// The distinct texts, ascending; nil for numbers.
  public let categories: [String]?

  /// The summary of a column's cells.
  public init(_ column: Column) {
    name = column.name
    missing = column.missingCount
    count = column.count - missing
    switch column.values {
    case .text(let texts):
      (minimum, maximum, mean, deviation) = (nil, nil, nil, nil)
      categories = Set(texts.compactMap { $0 }).sorted()
    case .numeric:
      let numbers = column.knownNumbers
      minimum = numbers.min()
      maximum = numbers.max()
      categories = nil
      guard !numbers.isEmpty else {
        (mean, deviation) = (nil, nil)
        return
      }
      let centre = AnsatzData.mean(of: numbers)
      // In units of the largest, so that squares do not overflow.
      let scale = numbers.reduce(0) { max($0, ($1 / 2 - centre / 2).magnitude) }
      let squares = numbers.map {
        (($0 / 2 - centre / 2) / scale) * (($0 / 2 - centre / 2) / scale)
      }
      let deviation =
        scale > 0 ? 2 * scale * AnsatzData.mean(of: squares).squareRoot() : 0
      mean = centre
      self.deviation = min(deviation, .greatestFiniteMagnitude)
    }
  }
}
