import AnsatzMath
import Foundation
import Testing

@testable import AnsatzStudies

@Test("The mean and sample standard deviation of 2, 4, 4, 4, 5, 5, 7, 9 are 5 and √(32/7)")
func summary() {
  let summary = Summary([2, 4, 4, 4, 5, 5, 7, 9])
  #expect(summary.mean == 5)
  #expect(abs(summary.standardDeviation - (32.0 / 7).squareRoot()) < 1e-15)
  #expect(Summary([3]).standardDeviation == 0)
  #expect(Summary([]).mean == 0)
}

@Test("A worked example of the corrected test agrees with the formula by hand")
func workedExample() throws {
  // Mean 2.5, s² = 5/3, factor 1/4 + 1/4: the error is √(5/6) and t = 2.5/√(5/6) at ν = 3, whose
  // distribution has a closed form; 3.182446305284 is the 97.5 % point of the tables.
  let test = try ResampledTTest(differences: [1, 2, 3, 4], testToTrainRatio: 0.25)
  let error = (5.0 / 6).squareRoot()
  let t = 2.5 / error
  let u = t / 3.0.squareRoot()
  #expect(test.meanDifference == 2.5)
  #expect(abs(test.pValue - (1 - 2 / .pi * (u / (1 + u * u) + atan(u)))) < 1e-12)
  #expect(abs(test.upper - (2.5 + 3.182446305284 * error)) < 1e-10)
  #expect(abs(test.lower - (2.5 - 3.182446305284 * error)) < 1e-10)
}

@Test("The correction widens the interval and raises the p-value")
func correction() throws {
  let differences = [0.01, 0.03, -0.01, 0.02, 0.02]
  let plain = try ResampledTTest(differences: differences, testToTrainRatio: 0)
  let corrected = try ResampledTTest(differences: differences, testToTrainRatio: 0.25)
  #expect(corrected.pValue > plain.pValue)
  // (1/5 + 1/4) / (1/5) = 9/4, so the interval is 1.5 times as wide.
  let ratio = (corrected.upper - corrected.lower) / (plain.upper - plain.lower)
  #expect(abs(ratio - 1.5) < 1e-12)
}

@Test("Exchanging the classifiers changes the sign and nothing else")
func antisymmetry() throws {
  let differences = [0.01, 0.03, -0.01, 0.02, 0.02]
  let test = try ResampledTTest(differences: differences, testToTrainRatio: 0.25)
  let swapped = try ResampledTTest(differences: differences.map(-), testToTrainRatio: 0.25)
  #expect(test.pValue == swapped.pValue)
  #expect((test.lower, test.upper) == (-swapped.upper, -swapped.lower))
}

@Test("Without resampling, independent normal differences are called significant 5 % of the time")
func falsePositives() throws {
  var random = RandomStream(seed: 1, stream: "false positives")
  let trials = 4_000
  var rejected = 0
  for _ in 0..<trials {
    let differences = (0..<8).map { _ in random.normal() }
    let test = try ResampledTTest(differences: differences, testToTrainRatio: 0)
    #expect((test.pValue < 0.05) == (test.lower > 0 || test.upper < 0))
    if test.pValue < 0.05 { rejected += 1 }
  }
  // Four standard deviations of a binomial count with p = 0.05.
  #expect(abs(Double(rejected) / Double(trials) - 0.05) < 4 * (0.05 * 0.95 / 4_000).squareRoot())
}

@Test("Equal results are no difference, and a constant difference is certain")
func degenerate() throws {
  let none = try ResampledTTest(differences: [0, 0, 0], testToTrainRatio: 0.25)
  #expect((none.pValue, none.lower, none.upper) == (1, 0, 0))
  let constant = try ResampledTTest(
    differences: [Double](repeating: 0.1, count: 10), testToTrainRatio: 0.25)
  #expect(constant.pValue == 0)
  #expect(constant.lower == constant.upper)
}

@Test("Too few or non-finite results are an error")
func tooFew() {
  #expect(throws: AnsatzError.self) {
    try ResampledTTest(differences: [0.1], testToTrainRatio: 0.25)
  }
  #expect(throws: AnsatzError.self) {
    try ResampledTTest(differences: [0.1, .nan], testToTrainRatio: 0.25)
  }
}
