import AnsatzBaselines
import AnsatzData
import AnsatzMath
import Testing

@Suite struct MajorityClassTests {
  @Test(
    "The most frequent class wins, the smallest among equals",
    arguments: [([2, 2, 0], 2), ([1, 2, 2, 1], 1), ([2], 2)])
  func majority(labels: [Int], expected: Int) throws {
    var classifier = MajorityClass()
    try classifier.fit(
      Tensor(shape: [labels.count, 1]), labels: labels, classCount: 3, observer: SilentObserver())
    #expect(try classifier.predict(Tensor(shape: [2, 1])) == [expected, expected])
    #expect(classifier.parameterCount == 1)
  }
}
