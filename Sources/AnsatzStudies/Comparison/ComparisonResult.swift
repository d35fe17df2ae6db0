import AnsatzData

/// The results of all contenders under one protocol, and what follows from them.
public struct ComparisonResult: Codable, Sendable {
  /// The name of the data.
  public let dataset: String
  /// How many samples there were.
  public let rowCount: Int
  /// How many columns beside the label.
  public let featureCount: Int
  /// How many classes.
  public let classCount: Int
  /// The steps, in words.
  public let preprocessing: [String]
  /// How the folds were drawn.
  public let validation: CrossValidation
  /// In the order of the table.
  public let contenders: [ContenderResult]
  /// Whether it was stopped before all fits were done.
  public let isStopped: Bool
  /// Absent if there is no hybrid, nothing to compare it with, or one repeat only.
  public let verdict: Verdict?
  /// What a report shows of each contender, if it was asked for; no part of the coded form.
  public internal(set) var details: [ContenderDetail] = []
  /// The classes, by which details count.
  public internal(set) var classNames: [String] = []

  private enum CodingKeys: CodingKey {
    case dataset, rowCount, featureCount, classCount, preprocessing, validation, contenders,
      isStopped
    case verdict
  }

  init(
    dataset: Dataset, preprocessing: Preprocessing, validation: CrossValidation,
    results: [ContenderResult], advice: String? = nil
  ) throws {
    self.dataset = dataset.name
    rowCount = dataset.rowCount
    featureCount = dataset.features.columns.count
    classCount = dataset.classCount
    self.preprocessing = preprocessing.steps.map { type(of: $0).name }
    self.validation = validation
    contenders = results
    classNames = dataset.classNames
    isStopped = results.contains { $0.accuracies.count + $0.failedFits < $0.plannedFits }
    verdict = try Verdict(results, validation: validation, advice: advice)
  }

  /// How many fits are done, failed ones counted.
  public var finishedFits: Int {
    contenders.reduce(0) { $0 + $1.accuracies.count + $1.failedFits }
  }
  /// How many fits were to be made.
  public var plannedFits: Int { contenders.reduce(0) { $0 + $1.plannedFits } }
  /// Whether a fit failed or was not made, so that a table should tell how many were.
  public var lacksFits: Bool { contenders.contains { $0.shortfall != nil } }
}
