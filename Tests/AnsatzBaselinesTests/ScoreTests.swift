import AnsatzBaselines
import AnsatzData
import AnsatzMath
import Testing

@Suite("Scores of baselines")
struct ScoreTests {
  @Test("Every baseline but the majority class has scores, which agree with what it predicts")
  func scores() throws {
    let data = try EmbeddedDatasets.named("breast-cancer").load()
    var preparation = Preprocessing()
    try preparation.fit(data.features)
    let features = try preparation.transform(data.features)
    for baseline in BaselineRegistry.all {
      var classifier = baseline.make()
      try classifier.fit(features, labels: data.labels, classCount: 2, observer: SilentObserver())
      guard let scores = try classifier.secondClassScores(features) else {
        #expect(baseline.name == "majority-class")
        continue
      }
      let predictions = try classifier.predict(features)
      #expect(scores.count == predictions.count)
      // One threshold parts the rows that are taken for the second class from the others.
      let second = zip(scores, predictions).filter { $0.1 == 1 }.map(\.0).min() ?? .infinity
      let first = zip(scores, predictions).filter { $0.1 == 0 }.map(\.0).max() ?? -.infinity
      #expect(first < second, "\(baseline.name)")
    }
  }

  @Test("Of three classes there are no scores")
  func threeClasses() throws {
    let data = try EmbeddedDatasets.named("iris").load()
    let features = try data.features.matrix()
    for baseline in BaselineRegistry.all {
      var classifier = baseline.make()
      try classifier.fit(features, labels: data.labels, classCount: 3, observer: SilentObserver())
      #expect(try classifier.secondClassScores(features) == nil)
    }
  }
}
