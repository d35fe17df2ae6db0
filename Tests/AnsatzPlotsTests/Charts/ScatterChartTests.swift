import AnsatzTestSupport
import Testing

@testable import AnsatzPlots

@Suite("Scatter charts")
struct ScatterChartTests {
  private let points: [ScatterChart.Point] = [
    .init(x: 0, y: 0, label: 0), .init(x: 1, y: 2, label: 1), .init(x: -1, y: 0.5, label: 2),
    .init(x: 0.25, y: -1.5, label: 1),
  ]

  /// The middle of a marker of any form.
  private func middle(_ mark: Markup) -> (x: Double, y: Double) {
    switch mark.name {
    case "circle": return (mark["cx"], mark["cy"])
    case "rect": return (mark["x"] + mark["width"] / 2, mark["y"] + mark["height"] / 2)
    default:
      let corners = mark.points
      // The triangle's middle, about which it is drawn, is not its centroid: x alone is compared.
      return (corners[0].x, corners.map(\.y).reduce(0, +) / Double(corners.count))
    }
  }

  @Test("Every point has a marker at its place, of its class's form and colour")
  func markers() throws {
    let picture = try Picture(
      ScatterChart("data", xLabel: "a", yLabel: "b", classNames: ["p", "q", "r"], points: points))
    let marks = picture.root.all.filter { $0.kinds.contains("mark") }
    #expect(marks.map(\.name) == ["circle", "rect", "path", "rect"])
    for (mark, point) in zip(marks, points) {
      let read = try picture.values(middle(mark))
      #expect(isClose(read.x, point.x, on: picture.x))
      if mark.name != "path" { #expect(isClose(read.y, point.y, on: picture.y)) }
      #expect(mark.text == ["p", "q", "r"][point.label])
      let color = mark.attributes["fill"] ?? mark.attributes["style"] ?? ""
      #expect(color.contains(Palette.category(point.label)))
    }
    #expect(picture.legend == ["p", "q", "r"])
  }

  @Test("The decision colours every cell of the grid as the classifier says")
  func decision() throws {
    let rule: (Double, Double) -> Int = { x, y in x * x + y * y < 1 ? 0 : x > 0 ? 1 : 2 }
    var asked = 0
    let decision = ScatterChart.Decision(x: -2...2, y: -1...3, columns: 20, rows: 16) { points in
      asked = points.count
      return points.map { rule($0.x, $0.y) }
    }
    #expect(asked == 320)
    let picture = try Picture(
      ScatterChart(classNames: ["p", "q", "r"], points: points, decision: decision))
    let cells = picture.root.elements("rect", "cell")
    for row in 0..<16 {
      for column in 0..<20 {
        let (x, y) = (-2 + 0.2 * (Double(column) + 0.5), -1 + 0.25 * (Double(row) + 0.5))
        let covering = try cells.filter { cell in
          let a = try picture.values((cell["x"], cell["y"] + cell["height"]))
          let b = try picture.values((cell["x"] + cell["width"], cell["y"]))
          return a.x < x && x < b.x && a.y < y && y < b.y
        }
        #expect(covering.map { $0.attributes["fill"] } == [Palette.category(rule(x, y))])
      }
    }
    // Neighbours of one class share a rectangle.
    #expect(cells.count < 80)
  }

  @Test("A classifier that answers too little, and labels without a name, do no harm")
  func strange() throws {
    let short = ScatterChart.Decision(x: 0...1, y: 0...1, columns: 4, rows: 4) { _ in [1] }
    #expect(short.labels == [1] + Array(repeating: 0, count: 15))
    let none = ScatterChart.Decision(x: 0...1, y: 0...1, columns: 0, rows: -3) { _ in [] }
    #expect(none.labels == [0])
    let chart = ScatterChart(
      classNames: [], points: [.init(x: 0, y: 0, label: -7), .init(x: 1, y: .nan, label: 0)])
    #expect(try Picture(chart).root.all.filter { $0.kinds.contains("mark") }.count == 1)
    #expect(!chart.text(width: 40).isEmpty)
  }

  @Test("As text, the highest point is in the first row and the leftmost in the first column")
  func text() throws {
    let chart = ScatterChart(
      classNames: ["p", "q"],
      points: [.init(x: 0, y: 10, label: 0), .init(x: 5, y: 0, label: 1)])
    let lines = chart.text(width: 30).split(separator: "\n").map(String.init)
    let first = try #require(lines.first { $0.contains("o") && $0.hasPrefix("│") })
    let last = try #require(lines.first { $0.contains("x") && $0.hasPrefix("│") })
    let (a, b) = (
      try #require(lines.firstIndex(of: first)), try #require(lines.firstIndex(of: last))
    )
    #expect(a < b)
    let left = try #require(first.firstIndex(of: "o")).utf16Offset(in: first)
    let right = try #require(last.firstIndex(of: "x")).utf16Offset(in: last)
    #expect(left < right)
    #expect(try #require(lines.last).contains("o p   x q"))
  }
}
