import Foundation

/// Whether a hybrid differs from the best baseline and from its twins.
///
/// Each comparison is a corrected resampled t-test on the paired accuracies of the splits that both have.
/// The p-values are adjusted together by Holm's method, and the intervals have the levels that go with
/// it, so that an interval leaves out 0 exactly where there is a significant difference. The best
/// baseline is chosen by its mean on the same splits, which favours the baseline.
public struct Verdict: Codable, Sendable {
  /// The hybrid beside one other contender.
  public struct Comparison: Codable, Sendable {
    /// The name of the other.
    public let against: String
    /// What the other takes part as.
    public let role: Contender.Role
    /// How many folds both have, which is what is compared.
    public let folds: Int
    /// Accuracy of the hybrid minus that of the other, as if this were the only comparison.
    public let test: ResampledTTest
    /// The interval and the p-value among all comparisons of the verdict, which is what counts.
    public let adjusted: AdjustedTest

    /// The p-value after Holm's correction over all comparisons of the verdict.
    public var adjustedPValue: Double { adjusted.pValue }
    /// Whether the difference is unlikely to be chance.
    public var isSignificant: Bool { adjusted.isSignificant }
  }

  /// The level of significance, of all comparisons together.
  public static let level = 0.05

  /// The name of the contender examined.
  public let hybrid: String
  /// The best baseline first, then the twins.
  public let comparisons: [Comparison]
  /// How intervals and p-values are adjusted to the number of comparisons.
  public let adjustment: String
  /// What else one must know to judge: fits that failed, tests that could not be made, a model that is
  /// too small for the data.
  public let notes: [String]

  /// - Parameter advice: What to try if the contender examined is too small for the data.
  /// - Returns: Nil if there is no hybrid, nothing to compare it with, or only one repeat: its folds
  ///   alone do not show how much chance is in them.
  init?(
    _ results: [ContenderResult], validation: CrossValidation, advice: String? = nil
  ) throws {
    guard validation.repeats >= 2, let hybrid = results.first(where: \.role.isExamined),
      results.contains(where: { $0.role == .baseline || $0.role == .twin })
    else { return nil }
    // As one repeat alone gives no verdict, so do not as few folds as one repeat has.
    let fewest = validation.folds + 1
    let pairs = results.filter { $0.role == .baseline || $0.role == .twin }
      .map { PairedResults(hybrid, $0) }
    let testable = pairs.filter { $0.differences.count >= fewest }
    var best: PairedResults?
    for pair in testable where pair.other.role == .baseline {
      if pair.lead > best?.lead ?? -.infinity { best = pair }
    }
    let chosen = [best].compactMap { $0 } + testable.filter { $0.other.role == .twin }
    func tests(_ confidence: (Int) -> Double) throws -> [ResampledTTest] {
      try chosen.enumerated().map { index, pair in
        try ResampledTTest(
          differences: pair.differences, testToTrainRatio: validation.testToTrainRatio,
          confidence: confidence(index))
      }
    }
    let plain = try tests { _ in 1 - Self.level }
    let pValues = plain.map(\.pValue)
    let (adjusted, divisors) = (holmAdjusted(pValues), holmDivisors(pValues, level: Self.level))
    let wide = try tests { 1 - Self.level / Double(divisors[$0]) }
    comparisons = chosen.indices.map {
      Comparison(
        against: chosen[$0].other.name, role: chosen[$0].other.role,
        folds: chosen[$0].differences.count, test: plain[$0],
        adjusted: AdjustedTest(wide[$0], pValue: adjusted[$0], level: Self.level))
    }
    self.hybrid = hybrid.name
    adjustment = "Holm"
    notes =
      Self.gaps(results, pairs, chosen, fewest: fewest)
      + [Self.smallness(hybrid, best?.other, comparisons.first, advice: advice)].compactMap { $0 }
  }

  /// Fits that failed, and tests that lack folds.
  private static func gaps(
    _ results: [ContenderResult], _ pairs: [PairedResults], _ chosen: [PairedResults], fewest: Int
  ) -> [String] {
    let failures = results.filter { $0.failedFits > 0 }.map { result in
      result.failedFits == result.plannedFits
        ? "\(result.name) failed in all \(result.plannedFits) fits"
        : "\(result.name) failed in \(result.failedFits) of \(result.plannedFits) fits; only folds that "
          + "both have are compared"
    }
    let refused = pairs.filter { $0.differences.count < fewest }
    let few = "a test needs \(fewest) folds that both have"
    if chosen.isEmpty {
      let most = pairs.map(\.differences.count).max() ?? 0
      return failures + ["no test is made: \(few), and there are \(most) at most"]
    }
    let untested = refused.map {
      "no test against \($0.other.name): \(few), and there are \($0.differences.count)"
    }
    let isStopped = results.contains { $0.splits.count + $0.failedFits < $0.plannedFits }
    let counts = chosen.map { "\($0.differences.count)" }.joined(separator: ", ")
    return failures + untested
      + (isStopped
        ? ["stopped early: of \(chosen[0].other.plannedFits) folds, \(counts) are compared"] : [])
  }

  /// Whether the model does not even learn the rows it is shown: worse than the best baseline, and wrong
  /// on them more than twice as often as that is on rows it has not seen.
  private static func smallness(
    _ hybrid: ContenderResult, _ best: ContenderResult?, _ comparison: Comparison?, advice: String?
  ) -> String? {
    guard let advice, let best, let comparison, comparison.against == best.name,
      comparison.isSignificant, comparison.test.meanDifference < 0,
      let training = hybrid.trainingAccuracy, 1 - training > 2 * (1 - best.accuracy.mean)
    else { return nil }
    let (own, others) = (
      String(format: "%.3f", training), String(format: "%.3f", best.accuracy.mean)
    )
    return
      "\(hybrid.name) is small for these data or trained too briefly: it is right on \(own) of the "
      + "rows it is trained on, \(best.name) on \(others) of rows it has not seen; \(advice), or more "
      + "epochs"
  }
}

/// The accuracies of two contenders on the splits that both have.
private struct PairedResults {
  let other: ContenderResult
  /// The first minus the other.
  let differences: [Double]

  init(_ hybrid: ContenderResult, _ other: ContenderResult) {
    self.other = other
    let known = Dictionary(uniqueKeysWithValues: zip(other.splits, other.accuracies))
    differences = zip(hybrid.splits, hybrid.accuracies).compactMap { split, accuracy in
      known[split].map { accuracy - $0 }
    }
  }

  /// How much better the other is.
  var lead: Double { -Summary(differences).mean }
}
