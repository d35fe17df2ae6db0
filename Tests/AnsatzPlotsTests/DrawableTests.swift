import AnsatzTestSupport
import Foundation
import Testing

@testable import AnsatzPlots

@Suite("All charts")
struct DrawableTests {
  static let datasets: [[Double]] = [
    [], [0], [-0.0, 0.0], [5, 5, 5], [.nan], [.infinity, -.infinity], [1, .nan, 3],
    [1e300, -1e300], [.greatestFiniteMagnitude, -.greatestFiniteMagnitude], [1e-300, 2e-300],
    [.leastNonzeroMagnitude], [1, 1.0.nextUp], [-1, 1], Array(repeating: 1e-17, count: 9),
    [1e15, 1e15 + 1],
    (0..<300).map { sin(Double($0)) },
  ]

  /// Every kind of chart with the same numbers in every role.
  static func charts(_ v: [Double], title: String = "t", name: String = "n") -> [any Drawable] {
    let pairs = v.enumerated().map { (x: Double($0.offset), y: $0.element) }
    let mirrored = v.map { (x: $0, y: -$0) }
    let decision = ScatterChart.Decision(x: 0...1, y: -1...1, columns: 3, rows: 2) {
      $0.indices.map { $0 % 2 }
    }
    let side = max(1, Int(Double(v.count).squareRoot()))
    let bars = v.map { value in
      BarChart.Bar(
        name, value: value, interval: value.isNaN ? nil : min(value, 0)...max(value, 0))
    }
    let curve = ROCChart.Curve(name, scores: v, isPositive: v.indices.map { $0 % 2 == 0 })
    return [
      LineChart(
        title, xLabel: name, yLabel: name,
        series: [
          .init(name, points: pairs, band: v.map { ($0 - 1, $0 + 1) }),
          .init(name, points: mirrored),
        ]),
      LineChart(title, logarithmic: true, series: [.init(name, values: v.map(abs))]),
      ScatterChart(
        title, xLabel: name, yLabel: name, classNames: [name, name],
        points: v.enumerated().map { .init(x: $0.element, y: -$0.element, label: $0.offset) }),
      ScatterChart(
        title, classNames: [name],
        points: v.map { .init(x: $0, y: $0, label: 0) }, decision: decision),
      HeatMap(
        title, xLabel: name, yLabel: name, rows: side, columns: side, values: v,
        rowNames: Array(repeating: name, count: side)),
      HeatMap(title, rows: 50, columns: 60, values: v),
      ConfusionMatrix(title, classNames: [name, name], counts: [[v.count, 0], [3, 4]]),
      ROCChart(title, curves: [curve, curve]),
      Histogram(title, xLabel: name, values: v), Histogram(title, values: v, bins: 7),
      BarChart(title, valueLabel: name, bars: bars),
      BarChart(title, showsPoints: true, reference: v.first, bars: bars),
      SpectrumChart(title, stems: v.map { ($0, abs($0)) }),
      ContourChart(
        title, xLabel: name, yLabel: name, x: -1...1, y: 0...0, columns: side, rows: side,
        values: v, path: mirrored),
      BlochSphere(title, path: v.map { ($0, 0, -$0) }),
      StateChart(title, amplitudes: v.map { .init(name, real: $0, imaginary: 1) }),
    ]
  }

  @Test(
    "No data are too strange: the picture is well-formed, its numbers are, and no zero is signed")
  func strangeData() throws {
    for values in Self.datasets {
      for chart in Self.charts(values) {
        let kind = type(of: chart)
        let root = try Markup.parse(chart.svg)
        for element in root.all {
          for (name, value) in element.attributes where Self.coordinates.contains(name) {
            let number = value == "100%" ? 100 : try #require(Double(value), "\(kind): \(value)")
            #expect(number.isFinite, "\(kind) of \(values.prefix(3)): \(element.name) \(name)")
            if name == "width" || name == "height" || name == "r" { #expect(number >= 0) }
          }
          let path = element.attributes["d"] ?? ""
          #expect(!path.contains("n") && !path.contains("e"), "\(kind): \(path.prefix(80))")
        }
        for text in root.elements("text").map(\.text) + [chart.text(width: 60)] {
          let words = text.split { $0 == " " || $0 == "\n" || $0 == "│" || $0 == "," }
          let signed = words.contains { $0.hasPrefix("-") && Double($0) == 0 }
          #expect(!signed, "\(kind) of \(values.prefix(3)): \(text.prefix(200))")
        }
      }
    }
  }

  private static let coordinates: Set = [
    "x", "y", "x1", "x2", "y1", "y2", "cx", "cy", "r", "width", "height",
  ]

  @Test("Marks stay inside the picture")
  func inside() throws {
    for values in [[1.0, 2, 3, 2.5], [-1, 1, 0.5], [0.2]] {
      // No state of a qubit is outside the unit ball, as these numbers are.
      for chart in Self.charts(values) where !(chart is BlochSphere) {
        let root = try Markup.parse(chart.svg)
        let (width, height) = (root["width"], root["height"])
        for mark in root.all where mark.kinds.contains("mark") && mark.name == "circle" {
          #expect((0...width).contains(mark["cx"]) && (0...height).contains(mark["cy"]))
        }
        for text in root.elements("text") {
          #expect((0...width).contains(text["x"]) && (0...height).contains(text["y"]))
        }
      }
    }
  }

  @Test("Names of any kind stay text")
  func escaping() throws {
    let name = "<script>alert('&\"')</script>\u{1}\u{FFFE} ä日本"
    let shown = "<script>alert('&\"')</script>\u{FFFD}\u{FFFD} ä日本"
    for chart in Self.charts([1, 2, 3], title: name, name: name) {
      let root = try Markup.parse(chart.svg)
      #expect(root.elements("script").isEmpty)
      #expect(root.elements("text", "title").map(\.text) == [shown])
      #expect(root.elements("title").first?.text == shown)
    }
  }

  @Test("Text fits 80 columns, and pictures name themselves to screen readers")
  func widths() throws {
    for chart in Self.charts([0.5, 1.25, -3, 2]) {
      let tooLong = chart.text(width: 80).split(separator: "\n").filter { $0.count > 80 }
      #expect(tooLong.isEmpty, "\(type(of: chart)): \(tooLong)")
      let root = try Markup.parse(chart.svg)
      #expect(root.attributes["role"] == "img" && root.children.first?.name == "title")
    }
  }

  @Test("Rules of a chart's style are for charts alone")
  func scope() throws {
    let style = try #require(Markup.parse(LineChart(series: []).svg).elements("style").first).text
    let rules = style.split(separator: "{").dropLast().map {
      $0.split(separator: "}").last?.trimmingCharacters(in: .whitespacesAndNewlines) ?? ""
    }
    #expect(rules.count > 10)
    for rule in rules where !rule.hasPrefix("@media") {
      #expect(rule.hasPrefix(".ansatz-chart"), "\(rule)")
    }
  }

  @Test("In a page's <img>, a chart is light for readers of light pages and dark for others")
  func schemes() throws {
    guard let browser = Browser() else {
      Issue.record("Chromium is not on the PATH; run scripts/setup.sh test", severity: .warning)
      return
    }
    let svg = BarChart("t", bars: [.init("a", value: 1)]).svg
    let image = "data:image/svg+xml;base64,\(Data(svg.utf8).base64EncodedString())"
    // The page writes down the colour of the chart's corner.
    let page = """
      <!DOCTYPE html><html style="color-scheme: light dark"><body><img id="i" src="\(image)"/>
      <script>
      onload = () => {
        const canvas = document.createElement("canvas");
        const pen = canvas.getContext("2d");
        pen.drawImage(document.getElementById("i"), 0, 0);
        document.body.setAttribute("data-corner", [...pen.getImageData(2, 2, 1, 1).data].join(" "));
      };
      </script></body></html>
      """
    #expect(try browser.document(of: page).contains("data-corner=\"255 255 255 255\""))
    #expect(
      try browser.document(of: page, isDark: true).contains("data-corner=\"21 24 28 255\""))
  }
}
