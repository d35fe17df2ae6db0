import AnsatzMath

/// What one contender reached on every split.
public struct ContenderResult: Codable, Sendable {
  /// A fit that failed, which has no accuracy.
  public struct Failure: Codable, Equatable, Sendable {
    /// The repeat and the fold, as in `repeat 1, fold 3`.
    public let place: String
    /// What went wrong, in one line.
    public let reason: String
    /// What a command ends with that fails so.
    public let exitCode: Int32
  }

  /// What tables call it.
  public let name: String
  /// What it takes part as.
  public let role: Contender.Role
  /// Accuracy on each test fold, repeat by repeat, of the fits that are done.
  public let accuracies: [Double]
  /// The split of each accuracy, counted from 0 over all repeats; all of them unless fits failed or the
  /// comparison was stopped.
  public let splits: [Int]
  /// The mean over those folds, with its spread; its count is 0 if no fit was done.
  public let accuracy: Summary
  /// Trained numbers, averaged over the fits (a support vector machine's vary) and rounded.
  public let parameterCount: Int
  /// Training time of one fit, in seconds on one thread.
  public let seconds: Summary
  /// The mean accuracy on the rows trained on, in the last epoch; nil if it is not trained by epochs.
  public let trainingAccuracy: Double?
  /// How many fits were to be made.
  public let plannedFits: Int
  /// How many of them failed.
  public let failedFits: Int
  /// The first of those that failed, in the order of the splits; nil for none.
  public let firstFailure: Failure?

  init(_ contender: Contender, outcome: FitBoard.Outcome, validation: CrossValidation) {
    name = contender.name
    role = contender.role
    splits = outcome.scores.map(\.split)
    let scores = outcome.scores.map(\.score)
    accuracies = scores.map(\.accuracy)
    accuracy = Summary(accuracies)
    parameterCount = Int(Summary(scores.map { Double($0.parameterCount) }).mean.rounded())
    seconds = Summary(scores.map(\.seconds))
    let training = scores.compactMap(\.trainingAccuracy)
    trainingAccuracy = training.isEmpty ? nil : Summary(training).mean
    plannedFits = validation.splitCount
    failedFits = outcome.failureCount
    firstFailure = outcome.firstFailure.map { split, error in
      Failure(
        place: validation.place(ofSplit: split),
        reason: (error as? AnsatzError)?.message ?? "\(error)",
        exitCode: (error as? AnsatzError ?? AnsatzError(.software, "")).exitCode)
    }
  }

  /// What is missing, as in `9 of 10 fits; repeat 1, fold 3: the loss became nan`; nil for nothing.
  public var shortfall: String? {
    guard accuracies.count < plannedFits else { return nil }
    let count = "\(accuracies.count) of \(plannedFits) fits"
    return firstFailure.map { "\(count); \($0.place): \($0.reason)" } ?? count
  }
}
