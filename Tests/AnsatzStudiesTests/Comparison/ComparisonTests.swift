import AnsatzData
import AnsatzMath
import Foundation
import Synchronization
import Testing

@testable import AnsatzStudies

/// Answers right on all rows but a fixed number of each test fold, and records what it was shown.
private struct Scripted: Classifier {
  var name = "scripted"
  var parameterCount = 0
  let wrongRows: Int
  let seed: UInt64
  let log: Log
  var failsOn: Double?

  final class Log: Sendable {
    let fits = Mutex<[(seed: UInt64, features: Tensor<Double>, labels: [Int])]>([])
  }

  mutating func fit(
    _ features: Tensor<Double>, labels: [Int], classCount: Int, observer: any FitObserver
  ) throws {
    if let failsOn, features.elements.contains(failsOn) {
      throw AnsatzError(.software, "scripted failure")
    }
    if observer.isCancelled { throw CancellationError() }
    observer.progressed(to: 0.5)
    parameterCount = features.rowSize
    let fit = (seed: seed, features: features, labels: labels)
    log.fits.withLock { $0.append(fit) }
  }

  /// The label of a row is the sign of its only feature.
  func predict(_ features: Tensor<Double>) -> [Int] {
    features.elements.enumerated().map { row, value in
      let label = value > 0 ? 1 : 0
      return row < wrongRows ? 1 - label : label
    }
  }
}

private func dataset(rows: Int = 40) throws -> Dataset {
  let values = (1...rows).map { Double($0.isMultiple(of: 2) ? $0 : -$0) }
  return try Dataset(
    name: "signs", features: Table(columns: [Column("x", numbers: values)], source: "signs"),
    labels: values.map { $0 > 0 ? 1 : 0 }, classNames: ["minus", "plus"])
}

private func contender(
  _ name: String, _ role: Contender.Role, wrong: Int, log: Scripted.Log = .init(),
  failsOn: Double? = nil
) -> Contender {
  Contender(name, role) { Scripted(wrongRows: wrong, seed: $0, log: log, failsOn: failsOn) }
}

private let raw = try? Preprocessing(parsing: "none")

@Test("Every contender meets the same training folds, which never hold a test row")
func sameFolds() throws {
  let (one, two) = (Scripted.Log(), Scripted.Log())
  let data = try dataset()
  let validation = try CrossValidation(folds: 5, repeats: 2, seed: 3)
  let result = try compare(
    [contender("a", .hybrid, wrong: 0, log: one), contender("b", .baseline, wrong: 0, log: two)],
    on: data, preprocessing: #require(raw), validation: validation)
  func key(_ log: Scripted.Log) -> [[Double]] {
    log.fits.withLock { $0.map(\.features.elements) }.sorted { $0.lexicographicallyPrecedes($1) }
  }
  #expect(key(one) == key(two))
  #expect(key(one).count == 10)
  let tests = try validation.testRows(labels: data.labels, classNames: data.classNames)
  let all = Set(0..<40)
  for (repeated, rows) in [tests[..<5], tests[5...]].enumerated() {
    #expect(Set(rows.joined()) == all, "repeat \(repeated)")
    #expect(rows.allSatisfy { $0.count == 8 }, "repeat \(repeated)")
  }
  #expect(tests[..<5] != tests[5...])
  #expect(result.contenders.map(\.parameterCount) == [1, 1])
}

@Test("Preprocessing is fitted to the training fold alone")
func foldPreprocessing() throws {
  let log = Scripted.Log()
  _ = try compare(
    [contender("a", .hybrid, wrong: 0, log: log)], on: dataset(),
    preprocessing: Preprocessing(parsing: "standardize"), validation: CrossValidation(repeats: 1))
  for fit in log.fits.withLock({ $0 }) {
    // Standardised by its own rows, a training fold has mean 0 to rounding; by all rows, it has not.
    #expect(abs(fit.features.elements.reduce(0, +)) < 1e-12)
  }
}

@Test("Scores are fractions of the test fold, in the order of the splits, with mean and spread")
func scores() throws {
  let result = try compare(
    [contender("a", .hybrid, wrong: 2)], on: dataset(), preprocessing: #require(raw),
    validation: CrossValidation())
  #expect(result.contenders[0].accuracies == [Double](repeating: 0.75, count: 10))
  #expect(result.contenders[0].accuracy.standardDeviation == 0)
  #expect(result.verdict == nil)
  #expect((result.rowCount, result.featureCount, result.classCount) == (40, 1, 2))
}

@Test("Every fit has its own seed, the same whatever the thread count and the other contenders")
func seeds() throws {
  func run(threads: Int, _ others: [Contender]) throws -> Set<UInt64> {
    let log = Scripted.Log()
    _ = try compare(
      others + [contender("a", .hybrid, wrong: 0, log: log)], on: dataset(),
      preprocessing: #require(raw), validation: CrossValidation(seed: 9),
      pool: ThreadPool(threads: threads))
    return Set(log.fits.withLock { $0.map(\.seed) })
  }
  let alone = try run(threads: 1, [])
  #expect(alone.count == 10)
  #expect(try run(threads: 3, [contender("b", .baseline, wrong: 0)]) == alone)
}

@Test("The verdict compares the hybrid with the best baseline and every twin")
func verdict() throws {
  let result = try compare(
    [
      contender("net", .hybrid, wrong: 1), contender("bad", .baseline, wrong: 4),
      contender("good", .baseline, wrong: 0), contender("late", .baseline, wrong: 0),
      contender("plain", .twin, wrong: 1), contender("frozen", .twin, wrong: 3),
    ], on: dataset(), preprocessing: #require(raw), validation: CrossValidation())
  let verdict = try #require(result.verdict)
  #expect(verdict.hybrid == "net")
  #expect(verdict.comparisons.map(\.against) == ["good", "plain", "frozen"])
  // Every fold differs by the same amount, so these are certain: 1 of 8 worse, 0, 2 of 8 better.
  #expect(verdict.comparisons.map(\.adjustedPValue) == [0, 1, 0])
  #expect(
    verdict.lines == [
      "significantly worse than the best baseline, good (-0.125 [-0.125, -0.125], p < 0.001)",
      "no significant difference from plain (+0.000 [+0.000, +0.000], p = 1.000)",
      "significantly better than frozen (+0.250 [+0.250, +0.250], p < 0.001)",
    ])
  #expect(verdict.text == verdict.lines.joined(separator: "\n"))
}

@Test("A fit that fails is counted with its reason, and the rest goes on", arguments: [1, 3])
func failure(threads: Int) throws {
  let data = try dataset()
  let validation = try CrossValidation()
  let result = try compare(
    [
      contender("net", .hybrid, wrong: 0), contender("good", .baseline, wrong: 1),
      // The row that holds -1 is outside every training fold once in each repeat.
      contender("frail", .twin, wrong: 2, failsOn: -1),
    ], on: data, preprocessing: #require(raw), validation: validation,
    pool: ThreadPool(threads: threads))
  let tests = try validation.testRows(labels: data.labels, classNames: data.classNames)
  let kept = tests.indices.filter { tests[$0].contains(0) }
  let frail = result.contenders[2]
  #expect(frail.splits == kept && frail.accuracies.count == 2)
  #expect((frail.plannedFits, frail.failedFits) == (10, 8))
  let first = try #require(tests.indices.first { !kept.contains($0) })
  #expect(
    frail.shortfall == "2 of 10 fits; repeat 1, fold \(first + 1): scripted failure")
  #expect(result.contenders[..<2].allSatisfy { $0.shortfall == nil && $0.splits == Array(0..<10) })
  #expect(!result.isStopped && result.lacksFits && result.finishedFits == 30)
  let verdict = try #require(result.verdict)
  #expect(verdict.comparisons.map(\.against) == ["good"])
  #expect(
    verdict.notes == [
      "frail failed in 8 of 10 fits; only folds that both have are compared",
      "no test against frail: a test needs 6 folds that both have, and there are 2",
    ])
}

@Test("A test pairs only the folds that both have")
func pairedFolds() throws {
  let data = try dataset()
  let validation = try CrossValidation(folds: 2, repeats: 4)
  // Half of the fits train on the row that holds -1: too few are left for two folds, enough for none.
  let result = try compare(
    [
      contender("net", .hybrid, wrong: 0, failsOn: -1), contender("good", .baseline, wrong: 1),
      contender("other", .baseline, wrong: 2, failsOn: -1),
    ], on: data, preprocessing: #require(raw), validation: validation)
  let verdict = try #require(result.verdict)
  #expect(verdict.comparisons.map(\.folds) == [4])
  #expect(abs(verdict.comparisons[0].test.meanDifference - 1.0 / 20) < 1e-12)
  #expect(verdict.notes[0].hasPrefix("net failed in 4 of 8 fits; "))
  #expect(verdict.notes[1].hasPrefix("other failed in 4 of 8 fits; "))
}

@Test("Where the hybrid fails everywhere the baselines' results remain, and there is no test")
func failsEverywhere() throws {
  let never = Contender("net", .hybrid) { _ in throw AnsatzError(.badConfiguration, "no way") }
  let result = try compare(
    [never, contender("good", .baseline, wrong: 0)], on: dataset(), preprocessing: #require(raw),
    validation: CrossValidation())
  #expect(result.contenders.map(\.accuracies.count) == [0, 10])
  #expect(result.contenders[0].firstFailure?.exitCode == 78)
  let verdict = try #require(result.verdict)
  #expect(verdict.comparisons.isEmpty && verdict.heading == "verdict on net: none")
  #expect(
    verdict.notes == [
      "net failed in all 10 fits",
      "no test is made: a test needs 6 folds that both have, and there are 0 at most",
    ])
  let error = #expect(throws: AnsatzError.self) {
    try compare([never], on: dataset(), validation: CrossValidation())
  }
  #expect(error == AnsatzError(.badConfiguration, "net, repeat 1, fold 1: no way"))
}

private final class Watch: ComparisonObserver {
  let reports = Mutex<[ComparisonProgress]>([])
  let cancelAfter: Int?
  init(cancelAfter: Int? = nil) { self.cancelAfter = cancelAfter }
  func progressed(_ progress: ComparisonProgress) { reports.withLock { $0.append(progress) } }
  var isCancelled: Bool {
    guard let cancelAfter else { return false }
    return reports.withLock { $0.last?.finishedFits ?? 0 } >= cancelAfter
  }
}

@Test("Progress counts finished fits and the fractions of those under way")
func progress() throws {
  let watch = Watch()
  _ = try compare(
    [contender("a", .hybrid, wrong: 0)], on: dataset(), preprocessing: #require(raw),
    validation: CrossValidation(repeats: 1), pool: ThreadPool(threads: 1), observer: watch)
  let reports = watch.reports.withLock { $0 }
  #expect(reports.map(\.finishedFits) == [0, 1, 1, 2, 2, 3, 3, 4, 4, 5])
  for (report, wanted) in zip(reports, 1...10) {
    #expect(abs(report.fraction - Double(wanted) / 10) < 1e-12)
  }
}

@Test("A cancelled comparison starts no further fit, and keeps those that are done")
func cancellation() throws {
  let (watch, log) = (Watch(cancelAfter: 3), Scripted.Log())
  let result = try compare(
    [contender("a", .hybrid, wrong: 0, log: log), contender("b", .baseline, wrong: 1, log: log)],
    on: dataset(), preprocessing: #require(raw), validation: CrossValidation(),
    pool: ThreadPool(threads: 1), observer: watch)
  #expect(log.fits.withLock(\.count) == 3)
  #expect(result.isStopped)
  #expect(result.contenders.map(\.shortfall) == ["2 of 10 fits", "1 of 10 fits"])
  #expect((result.finishedFits, result.plannedFits) == (3, 20))
  #expect(
    result.verdict?.notes == [
      "no test is made: a test needs 6 folds that both have, and there are 1 at most"
    ])
  #expect(throws: CancellationError.self) {
    try compare(
      [contender("a", .hybrid, wrong: 0)], on: dataset(), validation: CrossValidation(),
      observer: Watch(cancelAfter: 0))
  }
}

@Test("Folds are dealt as they are needed: any number of repeats begins at once")
func lazySplits() throws {
  // All splits of so many repeats would fit into no memory.
  let result = try compare(
    [contender("a", .hybrid, wrong: 0), contender("b", .baseline, wrong: 1)], on: dataset(),
    preprocessing: #require(raw), validation: CrossValidation(repeats: .max / 10),
    pool: ThreadPool(threads: 1), observer: Watch(cancelAfter: 14))
  #expect(result.contenders.map(\.accuracies.count) == [7, 7])
  let tooMany = #expect(throws: AnsatzError.self) {
    try compare(
      (0..<3).map { contender("\($0)", .baseline, wrong: 0) }, on: dataset(),
      validation: CrossValidation(repeats: .max / 10))
  }
  #expect(tooMany?.message.contains("more fits than can be counted") == true)
  #expect(throws: AnsatzError.self) { try CrossValidation(repeats: .max) }
}

@Test("The folds of a repeat are those of dealing all repeats at once")
func splitSource() throws {
  let data = try dataset()
  var random = RandomStream(seed: 6, stream: "folds")
  let all = try repeatedStratifiedFolds(
    labels: data.labels, folds: 4, repeats: 3, using: &random)
  #expect(
    try CrossValidation(folds: 4, repeats: 3, seed: 6)
      .testRows(labels: data.labels, classNames: data.classNames) == all.flatMap { $0 })
}

@Test("Two contenders of one name, or impossible folds, are errors")
func mistakes() throws {
  let twice = [contender("a", .hybrid, wrong: 0), contender("a", .baseline, wrong: 0)]
  #expect(throws: AnsatzError(.usage, "two contenders are named 'a'")) {
    try compare(twice, on: dataset(), validation: CrossValidation())
  }
  #expect(throws: AnsatzError.self) { try CrossValidation(folds: 1) }
  #expect(throws: AnsatzError.self) { try CrossValidation(repeats: 0) }
}

@Test(
  "Categories that only a held-out fold has are counted by hand over all folds, as the result says")
func heldOutCategories() throws {
  var texts = [String?](repeating: "common", count: 40)
  (texts[0], texts[1], texts[2], texts[7]) = ("once", "twice", "twice", nil)
  let plain = try dataset()
  let data = try Dataset(
    name: "signs",
    features: Table(
      columns: plain.features.columns + [Column("kind", .text(texts))], source: "signs"),
    labels: plain.labels, classNames: plain.classNames)
  let validation = try CrossValidation(folds: 5, repeats: 2, seed: 3)
  let result = try compare(
    [contender("a", .baseline, wrong: 0)], on: data, preprocessing: #require(raw),
    validation: validation)
  var (folds, rows) = (0, 0)
  for test in try validation.testRows(labels: data.labels, classNames: data.classNames) {
    var unseen = test.contains(0) ? 1 : 0
    if test.contains(1), test.contains(2) { unseen += 2 }
    folds += unseen > 0 ? 1 : 0
    rows += unseen
  }
  #expect(
    result.findings.map(\.message) == [
      "column 'kind': in \(folds) of 10 folds, \(rows) test rows hold a category that the fold's "
        + "training rows lack, read as none of the known ones"
    ])
}
