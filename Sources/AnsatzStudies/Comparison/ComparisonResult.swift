import AnsatzData

/// What one contender reached on every split.
public struct ContenderResult: Codable, Sendable {
  /// What tables call it.
  public let name: String
  /// What it takes part as.
  public let role: Contender.Role
  /// Accuracy on each test fold, repeat by repeat.
  public let accuracies: [Double]
  /// The mean over all folds, with its spread.
  public let accuracy: Summary
  /// Trained numbers, averaged over the fits (a support vector machine's vary) and rounded.
  public let parameterCount: Int
  /// Training time of one fit, in seconds on one thread.
  public let seconds: Summary

  init(_ contender: Contender, scores: [FitScore]) {
    name = contender.name
    role = contender.role
    accuracies = scores.map(\.accuracy)
    accuracy = Summary(accuracies)
    parameterCount = Int(Summary(scores.map { Double($0.parameterCount) }).mean.rounded())
    seconds = Summary(scores.map(\.seconds))
  }
}

/// The results of all contenders under one protocol, and what follows from them.
public struct ComparisonResult: Codable, Sendable {
  /// The name of the data.
  public let dataset: String
  /// How the data were read, and what was left out.
  public let reading: TableReading
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
  /// Absent if there is no hybrid, nothing to compare it with, or one repeat only.
  public let verdict: Verdict?
  /// What a report shows of each contender, if it was asked for; no part of the coded form.
  public internal(set) var details: [ContenderDetail] = []
  /// The classes, by which details count.
  public internal(set) var classNames: [String] = []

  private enum CodingKeys: CodingKey {
    case dataset, reading, rowCount, featureCount, classCount, preprocessing, validation,
      contenders, verdict
  }

  init(
    dataset: Dataset, preprocessing: Preprocessing, validation: CrossValidation,
    results: [ContenderResult]
  ) throws {
    self.dataset = dataset.name
    reading = dataset.reading
    rowCount = dataset.rowCount
    featureCount = dataset.features.columns.count
    classCount = dataset.classCount
    self.preprocessing = preprocessing.steps.map { type(of: $0).name }
    self.validation = validation
    contenders = results
    classNames = dataset.classNames
    verdict = try Verdict(results, validation: validation)
  }
}
