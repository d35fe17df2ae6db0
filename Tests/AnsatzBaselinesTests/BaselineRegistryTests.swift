import AnsatzData
import AnsatzMath
import Dispatch
import Testing

@testable import AnsatzBaselines

extension Baseline: CustomTestStringConvertible {
  public var testDescription: String { name }
}

@Suite struct BaselineRegistryTests {
  @Test("Each baseline goes by its own name")
  func names() throws {
    for baseline in BaselineRegistry.all {
      #expect(baseline.make().name == baseline.name)
      #expect(!baseline.summary.isEmpty)
    }
    #expect(Set(BaselineRegistry.all.map(\.name)).count == BaselineRegistry.all.count)
    #expect(
      message { try BaselineRegistry.named("smv") } == "unknown baseline 'smv'; did you mean 'svm'?"
    )
    #expect(
      message { try BaselineRegistry.named("random-forest") }
        == "unknown baseline 'random-forest'; choose one of: logistic-regression, svm, "
        + "k-nearest-neighbors, majority-class")
  }

  @Test(
    "A second fit forgets the first, and equal fits predict alike", arguments: BaselineRegistry.all)
  func refit(baseline: Baseline) throws {
    let (first, second) = (
      clouds(classes: 3, rowsPerClass: 20, spread: 0.5, seed: 1),
      clouds(classes: 2, rowsPerClass: 20, spread: 0.8, seed: 2)
    )
    var (fresh, used) = (baseline.make(), baseline.make())
    try used.fit(
      first.features, labels: first.labels, classCount: 3, observer: SilentObserver())
    for _ in 0..<2 {
      try used.fit(
        second.features, labels: second.labels, classCount: 2, observer: SilentObserver())
    }
    try fresh.fit(
      second.features, labels: second.labels, classCount: 2, observer: SilentObserver())
    #expect(try fresh.predict(first.features) == used.predict(first.features))
    #expect(fresh.parameterCount == used.parameterCount)
  }

  @Test("A class without training rows is never predicted", arguments: BaselineRegistry.all)
  func absentClass(baseline: Baseline) throws {
    let data = clouds(classes: 3, rowsPerClass: 20, spread: 0.3, seed: 3)
    let rows = data.labels.indices.filter { data.labels[$0] != 1 }
    var classifier = baseline.make()
    try classifier.fit(
      data.features.rows(at: rows), labels: rows.map { data.labels[$0] }, classCount: 3,
      observer: SilentObserver())
    let predicted = try classifier.predict(data.features)
    #expect(!predicted.contains(1))
    if baseline.name != "majority-class" {
      let correct = rows.count { predicted[$0] == data.labels[$0] }
      #expect(Double(correct) / Double(rows.count) > 0.9)
    }
  }

  @Test(
    "Predicting before a fit, and other features than fitted, are refused",
    arguments: BaselineRegistry.all)
  func predictMistakes(baseline: Baseline) throws {
    var classifier = baseline.make()
    let data = clouds(classes: 2, rowsPerClass: 10, spread: 0.5, seed: 4)
    let name = baseline.name
    #expect(
      message { try classifier.predict(data.features) }
        == "\(name) cannot predict before it is fitted")
    #expect(classifier.parameterCount == 0)
    try classifier.fit(
      data.features, labels: data.labels, classCount: 2, observer: SilentObserver())
    #expect(
      message { try classifier.predict(Tensor(shape: [1, 3])) }
        == "\(name) was fitted to 2 features, not 3")
    #expect(
      message { try classifier.predict(Tensor(shape: [1, 2], elements: [.nan, 0])) }
        == "\(name) was given a feature that is not finite")
    #expect(try classifier.predict(Tensor(shape: [0, 2])) == [])
  }

  @Test("Labels and features that do not fit are refused", arguments: BaselineRegistry.all)
  func fitMistakes(baseline: Baseline) throws {
    func fit(_ features: Tensor<Double>, _ labels: [Int], classes: Int = 2) throws {
      var classifier = baseline.make()
      try classifier.fit(
        features, labels: labels, classCount: classes, observer: SilentObserver())
    }
    let name = baseline.name
    #expect(
      message { try fit(Tensor(shape: [2, 1]), [0]) } == "\(name) was given 1 labels for 2 rows")
    #expect(
      message { try fit(Tensor(shape: [2, 1]), [0, 2]) } == "\(name) was given label 2 of 2 classes"
    )
    #expect(
      message { try fit(Tensor(shape: [0, 1]), []) }
        == "\(name) has no rows or no features to learn from")
    #expect(
      message { try fit(Tensor(shape: [2, 1], elements: [0, .infinity]), [0, 1]) }
        == "\(name) was given a feature that is not finite")
    #expect(
      message { try fit(Tensor(shape: [2]), [0, 1]) }
        == "\(name) needs a matrix of features, not shape [2]")
    if ["svm", "logistic-regression"].contains(name) {
      #expect(
        message { try fit(Tensor(shape: [2, 1]), [1, 1]) }
          == "\(name) needs training rows of two classes or more")
    }
  }

  @Test("A cancelled observer stops a fit", arguments: ["svm", "logistic-regression"])
  func cancellation(name: String) throws {
    var classifier = try BaselineRegistry.named(name).make()
    let data = clouds(classes: 2, rowsPerClass: 10, spread: 0.5, seed: 5)
    #expect(throws: CancellationError.self) {
      try classifier.fit(
        data.features, labels: data.labels, classCount: 2, observer: CancelledObserver())
    }
  }

  @Test("Work that cannot be asked to stop is not waited for once the observer is cancelled")
  func abandoned() throws {
    let gate = DispatchSemaphore(value: 0)
    #expect(throws: CancellationError.self) {
      try abandonable(CancelledObserver()) { gate.wait() }
    }
    gate.signal()
    #expect(try abandonable(SilentObserver()) { 7 } == 7)
    #expect(throws: AnsatzError(.software, "no")) {
      try abandonable(SilentObserver()) { throw AnsatzError(.software, "no") }
    }
  }
}
