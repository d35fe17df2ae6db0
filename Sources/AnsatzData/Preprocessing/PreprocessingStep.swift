import AnsatzMath

/// One step of a preprocessing pipeline: learns from a table, then maps tables to tables.
///
/// A step is a value with its fitted state inside, so it can be saved and restored.
public protocol PreprocessingStep: Codable, Equatable, Sendable {
  /// The name on the command line and in files.
  static var name: String { get }
  /// One line for lists of steps.
  static var summary: String { get }
  /// How to write the step with its argument, as in `pca:COMPONENTS`.
  static var usage: String { get }

  /// Makes the unfitted step from the text after the colon, if there is one.
  ///
  /// - Throws: `AnsatzError` if the step does not take this argument.
  init(argument: String?) throws

  /// Learns from training rows alone.
  mutating func fit(_ table: Table) throws

  /// Maps rows with what was learnt.
  func transform(_ table: Table) throws -> Table
}

/// The steps the command line and saved pipelines know.
public enum PreprocessingRegistry {
  /// Every kind of step, in the order of listings.
  public static let all: [any PreprocessingStep.Type] = [
    Imputation.self, OneHot.self, Standardize.self, MinMax.self, PCA.self,
    SpectralFeatures.self,
  ]

  /// The step of a name.
  ///
  /// - Throws: `AnsatzError` with the near miss if there is no step of that name.
  public static func named(_ name: String) throws -> any PreprocessingStep.Type {
    if let step = all.first(where: { $0.name == name }) { return step }
    throw AnsatzError(
      .usage, "unknown preprocessing step '\(name)'; \(didYouMean(name, in: all.map { $0.name }))")
  }

  /// Makes a step from its text on the command line: `standardize`, `pca:8`, `min-max:0..pi`.
  public static func step(_ text: String) throws -> any PreprocessingStep {
    let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    return try named(String(parts[0])).init(argument: parts.count > 1 ? String(parts[1]) : nil)
  }
}

extension PreprocessingStep {
  static func refuse(argument: String) -> AnsatzError {
    AnsatzError(
      .usage, "preprocessing step '\(name)' does not take '\(argument)'; write \(usage)")
  }

  /// - Throws: `AnsatzError` unless the step was fitted to as many columns as the table has.
  func requireFit(_ fittedCount: Int?, to table: Table) throws {
    guard let fittedCount else {
      throw AnsatzError(.software, "preprocessing step '\(Self.name)' is not fitted yet")
    }
    guard fittedCount == table.columns.count else {
      throw AnsatzError(
        .badData,
        "\(table.source): '\(Self.name)' was fitted to \(fittedCount) columns, not "
          + "\(table.columns.count)")
    }
  }
}
