import AnsatzData
import AnsatzMath
import Foundation
import Testing

/// Predictions and what scikit-learn makes of them: `scripts/references/metrics.py`.
struct MetricCase: Decodable, CustomTestStringConvertible, Sendable {
  let name: String
  let classes: Int?
  let truth: [Int]?
  let predicted: [Int]?
  let probabilities: [[Double]]?
  let decisions: [[Double]]?
  let confusion: [[Int]]?
  let f1PerClass: [Double]?
  let shape: [Int]?
  let numbers: [Double]?
  let predictedNumbers: [Double]?
  let metrics: [String: Double]

  var testDescription: String { name }

  static let all: [MetricCase] = {
    struct File: Decodable { let cases: [MetricCase] }
    guard let data = FileManager.default.contents(atPath: fixture("metrics.json")) else {
      return []
    }
    return (try? JSONDecoder().decode(File.self, from: data))?.cases ?? []
  }()

  func predictions() throws -> Predictions {
    if let shape, let numbers, let predictedNumbers {
      return .numbers(
        try NumberPredictions(
          truth: Tensor(shape: shape, elements: numbers),
          predicted: Tensor(shape: shape, elements: predictedNumbers)))
    }
    let scores: ClassScores? =
      if let probabilities {
        .probabilities(Tensor(rows: probabilities))
      } else {
        decisions.map { .decisions(Tensor(rows: $0)) }
      }
    return .classes(
      try ClassPredictions(
        truth: try #require(truth), predicted: try #require(predicted),
        classCount: try #require(classes), scores: scores))
  }
}

@Suite("Metrics are those of scikit-learn")
struct MetricFixtureTests {
  @Test("Every number of the fixture is met", arguments: MetricCase.all)
  func values(example: MetricCase) throws {
    let predictions = try example.predictions()
    for (name, expected) in example.metrics {
      let value = try StandardMetrics.metric(named: name).value(of: predictions)
      // Some hundred roundings of 1e-16, summed in another order.
      #expect(abs(value - expected) <= 1e-12 * max(1, abs(expected)), "\(name)")
    }
  }

  @Test("What has no value in the fixture is refused, with the reason", arguments: MetricCase.all)
  func refusals(example: MetricCase) throws {
    let predictions = try example.predictions()
    for metric in StandardMetrics.all where example.metrics[metric.name] == nil {
      let text = try #require(message { try metric.value(of: predictions) }, "\(metric.name)")
      #expect(text.hasPrefix(metric.name) && !text.contains("\n"))
    }
  }

  @Test("Confusion counts and the F1 of every class are met", arguments: MetricCase.all)
  func perClass(example: MetricCase) throws {
    guard case .classes(let classes) = try example.predictions() else { return }
    #expect(ConfusionCounts(classes).counts == example.confusion)
    let expected = try #require(example.f1PerClass)
    let values = F1Score.perClass(classes)
    #expect(values.count == expected.count)
    for (value, expected) in zip(values, expected) { #expect(abs(value - expected) < 1e-15) }
  }

  @Test("Every metric has its numbers in the fixture")
  func isComplete() {
    let names = Set(MetricCase.all.flatMap(\.metrics.keys))
    #expect(names == Set(StandardMetrics.names))
  }

  @Test("Predicted classes follow from probabilities", arguments: MetricCase.all)
  func likeliest(example: MetricCase) throws {
    guard let rows = example.probabilities, case .classes(let classes) = try example.predictions()
    else { return }
    #expect(
      try ClassPredictions(truth: classes.truth, probabilities: Tensor(rows: rows)) == classes)
  }
}
