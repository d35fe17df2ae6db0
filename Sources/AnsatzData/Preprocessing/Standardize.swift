import AnsatzMath

/// Shifts and scales each column to mean 0 and variance 1 on the training rows.
///
/// `(x - mean) / σ` with the population's `σ² = Σ(x - mean)² / rows`, as scikit-learn has it. A
/// column of one value is shifted only.
public struct Standardize: PreprocessingStep {
  public static let name = "standardize"
  public static let summary = "shift and scale each column to mean 0 and variance 1"
  public static let usage = "standardize"

  /// One per column, after `fit`.
  public private(set) var means: [Double]?
  /// One per column, after `fit`; 1 for a column of one value.
  public private(set) var deviations: [Double]?

  /// Not yet fitted.
  public init() {}

  public init(argument: String?) throws {
    if let argument { throw Self.refuse(argument: argument) }
  }

  public mutating func fit(_ table: Table) throws {
    let matrix = try table.matrix()
    let (rows, width) = (matrix.rowCount, matrix.rowSize)
    guard rows > 0 else {
      throw AnsatzError(.badData, "\(table.source): no rows to fit '\(Self.name)' to")
    }
    var (means, deviations): ([Double], [Double]) = ([], [])
    for c in 0..<width {
      let values = (0..<rows).map { matrix.elements[$0 * width + c] }
      // The mean of equal values may round to another number, and σ to more than 0.
      if values.allSatisfy({ $0 == values[0] }) {
        means.append(values[0])
        deviations.append(1)
        continue
      }
      let mean = mean(of: values)
      let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(rows)
      guard variance.isFinite else {
        throw AnsatzError(
          .badData,
          "\(table.source): column '\(table.columns[c].name)' has values too large to standardize")
      }
      means.append(mean)
      deviations.append(variance > 0 ? variance.squareRoot() : 1)
    }
    (self.means, self.deviations) = (means, deviations)
  }

  public func transform(_ table: Table) throws -> Table {
    guard let means, let deviations, means.count == deviations.count else {
      throw AnsatzError(.software, "preprocessing step '\(Self.name)' is not fitted yet")
    }
    try requireFit(means.count, to: table)
    var elements = try table.matrix().elements
    let width = means.count
    for i in elements.indices {
      elements[i] = (elements[i] - means[i % width]) / deviations[i % width]
    }
    return try table.replacingColumns(by: elements, names: table.columnNames, step: Self.name)
  }
}
