import AnsatzPlots
import AnsatzTestSupport
import Foundation
import Testing

/// A picture as its reader sees it: marks, and axes known from their labels alone.
struct Picture {
  let root: Markup
  let x: Axis?
  let y: Axis?

  init(_ chart: some Drawable) throws {
    root = try Markup.parse(chart.svg)
    let ticks = root.elements("text", "tick").filter { $0.attributes["transform"] == nil }
    // Labels of the y axis end beside it, those of the x axis stand in the middle below.
    y = Axis(ticks.filter { $0.attributes["text-anchor"] == "end" }, along: "y")
    x = Axis(ticks.filter { $0.attributes["text-anchor"] == "middle" }, along: "x")
  }

  var texts: [String] { root.elements("text").map(\.text) }
  var legend: [String] { root.elements("text", "legend").map(\.text) }

  /// What a place stands for by the labels of the axes.
  func values(_ place: (x: Double, y: Double)) throws -> (x: Double, y: Double) {
    (try #require(x).value(at: place.x), try #require(y).value(at: place.y))
  }
}

/// A line through the outermost labels of an axis.
struct Axis {
  let places: [Double]
  let labels: [Double]
  var isLogarithmic = false

  init?(_ texts: [Markup], along attribute: String) {
    let pairs = texts.compactMap { text in Double(text.text).map { (text[attribute], $0) } }
    guard pairs.count >= 2 else { return nil }
    places = pairs.map(\.0)
    labels = pairs.map(\.1)
  }

  func value(at place: Double) -> Double {
    let (first, last) = (places[0], places[places.count - 1])
    let share = (place - first) / (last - first)
    let (low, high) = (labels[0], labels[labels.count - 1])
    if isLogarithmic { return exp(log(low) + share * (log(high) - log(low))) }
    return low + share * (high - low)
  }

  /// What the rounding of places to a hundredth of a pixel can change.
  var tolerance: Double {
    let slope = (labels[labels.count - 1] - labels[0]) / (places[places.count - 1] - places[0])
    return 0.03 * abs(slope)
  }
}

/// Whether two numbers differ by rounding to pixels only.
func isClose(_ a: Double, _ b: Double, on axis: Axis?) -> Bool {
  guard let axis else { return false }
  return abs(a - b) <= axis.tolerance
}
