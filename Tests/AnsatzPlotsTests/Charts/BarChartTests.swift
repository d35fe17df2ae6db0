import AnsatzTestSupport
import Testing

@testable import AnsatzPlots

@Suite("Bar charts")
struct BarChartTests {
  private let sample: [BarChart.Bar] = [
    .init("alpha", value: 3, interval: 2.5...4), .init("beta", value: -1, group: 1),
    .init("gamma", value: 0.5, interval: -0.5...1, group: 2),
  ]

  @Test("Bars reach from 0 to their values, whiskers from end to end")
  func bars() throws {
    let picture = try Picture(BarChart("b", valueLabel: "size", bars: sample))
    let axis = try #require(picture.x)
    let marks = picture.root.elements("rect", "mark")
    #expect(marks.count == 3)
    for (mark, bar) in zip(marks, sample) {
      let ends = [axis.value(at: mark["x"]), axis.value(at: mark["x"] + mark["width"])]
      #expect(abs(ends[0] - min(0, bar.value)) < 2 * axis.tolerance)
      #expect(abs(ends[1] - max(0, bar.value)) < 2 * axis.tolerance)
      #expect(mark.attributes["fill"] == Palette.category(bar.group))
    }
    let whiskers = picture.root.elements("line", "whisker").filter { $0["y1"] == $0["y2"] }
    let intervals = sample.compactMap(\.interval)
    #expect(whiskers.count == intervals.count)
    for (whisker, interval) in zip(whiskers, intervals) {
      #expect(abs(axis.value(at: whisker["x1"]) - interval.lowerBound) < 2 * axis.tolerance)
      #expect(abs(axis.value(at: whisker["x2"]) - interval.upperBound) < 2 * axis.tolerance)
    }
    for word in ["alpha", "beta", "gamma", "b", "size", "3", "-1", "0.5"] {
      #expect(picture.texts.contains(word))
    }
  }

  @Test("A quantity that ends at 1 has no axis, bar or whisker beyond, and labels as in a table")
  func limits() throws {
    let chart = BarChart(
      "accuracy", showsPoints: true, limits: 0...1, decimals: 3,
      bars: [
        .init("a", value: 0.99, interval: 0.95...1.03),
        .init("b", value: 0.97284, interval: 0.9...1),
      ])
    let picture = try Picture(chart)
    let axis = try #require(picture.x)
    #expect(axis.labels.max() == 1)
    for whisker in picture.root.elements("line", "whisker") {
      #expect(axis.value(at: whisker["x2"]) < 1 + axis.tolerance)
    }
    #expect(picture.texts.contains("0.990") && picture.texts.contains("0.973"))
    #expect(chart.text(width: 70).contains("0.990 [0.950, 1.000]"))
  }

  @Test("Points stand at their values on an axis that need not hold 0, with a line to compare with")
  func points() throws {
    let values = [0.96, 0.97, 0.955]
    let chart = BarChart(
      showsPoints: true, reference: 0.9,
      bars: values.map { .init("\($0)", value: $0) })
    let picture = try Picture(chart)
    let axis = try #require(picture.x)
    #expect(axis.labels.allSatisfy { $0 > 0.8 })
    let marks = picture.root.elements("circle", "mark")
    for (mark, value) in zip(marks, values) {
      #expect(abs(axis.value(at: mark["cx"]) - value) < axis.tolerance)
    }
    #expect(marks.count == 3)
    let guide = try #require(picture.root.elements("line", "guide").first)
    #expect(guide["x1"] == guide["x2"])
    #expect(abs(axis.value(at: guide["x1"]) - 0.9) < axis.tolerance)
  }

  @Test("As text, a bar of twice the value is twice as long")
  func text() {
    let lines = BarChart(bars: [.init("a", value: 4), .init("b", value: 2)]).text(width: 60)
      .split(separator: "\n")
    let lengths = lines.map { $0.count { $0 == "█" } }
    #expect(lengths[0] > 20 && abs(lengths[0] - 2 * lengths[1]) <= 1)
    #expect(lines.allSatisfy { $0.count <= 60 })
    #expect(
      BarChart(bars: [.init("a", value: 1, interval: 0...2)]).text(width: 60)
        .hasSuffix(" 1 [0, 2]"))
  }
}

@Suite("Histograms")
struct HistogramTests {
  @Test("Bars count the values between their edges, and no value is lost")
  func counts() throws {
    let values = [0.0, 0.1, 0.5, 0.9, 1.0, 1.5, 1.99, 2.0, 3.7, 4.0, .nan]
    let chart = Histogram("h", xLabel: "v", values: values, bins: 4)
    #expect(chart.counts == [4, 3, 1, 2])
    let picture = try Picture(chart)
    let marks = picture.root.elements("rect", "mark")
    #expect(marks.count == 4)
    for (index, mark) in marks.enumerated() {
      let low = try picture.values((mark["x"], mark["y"]))
      #expect(isClose(low.x, Double(index), on: picture.x))
      #expect(isClose(low.y, Double(chart.counts[index]), on: picture.y))
      let high = try picture.values((mark["x"] + mark["width"], mark["y"] + mark["height"]))
      #expect(abs(high.x - Double(index + 1)) < 2 * (picture.x?.tolerance ?? 0))
      #expect(abs(high.y) < 2 * (picture.y?.tolerance ?? 0))
    }
  }

  @Test("Left to itself it takes between 1 and 60 bins, and still counts every value")
  func bins() {
    let normal = (0..<1000).map { Double(($0 * 7919) % 1000) / 1000 }
    let skew = [Double](repeating: 0, count: 500) + [1e-30, 1e30] + normal
    for values in [normal, skew, [1], [], [2, 2, 2, 2, 2]] {
      let chart = Histogram(values: values)
      #expect((1...60).contains(chart.counts.count))
      #expect(chart.counts.reduce(0, +) == values.count)
    }
  }
}
