import AnsatzData
import AnsatzMath

/// How far a comparison has come.
public struct ComparisonProgress: Equatable, Sendable {
  /// How many are done.
  public let finishedFits: Int
  /// How many there are.
  public let totalFits: Int
  /// The fraction done, fits under way included, from 0 to 1.
  public let fraction: Double
}

/// Watches a comparison and may stop it. Called from several threads.
public protocol ComparisonObserver: Sendable {
  /// Told whenever a fit has come further.
  func progressed(_ progress: ComparisonProgress)
  /// Asked often; true stops the comparison, which then has the results of the fits that are done.
  var isCancelled: Bool { get }
}

/// Reports nothing and stops a comparison only when `StopFlag` is raised.
public struct SilentComparisonObserver: ComparisonObserver {
  /// The only one there is.
  public init() {}
  public func progressed(_ progress: ComparisonProgress) {}
  public var isCancelled: Bool { StopFlag.isRaised }
}

/// Fits every contender on the same training folds and scores it on the same test folds.
///
/// Preprocessing is fitted to each training fold alone. The fits are spread over the pool's threads;
/// each is a function of contender, split and seed, so results do not depend on the thread count.
///
/// A fit that fails is counted in its contender's result, and the rest goes on. When the observer
/// cancels, the result holds what was done until then and says that it was stopped. Folds are dealt as
/// they are needed, so memory grows with the fits that are done and not with those planned.
///
/// - Parameter detailed: Whether the result holds what a report shows beyond scores.
/// - Throws: `AnsatzError` if no comparison can be made: for contenders of one name, folds that the
///   data do not have rows for, or if every fit failed, then the first failure with contender and fold;
///   `CancellationError` if the observer was cancelled before any fit was done.
public func compare(
  _ contenders: [Contender], on dataset: Dataset, preprocessing: Preprocessing = Preprocessing(),
  validation: CrossValidation, detailed: Bool = false, pool: ThreadPool = .shared,
  observer: any ComparisonObserver = SilentComparisonObserver()
) throws -> ComparisonResult {
  let names = contenders.map(\.name)
  if let index = names.indices.first(where: { names[..<$0].contains(names[$0]) }) {
    throw AnsatzError(.usage, "two contenders are named '\(names[index])'")
  }
  guard !contenders.isEmpty else { throw AnsatzError(.usage, "there is nobody to compare") }
  let (total, isTooMany) = validation.splitCount.multipliedReportingOverflow(by: contenders.count)
  guard !isTooMany else {
    throw AnsatzError(
      .usage,
      "\(validation.repeats) repeats of \(validation.folds) folds for \(contenders.count) "
        + "classifiers are more fits than can be counted; use fewer")
  }
  let board = FitBoard(
    SplitSource(validation, labels: dataset.labels, classNames: dataset.classNames),
    contenderCount: contenders.count, totalCount: total, observer: observer)
  // As many chunks as threads, each taking fits until there are none.
  pool.run(chunks: min(total, pool.threadCount)) { _ in
    while let fit = board.next() {
      board.run(fit) { fitObserver in
        try score(
          contenders[fit.contender], on: dataset, testRows: fit.testRows,
          preprocessing: preprocessing,
          seed: validation.fitSeed(contender: names[fit.contender], split: fit.split),
          extent: !detailed ? .scores : fit.split == 0 ? .detailsAndPlane : .details,
          observer: fitObserver)
      }
    }
  }
  let outcomes = try board.outcomes()
  let results = zip(contenders, outcomes).map {
    ContenderResult($0, outcome: $1, validation: validation)
  }
  if results.allSatisfy({ $0.splits.isEmpty }),
    let (contender, outcome) = zip(contenders, outcomes).first(where: { $1.firstFailure != nil }),
    let (split, error) = outcome.firstFailure
  {
    guard let error = error as? AnsatzError else { throw error }
    throw AnsatzError(
      error.category,
      "\(contender.name), \(validation.place(ofSplit: split)): \(error.message)")
  }
  var result = try ComparisonResult(
    dataset: dataset, preprocessing: preprocessing, validation: validation, results: results,
    advice: contenders.first(where: \.role.isExamined)?.advice)
  result.findings = try HeldOutCategories.findings(
    in: dataset, validation: validation,
    splitCount: (results.flatMap(\.splits).max() ?? -1) + 1)
  if detailed {
    result.details = zip(contenders, outcomes).map { contender, outcome in
      ContenderDetail(
        contender, classCount: dataset.classCount,
        fits: outcome.scores.compactMap(\.score.detail))
    }
  }
  return result
}
