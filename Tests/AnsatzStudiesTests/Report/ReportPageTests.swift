import AnsatzCircuits
import AnsatzData
import AnsatzMath
import AnsatzNN
import AnsatzPlots
import AnsatzTestSupport
import Foundation
import Testing

@testable import AnsatzStudies

@Suite("Report pages")
struct ReportPageTests {
  @Test("Every kind of block stands in the page, and no text becomes markup")
  func blocks() throws {
    let nasty = "<b>&\"'\u{7}</b>"
    let shown = "<b>&\"'\u{FFFD}</b>"
    let page = ReportPage(
      title: nasty, subtitle: nasty, results: [(nasty, nasty)],
      sections: [
        .init(
          nasty,
          [
            .text(nasty), .list([nasty, "two"]), .table(head: ["a", nasty], rows: [["1", nasty]]),
            .facts([(nasty, nasty)]), .code(nasty),
            .pictures([(BarChart(nasty, bars: [.init(nasty, value: 1)]), nasty)]),
          ]),
        .init("empty", []),
      ])
    let root = try Markup.parse(page.html)
    #expect(root.elements("b").isEmpty)
    for (name, count) in [
      ("title", 3), ("h1", 1), ("h2", 1), ("p", 2), ("li", 2), ("th", 3), ("td", 3), ("code", 1),
      ("figure", 1), ("figcaption", 1),
    ] {
      #expect(root.elements(name).count == count, "\(name)")
    }
    for name in ["h1", "h2", "code", "figcaption"] {
      #expect(root.elements(name).first?.text == shown)
    }
    #expect(root.elements("td").map(\.text) == ["1", shown, shown])
  }

  @Test("A circuit is something to look at, as picture and as text")
  func circuit() throws {
    let circuit = try Circuit("pair", qubits: 2) {
      H(0)
      CNOT(control: 0, target: 1)
    }
    let drawable: any Drawable = circuit
    #expect(try Markup.parse(drawable.svg).name == "svg")
    #expect(drawable.text(width: 40) == TextDiagram(circuit, width: 40).description)
  }

  @Test("A mean curve has the mean of the runs that lasted so long, and their spread as its band")
  func meanCurve() throws {
    func run(_ losses: [Double]) throws -> [EpochRecord] {
      try losses.enumerated().map { epoch, loss in
        let coded =
          "{\"epoch\": \(epoch + 1), \"trainingLoss\": \(loss), \"trainingAccuracy\": 0, "
          + "\"learningRate\": 1}"
        return try JSONDecoder().decode(EpochRecord.self, from: Data(coded.utf8))
      }
    }
    let series = try EpochCharts.meanCurve(
      "m", of: [run([1, 2]), run([3, 4, 5])], value: \.trainingLoss)
    #expect(series.points.map(\.x) == [1, 2, 3])
    #expect(series.points.map(\.y) == [2, 3, 5])
    // Of two numbers 2 apart, the deviation is √2; of one, there is none.
    for (edge, wanted) in zip(series.band, [2.0, 3]) {
      #expect(abs(edge.high - wanted - 2.squareRoot()) < 1e-14)
      #expect(abs(edge.low - wanted + 2.squareRoot()) < 1e-14)
    }
    #expect(series.band[2].low == 5 && series.band[2].high == 5)
  }

  @Test("A plane is there for two numeric features alone, and is asked in the data's own units")
  func plane() throws {
    let table = try Table(
      columns: [
        Column("a", numbers: [0, 10, 20, 30]), Column("b", numbers: [0, 0.1, 0.2, 0.3]),
      ], source: "t")
    let dataset = try Dataset(
      name: "t", features: table, labels: [0, 0, 1, 1], classNames: ["l", "r"])
    let plane = try #require(FeaturePlane(dataset))
    var preprocessing = Preprocessing()
    try preprocessing.fit(table)
    // Standardised, the first feature is above 0 where it is above its mean, 15.
    let decision = try plane.decision(preprocessing: preprocessing) { features in
      (0..<features.rowCount).map { features[$0, 0] > 0 ? 1 : 0 }
    }
    for row in [0, decision.rows - 1] {
      for column in 0..<decision.columns {
        let width = (decision.x.upperBound - decision.x.lowerBound) / Double(decision.columns)
        let middle = decision.x.lowerBound + (Double(column) + 0.5) * width
        #expect(decision.labels[row * decision.columns + column] == (middle > 15 ? 1 : 0))
      }
    }
    #expect(plane.chart("c", decision: decision).points.count == 4)
    for columns in [
      [Column("a", numbers: [1, 2])],
      [Column("a", numbers: [1, 2]), Column("b", .text(["x", "y"]))],
    ] {
      let other = try Dataset(
        name: "t", features: Table(columns: columns, source: "t"), labels: [0, 1],
        classNames: ["l", "r"])
      #expect(FeaturePlane(other) == nil)
    }
  }

  @Test("Details of a comparison count every test row, and are no part of its coded form")
  func details() throws {
    let iris = try EmbeddedDatasets.named("iris").load()
    let contenders = Contender.baselines.filter { ["svm", "mlp"].contains($0.name) }
    let validation = try CrossValidation(folds: 3, repeats: 2, seed: 4)
    let result = try compare(contenders, on: iris, validation: validation, detailed: true)
    let plain = try compare(contenders, on: iris, validation: validation)
    #expect(plain.details.isEmpty && result.details.map(\.name) == ["mlp", "svm"])
    for (detail, contender) in zip(result.details, result.contenders) {
      #expect(detail.confusion.map { $0.reduce(0, +) } == [100, 100, 100])
      let right = (0..<3).reduce(0) { $0 + detail.confusion[$1][$1] }
      // Folds of equal size: the mean of their accuracies is the accuracy of all.
      #expect(abs(Double(right) / 300 - contender.accuracy.mean) < 1e-12)
      #expect(detail.scores.isEmpty && detail.decision == nil)
    }
    #expect(result.details[0].histories.map(\.isEmpty) == Array(repeating: false, count: 6))
    #expect(result.details[1].histories.allSatisfy { $0.isEmpty })
    #expect(zip(plain.contenders, result.contenders).allSatisfy { $0.accuracies == $1.accuracies })
    let data = try JSONEncoder().encode(result)
    let coded = try JSONSerialization.jsonObject(with: data) as? [String: Any]
    let keys = try #require(coded).keys
    #expect(!keys.contains("details") && !keys.contains("classNames"))
  }

  @Test("Durations have three digits that matter")
  func durations() {
    let wanted = [
      (3.2e-6, "3 µs"), (0.0031, "3.1 ms"), (0.25, "250 ms"), (1.239, "1.24 s"), (210.4, "210 s"),
    ]
    for (seconds, text) in wanted { #expect(timeText(seconds) == text) }
  }
}
