import Ansatz
import Foundation

/// The examples of docs/plots.md, run in a folder of their own.
func plotExamples(in folder: String) throws -> (picture: String, plane: String, page: String) {
  let losses = [0.9, 0.6, 0.45, 0.38, 0.36]
  let chart = LineChart(
    "loss", xLabel: "epoch", yLabel: "loss",
    series: [
      .init("training", values: losses, band: losses.map { ($0 - 0.05, $0 + 0.05) }),
      .init("validation", values: [0.95, 0.7, 0.55, 0.5, 0.52]),
    ])
  let picture = chart.svg
  print(chart.text(width: 60))

  let points = [(0.2, 0.1, 0), (0.8, 0.9, 1), (0.1, 0.4, 0)]
  let plane = ScatterChart(
    xLabel: "a", yLabel: "b", classNames: ["no", "yes"],
    points: points.map { .init(x: $0.0, y: $0.1, label: $0.2) },
    decision: .init(x: 0...1, y: 0...1) { places in places.map { $0.x + $0.y > 1 ? 1 : 0 } })

  let page = ReportPage(
    title: "Two qubits", subtitle: "a page of one's own", results: [("best loss", "0.36")],
    sections: [.init("Curves", [.pictures([(chart, "Five epochs.")]), .text("It falls.")])])
  let file = try ReportFile(folder + "/page.html")
  try file.write(page)
  return (picture, plane.svg, try String(contentsOfFile: "\(folder)/page.html", encoding: .utf8))
}
