import AnsatzMath
import AnsatzNN
import Foundation
import Testing

@testable import AnsatzStudies

/// A contender with some accuracies, nil where a fit failed.
private func result(
  _ name: String, _ role: Contender.Role, _ accuracies: [Double?], training: Double? = nil
) throws -> ContenderResult {
  struct NotNeeded: Error {}
  var outcome = FitBoard.Outcome()
  for (split, accuracy) in accuracies.enumerated() {
    if let accuracy {
      outcome.scores.append(
        (
          split,
          FitScore(
            accuracy: accuracy, parameterCount: 1, seconds: 1, trainingAccuracy: training)
        ))
    } else {
      outcome.failureCount += 1
    }
  }
  return ContenderResult(
    Contender(name, role) { _ in throw NotNeeded() }, outcome: outcome,
    validation: try CrossValidation(folds: 5, repeats: accuracies.count / 5))
}

private let net = [0.90, 0.92, 0.91, 0.95, 0.93, 0.90, 0.94, 0.92, 0.91, 0.93]
private let base = [0.92, 0.93, 0.91, 0.97, 0.96, 0.91, 0.95, 0.95, 0.92, 0.93]
private let twin = [0.89, 0.91, 0.92, 0.92, 0.92, 0.88, 0.93, 0.92, 0.90, 0.90]

@Test("The verdict's tests are corrected for the size of the folds, and Holm's over all of them")
func correctedVerdict() throws {
  let verdict = try #require(
    try Verdict(
      [
        result("net", .hybrid, net), result("base", .baseline, base), result("twin", .twin, twin),
      ], validation: CrossValidation(folds: 5, repeats: 2)))
  // Five folds train on four times as many rows as they test.
  func test(_ other: [Double], confidence: Double) throws -> ResampledTTest {
    try ResampledTTest(
      differences: zip(net, other).map { $0 - $1 }, testToTrainRatio: 0.25, confidence: confidence)
  }
  let tests = try [base, twin].map { try test($0, confidence: 0.95) }
  #expect(verdict.comparisons.map(\.test) == tests)
  let pValues = tests.map(\.pValue)
  let (low, high) = (min(pValues[0], pValues[1]), max(pValues[0], pValues[1]))
  #expect(low < high && high < 1)
  let adjusted = verdict.comparisons.map(\.adjustedPValue)
  #expect(adjusted.min() == 2 * low)
  #expect(adjusted.max() == max(2 * low, high))
  // The interval of the smaller p-value is at half the level.
  let first = try #require(verdict.comparisons.min { $0.adjustedPValue < $1.adjustedPValue })
  let wide = try test(first.against == "base" ? base : twin, confidence: 0.975)
  #expect((first.adjusted.lower, first.adjusted.upper) == (wide.lower, wide.upper))
  #expect(verdict.heading == "verdict on net, intervals and p-values adjusted by Holm's method")
}

/// The ends of the interval as they are written.
private func writtenEnds(_ text: String) throws -> [Double] {
  let inner = try #require(text.split(separator: "[").last?.split(separator: "]").first)
  return inner.split(separator: ",").compactMap { Double($0.filter { $0 != " " }) }
}

@Test(
  "An interval leaves out 0 exactly where the verdict finds a difference, as numbers and as written",
  arguments: UInt64(0)..<40)
func agreement(seed: UInt64) throws {
  var random = RandomStream(seed: seed, stream: "score tables")
  var significant = 0
  for _ in 0..<60 {
    let repeats = 2 + Int(random.uniform() * 4)
    // A shift that is near the border between chance and difference.
    func table(_ spread: Double) -> [Double?] {
      let shift = 0.03 * random.normal()
      return (0..<5 * repeats).map { _ in
        random.uniform() < 0.05 ? nil : 0.9 + shift + spread * random.normal()
      }
    }
    let spread = 0.01 + 0.02 * random.uniform()
    let results = try [
      result("net", .hybrid, table(spread)), result("a", .baseline, table(spread)),
      result("b", .baseline, table(spread)), result("c", .twin, table(spread)),
      result("d", .twin, table(spread)), result("e", .twin, table(spread)),
    ]
    let verdict = try #require(
      try Verdict(results, validation: CrossValidation(folds: 5, repeats: repeats)))
    for each in verdict.comparisons {
      let (low, high) = (each.adjusted.lower, each.adjusted.upper)
      let leavesOut = low > 0 || high < 0
      #expect(leavesOut == each.isSignificant, "\(each.text)")
      #expect(each.isSignificant == (each.adjustedPValue < Verdict.level))
      #expect(low <= each.test.meanDifference && each.test.meanDifference <= high)
      // Adjusted is never narrower than alone.
      #expect(low <= each.test.lower + 1e-12 && each.test.upper <= high + 1e-12)
      let written = try writtenEnds(each.text)
      #expect((written[0] > 0 || written[1] < 0) == each.isSignificant, "\(each.text)")
      #expect(each.text.hasPrefix("no significant difference") != each.isSignificant)
      if each.isSignificant { significant += 1 }
    }
  }
  #expect(significant > 0)
}

@Test("From the first p-value on that fails, all intervals have its level")
func steppedDown() {
  // 0.03 fails against 0.05 / 2, so 0.04, which alone would pass, must not leave out 0 either.
  #expect(holmDivisors([0.03, 0.04], level: 0.05) == [2, 2])
  #expect(holmDivisors([0.04, 0.001, 0.02], level: 0.05) == [1, 3, 2])
  #expect(holmDivisors([0.2], level: 0.05) == [1])
}

@Test(
  "The verdict says that a model is small for the data where it does not learn what it is shown")
func smallModel() throws {
  func notes(training: Double, accuracy: Double) throws -> [String] {
    let results = try [
      result("net", .hybrid, net.map { $0 - 0.9 + accuracy }, training: training),
      result("base", .baseline, base),
    ]
    return try #require(
      try Verdict(
        results, validation: CrossValidation(), advice: "4 qubits are few; try --set qubits=10")
    ).notes
  }
  #expect(
    try notes(training: 0.7, accuracy: 0.6) == [
      "net is small for these data or trained too briefly: it is right on 0.700 of the rows it is "
        + "trained on, base on 0.935 of rows it has not seen; 4 qubits are few; try --set qubits=10, or "
        + "more epochs"
    ])
  // It learns its rows and not the others: not what more qubits mend.
  #expect(try notes(training: 0.99, accuracy: 0.6) == [])
  // It is as good as the baseline.
  #expect(try notes(training: 0.7, accuracy: 0.92) == [])
}

@Test("A hybrid names the setting that makes it larger")
func advice() throws {
  func advice(_ overrides: [String], features: Int, classes: Int) throws -> String? {
    let model = try Hybrid().setting(overrides)
    return try Contender.hybrid(
      "h", model, options: model.training, features: features, classes: classes)[0].advice
  }
  #expect(
    try advice([], features: 64, classes: 10)
      == "4 qubits stand against 64 features and 10 classes; try --set qubits=10")
  #expect(try advice([], features: 30, classes: 2)?.hasSuffix("try --set qubits=8") == true)
  #expect(try advice(["qubits=6"], features: 4, classes: 3) == "try --set layers=4")
}
