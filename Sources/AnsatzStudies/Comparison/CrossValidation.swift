import AnsatzData
import AnsatzMath

/// Repeated stratified cross-validation: which rows are tested in which fold of which repeat.
///
/// The folds depend on the labels and the seed alone, so every classifier meets the same ones.
public struct CrossValidation: Codable, Equatable, Sendable {
  /// How many parts the rows are dealt into.
  public let folds: Int
  /// How often they are dealt anew.
  public let repeats: Int
  /// Decides the folds, and with the contender and the fold the seed of each fit.
  public let seed: UInt64

  /// - Throws: If there are fewer than two folds, or no repeat.
  public init(folds: Int = 5, repeats: Int = 2, seed: UInt64 = 0) throws(AnsatzError) {
    guard folds >= 2 else {
      throw AnsatzError(.usage, "cross-validation needs at least 2 folds, not \(folds)")
    }
    guard repeats >= 1 else {
      throw AnsatzError(.usage, "cross-validation needs at least 1 repeat, not \(repeats)")
    }
    guard !folds.multipliedReportingOverflow(by: repeats).overflow else {
      throw AnsatzError(
        .usage, "\(repeats) repeats of \(folds) folds are more than can be counted; use fewer")
    }
    self.folds = folds
    self.repeats = repeats
    self.seed = seed
  }

  /// Test samples per training sample, as the corrected t-test wants it.
  public var testToTrainRatio: Double { 1 / Double(folds - 1) }

  /// The test rows of every fold of every repeat, repeat by repeat.
  ///
  /// - Throws: If a class has fewer rows than there are folds.
  public func testRows(labels: [Int], classNames: [String]) throws -> [[Int]] {
    var source = SplitSource(self, labels: labels, classNames: classNames)
    var all: [[Int]] = []
    while let split = try source.next() { all.append(split.testRows) }
    return all
  }

  /// How many folds there are in all repeats together.
  public var splitCount: Int { folds * repeats }

  /// Repeat and fold of a split, as in `repeat 1, fold 3`.
  func place(ofSplit split: Int) -> String {
    "repeat \(split / folds + 1), fold \(split % folds + 1)"
  }

  /// The seed with which a contender is fitted on one split, counted over all repeats.
  func fitSeed(contender: String, split: Int) -> UInt64 {
    var random = RandomStream(seed: seed, stream: "fit/\(contender)/\(split)")
    return random.next()
  }
}

/// Deals the rows to the folds of one repeat after the other, as they are asked for.
struct SplitSource {
  private let validation: CrossValidation
  private let labels: [Int]
  private let classNames: [String]
  private var random: RandomStream
  private var folds: [[Int]] = []
  private var nextSplit = 0

  init(_ validation: CrossValidation, labels: [Int], classNames: [String]) {
    self.validation = validation
    self.labels = labels
    self.classNames = classNames
    random = RandomStream(seed: validation.seed, stream: "folds")
  }

  /// The next split, counted over all repeats, and its test rows; nil at the end.
  ///
  /// - Throws: At the first split if a class has fewer rows than there are folds, and never later.
  mutating func next() throws -> (split: Int, testRows: [Int])? {
    guard nextSplit < validation.splitCount else { return nil }
    let (split, fold) = (nextSplit, nextSplit % validation.folds)
    if fold == 0 {
      folds = try stratifiedFolds(
        labels: labels, folds: validation.folds, classNames: classNames, using: &random)
    }
    nextSplit += 1
    return (split, folds[fold])
  }
}
