import AnsatzData
import AnsatzMath
import Synchronization

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
  /// Asked often; true stops the comparison.
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
/// - Parameter detailed: Whether the result holds what a report shows beyond scores.
/// - Throws: The error of the first fit that fails, with the contender and the fold named;
///   `CancellationError` if the observer was cancelled.
public func compare(
  _ contenders: [Contender], on dataset: Dataset, preprocessing: Preprocessing = Preprocessing(),
  validation: CrossValidation, detailed: Bool = false, pool: ThreadPool = .shared,
  observer: any ComparisonObserver = SilentComparisonObserver()
) throws -> ComparisonResult {
  let names = contenders.map(\.name)
  if let index = names.indices.first(where: { names[..<$0].contains(names[$0]) }) {
    throw AnsatzError(.usage, "two contenders are named '\(names[index])'")
  }
  let splits = try validation.testRows(labels: dataset.labels, classNames: dataset.classNames)
  let fits = splits.indices.flatMap { split in contenders.map { (contender: $0, split: split) } }
  let board = ScoreBoard(fitCount: fits.count, observer: observer)
  pool.run(chunks: fits.count) { index in
    let (contender, split) = fits[index]
    board.run(index) { fitObserver in
      do {
        return try score(
          contender, on: dataset, testRows: splits[split], preprocessing: preprocessing,
          seed: validation.fitSeed(contender: contender.name, split: split),
          extent: !detailed ? .scores : split == 0 ? .detailsAndPlane : .details,
          observer: fitObserver)
      } catch let error as AnsatzError {
        let place = "repeat \(split / validation.folds + 1), fold \(split % validation.folds + 1)"
        throw AnsatzError(error.category, "\(contender.name), \(place): \(error.message)")
      }
    }
  }
  let scores = try board.scores()
  let results = contenders.indices.map { index in
    ContenderResult(
      contenders[index],
      scores: stride(from: index, to: scores.count, by: contenders.count).map { scores[$0] })
  }
  var result = try ComparisonResult(
    dataset: dataset, preprocessing: preprocessing, validation: validation, results: results)
  result.findings = HeldOutCategories.findings(in: dataset, splits: splits)
  if detailed {
    result.details = contenders.indices.map { index in
      ContenderDetail(
        contenders[index], classCount: dataset.classCount,
        fits: stride(from: index, to: scores.count, by: contenders.count).compactMap {
          scores[$0].detail
        })
    }
  }
  return result
}

/// What is kept of a fit.
private enum FitExtent { case scores, details, detailsAndPlane }

/// What one fit on one split gave.
struct FitScore: Sendable {
  let accuracy: Double
  let parameterCount: Int
  let seconds: Double
  /// Nil unless asked for.
  var detail: FitDetail?
}

/// Fits on the rows outside the fold and scores on the rows in it.
private func score(
  _ contender: Contender, on dataset: Dataset, testRows: [Int], preprocessing: Preprocessing,
  seed: UInt64, extent: FitExtent, observer: any FitObserver
) throws -> FitScore {
  let training = dataset.subset(rows(outside: testRows, of: dataset.rowCount))
  let test = dataset.subset(testRows)
  var preprocessing = preprocessing
  try preprocessing.fit(training.features)
  let features = try preprocessing.transform(training.features)
  var classifier = try contender.make(seed)
  let clock = ContinuousClock()
  let elapsed = try clock.measure {
    try classifier.fit(
      features, labels: training.labels, classCount: dataset.classCount, observer: observer)
  }
  let testFeatures = try preprocessing.transform(test.features)
  let predicted = try classifier.predict(testFeatures)
  let detail =
    extent == .scores
    ? nil
    : try FitDetail(
      classifier, test: testFeatures, labels: test.labels, predictions: predicted,
      preprocessing: preprocessing,
      plane: extent == .detailsAndPlane ? FeaturePlane(dataset) : nil)
  return FitScore(
    accuracy: accuracy(of: predicted, labels: test.labels),
    parameterCount: classifier.parameterCount, seconds: elapsed / .seconds(1), detail: detail)
}

/// The fraction of predictions that equal the labels.
public func accuracy(of predicted: [Int], labels: [Int]) -> Double {
  let correct = zip(predicted, labels).count { $0 == $1 }
  return labels.isEmpty ? 0 : Double(correct) / Double(labels.count)
}

/// Collects the outcomes of fits that run on several threads, and their progress.
private final class ScoreBoard: Sendable {
  private struct State {
    var outcomes: [Result<FitScore, any Error>?]
    var fractions: [Double]
    var failed = false
  }

  private let state: Mutex<State>
  private let observer: any ComparisonObserver

  init(fitCount: Int, observer: any ComparisonObserver) {
    state = Mutex(
      State(
        outcomes: [Result<FitScore, any Error>?](repeating: nil, count: fitCount),
        fractions: [Double](repeating: 0, count: fitCount)))
    self.observer = observer
  }

  /// After a failure or a cancellation the fits that have not begun are left out.
  func run(_ index: Int, _ fit: (any FitObserver) throws -> FitScore) {
    guard !isCancelled else { return }
    let outcome = Result { try fit(FitWatch(board: self, index: index)) }
    state.withLock {
      $0.outcomes[index] = outcome
      if case .failure = outcome { $0.failed = true }
    }
    advance(index, to: 1)
  }

  func advance(_ index: Int, to fraction: Double) {
    let progress = state.withLock { state in
      state.fractions[index] = max(state.fractions[index], min(1, fraction))
      return ComparisonProgress(
        finishedFits: state.outcomes.count { $0 != nil }, totalFits: state.outcomes.count,
        fraction: state.fractions.reduce(0, +) / Double(state.outcomes.count))
    }
    observer.progressed(progress)
  }

  var isCancelled: Bool { observer.isCancelled || state.withLock(\.failed) }

  func scores() throws -> [FitScore] {
    let outcomes = state.withLock(\.outcomes)
    // A fit cancelled because another failed is not the failure to report.
    for case .failure(let error)? in outcomes where !(error is CancellationError) { throw error }
    return try outcomes.map { outcome in
      guard let outcome else { throw CancellationError() }
      return try outcome.get()
    }
  }

  private struct FitWatch: FitObserver {
    let board: ScoreBoard
    let index: Int
    func progressed(to fraction: Double) { board.advance(index, to: fraction) }
    var isCancelled: Bool { board.isCancelled }
  }
}
