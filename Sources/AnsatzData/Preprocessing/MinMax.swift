import AnsatzMath

/// Maps each column's range on the training rows to a given range.
///
/// `lower + (x - min) · (upper - lower) / (max - min)`. A column of one value maps to `lower`.
/// Values of other rows outside the training range land outside the given one.
public struct MinMax: PreprocessingStep {
  public static let name = "min-max"
  public static let summary = "map each column's range to 0..1 or a given range"
  public static let usage = "min-max or min-max:LOWER..UPPER, as in min-max:-pi..pi"

  /// Where the least value of a column goes.
  public let lower: Double
  /// Where the largest value of a column goes.
  public let upper: Double
  /// One per column, after `fit`.
  public private(set) var minima: [Double]?
  /// One per column, after `fit`.
  public private(set) var maxima: [Double]?

  /// - Throws: `AnsatzError` unless both bounds are finite and `lower` is less than `upper`.
  public init(lower: Double = 0, upper: Double = 1) throws {
    guard lower < upper, (upper - lower).isFinite else {
      throw AnsatzError(
        .usage, "'\(Self.name)' needs a lower bound below the upper one, not \(lower)..\(upper)")
    }
    self.lower = lower
    self.upper = upper
  }

  public init(argument: String?) throws {
    guard let argument else {
      try self.init()
      return
    }
    let dots = argument.firstRange(of: "..")
    guard let dots, let lower = number(argument[..<dots.lowerBound]),
      let upper = number(argument[dots.upperBound...])
    else { throw Self.refuse(argument: argument) }
    try self.init(lower: lower, upper: upper)
  }

  public mutating func fit(_ table: Table) throws {
    let matrix = try table.matrix()
    let (rows, width) = (matrix.rowCount, matrix.rowSize)
    guard rows > 0 else {
      throw AnsatzError(.badData, "\(table.source): no rows to fit '\(Self.name)' to")
    }
    var minima = Array(matrix.row(0))
    var maxima = minima
    for r in 1..<max(rows, 1) {
      for c in 0..<width {
        minima[c] = min(minima[c], matrix.elements[r * width + c])
        maxima[c] = max(maxima[c], matrix.elements[r * width + c])
      }
    }
    (self.minima, self.maxima) = (minima, maxima)
  }

  public func transform(_ table: Table) throws -> Table {
    guard let minima, let maxima, minima.count == maxima.count else {
      throw AnsatzError(.software, "preprocessing step '\(Self.name)' is not fitted yet")
    }
    try requireFit(minima.count, to: table)
    var elements = try table.matrix().elements
    let width = minima.count
    for i in elements.indices {
      let (low, high) = (minima[i % width], maxima[i % width])
      let share = high > low ? (elements[i] - low) / (high - low) : elements[i] - low
      elements[i] = lower + share * (upper - lower)
    }
    return try table.replacingColumns(by: elements, names: table.columnNames, step: Self.name)
  }
}

/// A number, `pi`, or a fraction of it such as `-pi/2`.
private func number(_ text: Substring) -> Double? {
  if let value = Double(text) { return value.isFinite ? value : nil }
  let sign: Double = text.hasPrefix("-") ? -1 : 1
  let parts = text.drop { $0 == "-" }.split(
    separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
  guard let first = parts.first, first == "pi" else { return nil }
  guard parts.count == 2 else { return sign * .pi }
  guard let divisor = Double(parts[1]), divisor.isFinite, divisor != 0 else { return nil }
  return sign * .pi / divisor
}
