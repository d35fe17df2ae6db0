import AnsatzMath
import Foundation

/// A pipeline of preprocessing steps, and after `fit` what each has learnt.
///
/// Fit it to the training rows, then transform training and other rows alike:
///
/// ```swift
/// var preprocessing = Preprocessing()
/// try preprocessing.fit(dataset.subset(training).features)
/// let features = try preprocessing.transform(dataset.subset(test).features)
/// ```
public struct Preprocessing: Codable, Sendable {
  /// The steps, in the order they are taken.
  public private(set) var steps: [any PreprocessingStep]
  /// The columns it was fitted to, in order; empty before.
  public private(set) var inputColumns: [ColumnSchema]
  /// The names of the columns of the transformed matrix; empty before `fit`.
  public private(set) var outputNames: [String]
  /// What the columns held when it was fitted; empty before, and if it was saved by a version that
  /// did not keep it.
  public private(set) var columnSummaries: [ColumnSummary]

  /// These steps, not yet fitted.
  public init(steps: [any PreprocessingStep]) {
    self.init(steps: steps, inputColumns: [], outputNames: [], columnSummaries: [])
  }

  init(
    steps: [any PreprocessingStep], inputColumns: [ColumnSchema], outputNames: [String],
    columnSummaries: [ColumnSummary]
  ) {
    self.steps = steps
    self.inputColumns = inputColumns
    self.outputNames = outputNames
    self.columnSummaries = columnSummaries
  }

  /// Fills missing values with means, encodes categories one-hot, and standardises the numbers.
  public init() {
    self.init(steps: [Imputation(), OneHot(), Standardize()])
  }

  /// A pipeline as the command line writes it: `standardize,pca:8`, or `none`.
  ///
  /// Imputation, then one-hot encoding, come first unless they are named: they leave complete numeric
  /// data alone, and other data needs them. The steps on numbers leave encoded categories 0 and 1, so
  /// that one-hot encoding gives the same in any place.
  ///
  /// - Throws: `AnsatzError` naming the step that is unknown or has a wrong argument.
  public init(parsing text: String) throws {
    var steps: [any PreprocessingStep] = []
    if text != "none" {
      for part in text.split(separator: ",", omittingEmptySubsequences: false) {
        let name = part.trimmingCharacters(in: .whitespaces)
        guard !name.isEmpty else {
          throw AnsatzError(
            .usage,
            "empty preprocessing step in '\(text)'; write steps as in 'standardize,pca:8', or "
              + "'none'")
        }
        steps.append(try PreprocessingRegistry.step(name))
      }
    }
    if !steps.contains(where: { $0 is Imputation }) { steps.insert(Imputation(), at: 0) }
    if !steps.contains(where: { $0 is OneHot }) {
      let imputation = steps.firstIndex { $0 is Imputation } ?? 0
      steps.insert(OneHot(), at: imputation + 1)
    }
    self.init(steps: steps)
  }

  /// Whether it has seen the training rows.
  public var isFitted: Bool { !outputNames.isEmpty }
  /// The number of columns of the transformed matrix; 0 before `fit`.
  public var outputCount: Int { outputNames.count }

  /// Learns from training rows; what an earlier fit learnt is forgotten.
  public mutating func fit(_ table: Table) throws {
    guard table.rowCount > 0, !table.columns.isEmpty else {
      throw AnsatzError(.badData, "\(table.source): no rows or no features to preprocess")
    }
    var current = table
    var fitted = steps
    for index in fitted.indices {
      try fitted[index].fit(current)
      current = try fitted[index].transform(current)
    }
    guard !current.columns.isEmpty else {
      throw AnsatzError(.badData, "\(table.source): no feature has a value")
    }
    _ = try current.matrix()
    steps = fitted
    inputColumns = table.schema
    outputNames = current.columnNames
    columnSummaries = table.columns.map { ColumnSummary($0) }
  }

  /// The names of the steps that change such a table: without filling where there are no gaps, and
  /// encoding where there is no text.
  public func stepNames(on table: Table) -> [String] {
    let hasGaps = table.columns.contains { $0.missingCount > 0 }
    let hasText = table.columns.contains { $0.kind == .text }
    return steps.filter { ($0 is Imputation ? hasGaps : true) && ($0 is OneHot ? hasText : true) }
      .map { type(of: $0).name }
  }

  /// The categories of the training rows, by text column; empty before `fit`.
  public var knownCategories: [String: [String]] {
    guard let encoding = steps.lazy.compactMap({ $0 as? OneHot }).first else { return [:] }
    // Every step leaves the text columns in their order.
    let names = inputColumns.filter { $0.kind == .text }.map(\.name)
    return Dictionary(
      zip(names, (encoding.categories ?? []).compactMap { $0 }),
      uniquingKeysWith: { first, _ in first })
  }

  /// Maps rows to a matrix of shape `[rows, outputs]`.
  ///
  /// Columns are found by name, in any order; others are ignored.
  ///
  /// - Throws: `AnsatzError` naming the columns that are absent or of the wrong kind.
  public func transform(_ table: Table) throws -> Tensor<Double> {
    guard isFitted else {
      throw AnsatzError(.software, "the preprocessing is not fitted yet")
    }
    var current = try table.selecting(inputColumns)
    for step in steps { current = try step.transform(current) }
    guard current.columnNames == outputNames else {
      throw AnsatzError(
        .badData, "the saved preprocessing contradicts itself: its steps give other columns")
    }
    return try current.matrix()
  }
}
