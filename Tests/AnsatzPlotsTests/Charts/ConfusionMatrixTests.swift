import AnsatzTestSupport
import Testing

@testable import AnsatzPlots

@Suite("Confusion matrices")
struct ConfusionMatrixTests {
  private let truth = [0, 0, 0, 1, 1, 2, 2, 2, 2]
  private let predictions = [0, 0, 1, 1, 1, 0, 2, 2, 2]
  private let names = ["setosa", "virginica", "versicolor of the coast"]

  @Test("Each count stands in the row of its truth and the column of its prediction")
  func counts() throws {
    let matrix = ConfusionMatrix(
      "m", classNames: names, truth: truth, predictions: predictions)
    #expect(matrix.counts == [[2, 1, 0], [0, 2, 0], [1, 0, 3]])
    #expect(abs(matrix.accuracy - 7.0 / 9) < 1e-15)
    let picture = try Picture(matrix)
    let cells = picture.root.elements("rect", "cell")
    let numbers = picture.root.elements("text", "count")
    #expect(cells.count == 9 && numbers.count == 9)
    for (index, (cell, number)) in zip(cells, numbers).enumerated() {
      let (row, column) = (index / 3, index % 3)
      #expect(number.text == "\(matrix.counts[row][column])")
      #expect(abs(number["x"] - cell["x"] - cell["width"] / 2) < 0.02)
      #expect(abs(number["y"] - cell["y"] - cell["height"] / 2) < 0.02)
      #expect(abs(cell["x"] - cells[0]["x"] - Double(column) * cell["width"]) < 0.02)
      #expect(abs(cell["y"] - cells[0]["y"] - Double(row) * cell["height"]) < 0.02)
    }
    // Names stand beside rows and below columns.
    for (index, name) in names.enumerated() {
      let labels = picture.root.elements("text", "tick").filter { $0.text == name }
      #expect(labels.count == 2)
      let cell = cells[4 * index]
      #expect(labels.contains { abs($0["y"] - cell["y"] - cell["height"] / 2) < 0.02 })
      #expect(labels.contains { abs($0["x"] - cell["x"] - cell["width"] / 2) < 0.02 })
    }
    #expect(picture.texts.contains("true") && picture.texts.contains("predicted"))
  }

  @Test("As text, rows and columns are named and the counts stand in them")
  func text() {
    let lines = ConfusionMatrix(
      classNames: ["a", "b"], counts: [[10, 2], [3, 400]]
    ).text(width: 80).split(separator: "\n")
    #expect(lines == ["true │  a    b   (predicted)", "   a │ 10    2", "   b │  3  400"])
  }

  @Test("Missing rows count as zeros, unknown labels are left out, no class is no trap")
  func strange() throws {
    #expect(ConfusionMatrix(classNames: ["a", "b"], counts: [[1]]).counts == [[1, 0], [0, 0]])
    let matrix = ConfusionMatrix(classNames: ["a"], truth: [0, 5, 0], predictions: [0, 0, -1])
    #expect(matrix.counts == [[1]])
    let none = ConfusionMatrix(classNames: [], counts: [])
    #expect(try Picture(none).root.elements("rect", "cell").isEmpty && none.accuracy == 0)
  }
}

@Suite("ROC charts")
struct ROCChartTests {
  @Test("The area is the share of pairs that are ranked rightly, ties for a half", arguments: 0..<5)
  func area(seed: Int) throws {
    let scores = (0..<40).map { Double(($0 * 37 + seed * 11) % 17) }
    let truth = (0..<40).map { ($0 * 13 + seed) % 3 == 0 }
    let curve = ROCChart.Curve("c", scores: scores, isPositive: truth)
    var (right, pairs) = (0.0, 0.0)
    for (a, isPositive) in zip(scores, truth) where isPositive {
      for (b, other) in zip(scores, truth) where !other {
        right += a > b ? 1 : a == b ? 0.5 : 0
        pairs += 1
      }
    }
    #expect(abs(curve.area - right / pairs) < 1e-12)
    // A point for each threshold, by counting.
    for threshold in Set(scores) {
      let hits = zip(scores, truth).count { $0.0 >= threshold && $0.1 }
      let alarms = zip(scores, truth).count { $0.0 >= threshold && !$0.1 }
      let wanted = (
        Double(alarms) / Double(truth.count { !$0 }), Double(hits) / Double(truth.count { $0 })
      )
      #expect(curve.points.contains { $0.x == wanted.0 && $0.y == wanted.1 })
    }
  }

  @Test("Curves run from corner to corner, with their areas in the legend")
  func marks() throws {
    let curve = ROCChart.Curve(
      "model", scores: [0.9, 0.8, 0.4, 0.3], isPositive: [true, false, true, false])
    let picture = try Picture(ROCChart("r", curves: [curve]))
    let points = try #require(picture.root.elements("path", "curve").first).points
    let read = try points.map { try picture.values($0) }
    for (a, b) in zip(read, [(0.0, 0.0), (0, 0.5), (0.5, 0.5), (0.5, 1), (1, 1)]) {
      #expect(isClose(a.x, b.0, on: picture.x) && isClose(a.y, b.1, on: picture.y))
    }
    #expect(points.count == 5)
    #expect(picture.legend == ["model (area 0.750)"])
    // The plot is square.
    let guide = try #require(picture.root.elements("line", "guide").first)
    #expect(abs(abs(guide["x2"] - guide["x1"]) - abs(guide["y2"] - guide["y1"])) < 0.02)
  }

  @Test("One class alone has no area; a score that is no number is the lowest")
  func strange() throws {
    for truth in [[], [true, true], [false]] {
      let curve = ROCChart.Curve("c", scores: truth.map { _ in 0.5 }, isPositive: truth)
      #expect(curve.area.isNaN)
      #expect(try Picture(ROCChart(curves: [curve])).legend == ["c (area undefined)"])
    }
    let curve = ROCChart.Curve("c", scores: [.nan, 1], isPositive: [false, true])
    #expect(curve.area == 1)
  }
}
