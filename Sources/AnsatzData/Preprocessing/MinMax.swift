import AnsatzMath

/// Maps the range of each column of numbers on the training rows to a given range.
///
/// `lower + (x - min) · (upper - lower) / (max - min)`. A column of one value maps to `lower`.
/// Values of other rows outside the training range land outside the given one. Gaps, texts and
/// encoded categories stay as they are.
public struct MinMax: PreprocessingStep {
  public static let name = "min-max"
  public static let summary = "map the range of each column of numbers to 0..1 or a given range"
  public static let usage = "min-max or min-max:LOWER..UPPER, as in min-max:-pi..pi"

  /// Where the least value of a column goes.
  public let lower: Double
  /// Where the largest value of a column goes.
  public let upper: Double
  /// One per column, after `fit`; nil for a column that stays as it is.
  public private(set) var minima: [Double?]?
  /// One per column, after `fit`; nil for a column that stays as it is.
  public private(set) var maxima: [Double?]?

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
    guard table.rowCount > 0 else {
      throw AnsatzError(.badData, "\(table.source): no rows to fit '\(Self.name)' to")
    }
    let known = table.columns.map { $0.isMeasured ? $0.knownNumbers : [] }
    minima = known.map { $0.min() }
    maxima = known.map { $0.max() }
  }

  public func transform(_ table: Table) throws -> Table {
    guard let minima, let maxima, minima.count == maxima.count else {
      throw AnsatzError(.software, "preprocessing step '\(Self.name)' is not fitted yet")
    }
    try requireFit(minima.count, to: table)
    let (lower, upper) = (lower, upper)
    let maps = zip(minima, maxima).map { low, high -> ((Double) -> Double)? in
      guard let low, let high else { return nil }
      return {
        let share = high > low ? ($0 - low) / (high - low) : $0 - low
        return lower + share * (upper - lower)
      }
    }
    return try table.mapping(maps, step: Self.name)
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
