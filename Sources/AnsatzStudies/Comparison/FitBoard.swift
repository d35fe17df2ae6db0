import AnsatzData
import AnsatzMath
import Synchronization

/// Hands out the fits of a comparison one by one, split by split, and collects what comes of them and
/// how far they are. Holds nothing of fits that have not begun.
final class FitBoard: Sendable {
  /// One contender on one split.
  struct Fit {
    /// Counted split by split.
    let index: Int
    let contender: Int
    let split: Int
    let testRows: [Int]
  }

  /// What came of the fits of one contender, in the order of the splits.
  struct Outcome {
    var scores: [(split: Int, score: FitScore)] = []
    var failureCount = 0
    var firstFailure: (split: Int, error: any Error)?
  }

  private struct State {
    var source: SplitSource
    var split: (split: Int, testRows: [Int])?
    var nextContender = 0
    var outcomes: [Outcome]
    var finishedCount = 0
    /// How far each fit under way is, by its index.
    var underWay: [Int: Double] = [:]
    var isStopped = false
    var failure: (any Error)?
  }

  private let state: Mutex<State>
  private let totalCount: Int
  private let observer: any ComparisonObserver

  init(
    _ source: SplitSource, contenderCount: Int, totalCount: Int, observer: any ComparisonObserver
  ) {
    state = Mutex(
      State(source: source, outcomes: [Outcome](repeating: Outcome(), count: contenderCount)))
    self.totalCount = totalCount
    self.observer = observer
  }

  /// The next fit to run; nil if there is none, or none is to begin any more.
  func next() -> Fit? {
    guard !isCancelled else { return nil }
    return state.withLock { state in
      if state.split == nil || state.nextContender == state.outcomes.count {
        state.nextContender = 0
        do { state.split = try state.source.next() } catch {
          state.failure = error
          state.isStopped = true
          return nil
        }
      }
      guard let (split, testRows) = state.split, state.nextContender < state.outcomes.count else {
        return nil
      }
      let contender = state.nextContender
      state.nextContender += 1
      let index = split * state.outcomes.count + contender
      state.underWay[index] = 0
      return Fit(index: index, contender: contender, split: split, testRows: testRows)
    }
  }

  /// Runs a fit that was handed out. One that fails is counted; one that is interrupted is as if it had
  /// not begun, and nothing begins after it.
  func run(_ fit: Fit, _ body: (any FitObserver) throws -> FitScore) {
    let result = Result { try body(FitWatch(board: self, index: fit.index)) }
    state.withLock { state in
      state.underWay[fit.index] = nil
      switch result {
      case .success(let score):
        state.outcomes[fit.contender].scores.append((fit.split, score))
      case .failure(let error) where error.isInterruption:
        state.isStopped = true
        return
      case .failure(let error):
        state.outcomes[fit.contender].failureCount += 1
        if fit.split <= state.outcomes[fit.contender].firstFailure?.split ?? .max {
          state.outcomes[fit.contender].firstFailure = (fit.split, error)
        }
      }
      state.finishedCount += 1
    }
    report()
  }

  private func advance(_ index: Int, to fraction: Double) {
    state.withLock { state in
      state.underWay[index] = max(state.underWay[index] ?? 0, min(1, fraction))
    }
    report()
  }

  private func report() {
    let progress = state.withLock { state in
      let done = state.underWay.keys.sorted().reduce(Double(state.finishedCount)) {
        $0 + (state.underWay[$1] ?? 0)
      }
      return ComparisonProgress(
        finishedFits: state.finishedCount, totalFits: totalCount,
        fraction: done / Double(totalCount))
    }
    observer.progressed(progress)
  }

  private var isCancelled: Bool { observer.isCancelled || state.withLock(\.isStopped) }

  /// What there is of every contender.
  ///
  /// - Throws: What went wrong with the splits; `CancellationError` if it was stopped before any fit
  ///   was done.
  func outcomes() throws -> [Outcome] {
    try state.withLock { state in
      if let failure = state.failure { throw failure }
      if state.finishedCount == 0 { throw CancellationError() }
      return state.outcomes.map { outcome in
        var outcome = outcome
        outcome.scores.sort { $0.split < $1.split }
        return outcome
      }
    }
  }

  private struct FitWatch: FitObserver {
    let board: FitBoard
    let index: Int
    func progressed(to fraction: Double) { board.advance(index, to: fraction) }
    var isCancelled: Bool { board.isCancelled }
  }
}
