import Testing

@testable import AnsatzStudies

/// Ten accuracies that vary from fold to fold.
private func result(
  _ name: String, _ role: Contender.Role, _ accuracies: [Double]
) -> ContenderResult {
  struct NotNeeded: Error {}
  return ContenderResult(
    Contender(name, role) { _ in throw NotNeeded() },
    scores: accuracies.map { FitScore(accuracy: $0, parameterCount: 1, seconds: 1) })
}

@Test("The verdict's tests are corrected for the size of the folds, and Holm's over all of them")
func correctedVerdict() throws {
  let hybrid = [0.90, 0.92, 0.91, 0.95, 0.93, 0.90, 0.94, 0.92, 0.91, 0.93]
  let baseline = [0.92, 0.93, 0.91, 0.97, 0.96, 0.91, 0.95, 0.95, 0.92, 0.93]
  let twin = [0.89, 0.91, 0.92, 0.92, 0.92, 0.88, 0.93, 0.92, 0.90, 0.90]
  let verdict = try #require(
    try Verdict(
      [
        result("net", .hybrid, hybrid), result("base", .baseline, baseline),
        result("twin", .twin, twin),
      ], validation: CrossValidation(folds: 5, repeats: 2)))
  // Five folds train on four times as many rows as they test.
  let tests = try [baseline, twin].map { other in
    try ResampledTTest(
      differences: zip(hybrid, other).map { $0 - $1 }, testToTrainRatio: 0.25)
  }
  #expect(verdict.comparisons.map(\.test) == tests)
  let pValues = tests.map(\.pValue)
  let (low, high) = (min(pValues[0], pValues[1]), max(pValues[0], pValues[1]))
  #expect(low < high && high < 1)
  let adjusted = verdict.comparisons.map(\.adjustedPValue)
  #expect(adjusted.min() == 2 * low)
  #expect(adjusted.max() == max(2 * low, high))
}
