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

  /// These steps, not yet fitted.
  public init(steps: [any PreprocessingStep]) {
    self.init(steps: steps, inputColumns: [], outputNames: [])
  }

  init(steps: [any PreprocessingStep], inputColumns: [ColumnSchema], outputNames: [String]) {
    self.steps = steps
    self.inputColumns = inputColumns
    self.outputNames = outputNames
  }

  /// Fills missing values with means, encodes categories one-hot, and standardises.
  public init() {
    self.init(steps: [Imputation(), OneHot(), Standardize()])
  }

  /// A pipeline as the command line writes it: `standardize,pca:8`, or `none`.
  ///
  /// Imputation, then one-hot encoding, come first unless they are named: they leave complete numeric
  /// data alone, and other data needs them.
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
    _ = try current.matrix()
    steps = fitted
    inputColumns = table.schema
    outputNames = current.columnNames
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
