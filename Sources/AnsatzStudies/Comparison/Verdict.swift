import Foundation

/// Whether a hybrid differs from the best baseline and from its twins.
///
/// Each comparison is a corrected resampled t-test on the paired accuracies of the splits, and the
/// p-values are adjusted together by Holm's method. The best baseline is chosen by its mean on the
/// same splits, which favours the baseline.
public struct Verdict: Codable, Sendable {
  /// The hybrid beside one other contender.
  public struct Comparison: Codable, Sendable {
    /// The name of the other.
    public let against: String
    /// What the other takes part as.
    public let role: Contender.Role
    /// Accuracy of the hybrid minus that of the other, with its 95 % interval.
    public let test: ResampledTTest
    /// The p-value after Holm's correction over all comparisons of the verdict.
    public let adjustedPValue: Double

    /// Whether the difference is unlikely to be chance.
    public var isSignificant: Bool { adjustedPValue < Verdict.level }
  }

  /// The level of significance.
  public static let level = 0.05

  /// The name of the contender examined.
  public let hybrid: String
  /// The best baseline first, then the twins.
  public let comparisons: [Comparison]

  /// - Returns: Nil if there is no hybrid, nothing to compare it with, or only one repeat: its folds
  ///   alone do not show how much chance is in them.
  init?(_ results: [ContenderResult], validation: CrossValidation) throws {
    guard validation.repeats >= 2, let hybrid = results.first(where: \.role.isExamined) else {
      return nil
    }
    var best: ContenderResult?
    for result in results where result.role == .baseline {
      if result.accuracy.mean > best?.accuracy.mean ?? -1 { best = result }
    }
    let others = [best].compactMap { $0 } + results.filter { $0.role == .twin }
    guard !others.isEmpty else { return nil }
    let tests = try others.map { other in
      try ResampledTTest(
        differences: zip(hybrid.accuracies, other.accuracies).map { $0 - $1 },
        testToTrainRatio: validation.testToTrainRatio)
    }
    let adjusted = holmAdjusted(tests.map(\.pValue))
    self.hybrid = hybrid.name
    comparisons = others.indices.map {
      Comparison(
        against: others[$0].name, role: others[$0].role, test: tests[$0],
        adjustedPValue: adjusted[$0])
    }
  }

  /// The verdict in one line.
  public var text: String { comparisons.map(\.text).joined(separator: "; ") }
}

extension Verdict.Comparison {
  /// What the comparison found, as in `no significant difference from svm (…)`.
  public var text: String {
    let name = "\(role == .baseline ? "the best baseline, " : "")\(against)"
    return "\(finding) \(name) (\(numbers))"
  }

  /// The beginning of the text, up to the name.
  var finding: String {
    if !isSignificant { return "no significant difference from" }
    return test.meanDifference > 0 ? "significantly better than" : "significantly worse than"
  }

  /// The difference, its interval and the adjusted p-value, as in `+0.004 [-0.010, +0.018], p = 0.61`.
  public var numbers: String {
    let p =
      adjustedPValue < 0.001 ? "p < 0.001" : "p = " + String(format: "%.3f", adjustedPValue)
    return String(
      format: "%+.3f [%+.3f, %+.3f], ", test.meanDifference, test.lower, test.upper) + p
  }
}
