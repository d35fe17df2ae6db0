import AnsatzMath

/// Shifts and scales each column of numbers to mean 0 and variance 1 on the training rows.
///
/// `(x - mean) / σ` with the population's `σ² = Σ(x - mean)² / rows`, as scikit-learn has it. A
/// column of one value is shifted only. Gaps are left out of both and stay; texts and encoded
/// categories stay as they are.
public struct Standardize: PreprocessingStep {
  public static let name = "standardize"
  public static let summary = "shift and scale each column of numbers to mean 0 and variance 1"
  public static let usage = "standardize"

  /// One per column, after `fit`; nil for a column that stays as it is.
  public private(set) var means: [Double?]?
  /// One per column, after `fit`; 1 for a column of one value, nil for one that stays as it is.
  public private(set) var deviations: [Double?]?

  /// Not yet fitted.
  public init() {}

  public init(argument: String?) throws {
    if let argument { throw Self.refuse(argument: argument) }
  }

  public mutating func fit(_ table: Table) throws {
    guard table.rowCount > 0 else {
      throw AnsatzError(.badData, "\(table.source): no rows to fit '\(Self.name)' to")
    }
    let scales = try table.columns.map { column in
      column.isMeasured ? try scale(of: column, source: table.source) : nil
    }
    means = scales.map { $0?.mean }
    deviations = scales.map { $0?.deviation }
  }

  /// - Returns: Nil for a column without a value.
  private func scale(
    of column: Column, source: String
  ) throws -> (mean: Double, deviation: Double)? {
    let values = column.knownNumbers
    guard let first = values.first else { return nil }
    // The mean of equal values may round to another number, and σ to more than 0.
    if values.allSatisfy({ $0 == first }) { return (first, 1) }
    let mean = mean(of: values)
    let variance =
      values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count)
    guard variance.isFinite else {
      throw AnsatzError(
        .badData, "\(source): column '\(column.name)' has values too large to standardize")
    }
    return (mean, variance > 0 ? variance.squareRoot() : 1)
  }

  public func transform(_ table: Table) throws -> Table {
    guard let means, let deviations, means.count == deviations.count else {
      throw AnsatzError(.software, "preprocessing step '\(Self.name)' is not fitted yet")
    }
    try requireFit(means.count, to: table)
    let maps = zip(means, deviations).map { mean, deviation -> ((Double) -> Double)? in
      guard let mean, let deviation else { return nil }
      return { ($0 - mean) / deviation }
    }
    return try table.mapping(maps, step: Self.name)
  }
}
