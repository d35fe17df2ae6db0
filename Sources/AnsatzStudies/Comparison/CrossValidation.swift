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
    var random = RandomStream(seed: seed, stream: "folds")
    let repeated = try repeatedStratifiedFolds(
      labels: labels, folds: folds, repeats: repeats, classNames: classNames, using: &random)
    return repeated.flatMap { $0 }
  }

  /// The seed with which a contender is fitted on one split, counted over all repeats.
  func fitSeed(contender: String, split: Int) -> UInt64 {
    var random = RandomStream(seed: seed, stream: "fit/\(contender)/\(split)")
    return random.next()
  }
}
