import AnsatzTestSupport
import Testing

@testable import AnsatzPlots

@Suite("Line charts")
struct LineChartTests {
  private let values = [0.91, 0.55, 0.43, 0.4, 0.39]

  @Test("Every point of every curve stands where the axes say")
  func points() throws {
    let other = [0.1, -0.2, 0.3]
    let picture = try Picture(
      LineChart(
        "loss", xLabel: "epoch", yLabel: "loss",
        series: [.init("training", values: values), .init("validation", values: other)]))
    let curves = picture.root.elements("path", "curve")
    #expect(curves.count == 2)
    for (curve, wanted) in zip(curves, [values, other]) {
      #expect(curve.points.count == wanted.count)
      for (index, point) in curve.points.enumerated() {
        let read = try picture.values(point)
        #expect(isClose(read.x, Double(index + 1), on: picture.x))
        #expect(isClose(read.y, wanted[index], on: picture.y))
      }
    }
    #expect(picture.legend == ["training", "validation"])
    for word in ["loss", "epoch"] { #expect(picture.texts.contains(word)) }
    // Curves differ in dashes, not in colour alone.
    #expect(Set(curves.map { $0.attributes["style"] ?? "" }).count == 2)
    #expect(curves[1].attributes["style"]?.contains("dasharray") == true)
    // Epochs are whole.
    #expect(picture.x?.labels.allSatisfy { $0 == $0.rounded() } == true)
  }

  @Test("A quantity that ends at 1 has neither axis nor band beyond")
  func limits() throws {
    let values = [0.9, 0.98, 1]
    let picture = try Picture(
      LineChart(
        limits: 0...1,
        series: [.init("accuracy", values: values, band: values.map { ($0 - 0.1, $0 + 0.1) })]))
    let axis = try #require(picture.y)
    #expect(axis.labels.max() == 1)
    let band = try #require(picture.root.elements("path", "band").first)
    let highest = try band.points.map { try picture.values($0).y }.max() ?? 0
    #expect(abs(highest - 1) < axis.tolerance)
    let top = picture.root.elements("line", "axis").map { min($0["y1"], $0["y2"]) }.min() ?? 0
    #expect(axis.value(at: top) < 1 + axis.tolerance)
  }

  @Test("A band has the edges given, there and back")
  func band() throws {
    let band = values.map { (low: $0 - 0.1, high: $0 + 0.2) }
    let picture = try Picture(
      LineChart(series: [.init("mean", values: values, band: band)]))
    let edges = try #require(picture.root.elements("path", "band").first).points
    #expect(edges.count == 10)
    let wanted = band.map(\.high) + band.map(\.low).reversed()
    for (edge, value) in zip(edges, wanted) {
      #expect(isClose(try picture.values(edge).y, value, on: picture.y))
    }
    // One curve needs no legend.
    #expect(picture.legend.isEmpty)
  }

  @Test("A value that is no number leaves a gap, and a lone point is a dot")
  func gaps() throws {
    let picture = try Picture(
      LineChart(series: [.init("a", values: [1, 2, .nan, 4, 5, .infinity, 7])]))
    #expect(picture.root.elements("path", "curve").map(\.points.count) == [2, 2])
    let dot = try #require(picture.root.elements("circle", "mark").first)
    let read = try picture.values((dot["cx"], dot["cy"]))
    #expect(isClose(read.x, 7, on: picture.x) && isClose(read.y, 7, on: picture.y))
  }

  @Test("A logarithmic axis places powers evenly; numbers not above 0 make it linear")
  func logarithmic() throws {
    let losses = [1.0, 0.1, 0.01, 0.001]
    let chart = LineChart(logarithmic: true, series: [.init("a", values: losses)])
    #expect(chart.isLogarithmic)
    var picture = try Picture(chart)
    let ys = try #require(picture.root.elements("path", "curve").first).points.map(\.y)
    for index in 1..<3 {
      #expect(abs((ys[index + 1] - ys[index]) - (ys[index] - ys[index - 1])) < 0.03)
    }
    var axis = try #require(picture.y)
    axis.isLogarithmic = true
    for (y, loss) in zip(ys, losses) { #expect(abs(axis.value(at: y) / loss - 1) < 0.003) }
    for values in [[1.0, 0], [-1, 2], [], [.nan]] {
      let chart = LineChart(logarithmic: true, series: [.init("a", values: values)])
      #expect(!chart.isLogarithmic)
      picture = try Picture(chart)
    }
    // A constant has an axis too.
    let constant = LineChart(logarithmic: true, series: [.init("a", values: [3, 3])])
    #expect(constant.isLogarithmic)
    #expect(try Picture(constant).root.elements("path", "curve").first?.points.count == 2)
  }

  @Test("As text, a falling curve falls, within the width and rows asked for")
  func text() throws {
    let chart = LineChart(
      "loss", xLabel: "epoch",
      series: [.init("down", values: [4, 3, 2, 1]), .init("flat", values: [1, 1, 1, 1])])
    let lines = chart.text(width: 40, rows: 6).split(separator: "\n").map(String.init)
    #expect(lines.count == 1 + 6 + 2 + 2)
    #expect(lines.allSatisfy { $0.count <= 40 })
    #expect(lines[0] == "loss")
    #expect(lines[1].hasPrefix("4 │") && lines[6].hasPrefix("1 │"))
    #expect(lines[8].contains("1") && lines[8].contains("epoch") && lines[8].hasSuffix("4"))
    #expect(lines[9] == "  ── down: 1 at the end" && lines[10] == "  ╌╌ flat: 1 at the end")
    // The first filled cell of each row moves to the right.
    let starts = lines[1...5].compactMap { line in
      Array(line.drop { $0 != "│" }.dropFirst()).firstIndex { $0 != "\u{2800}" }
    }
    #expect(starts.count == 5 && starts == starts.sorted() && starts[0] == 0)
  }
}
