import AnsatzTestSupport
import Foundation
import Testing

@testable import AnsatzPlots

@Suite("Spectra")
struct SpectrumChartTests {
  @Test("Each coefficient is a stem from 0 at its frequency")
  func stems() throws {
    let stems = [(-2.0, 0.1), (0.0, 0.5), (1.5, 0.25)]
    let picture = try Picture(
      SpectrumChart("s", stems: stems.map { (frequency: $0.0, size: $0.1) } + [(3, .nan)]))
    let lines = picture.root.elements("line", "curve")
    let heads = picture.root.elements("circle", "mark")
    #expect(lines.count == 3 && heads.count == 3)
    for (index, stem) in stems.enumerated() {
      let foot = try picture.values((lines[index]["x1"], lines[index]["y1"]))
      let head = try picture.values((heads[index]["cx"], heads[index]["cy"]))
      #expect(isClose(foot.x, stem.0, on: picture.x) && isClose(foot.y, 0, on: picture.y))
      #expect(isClose(head.x, stem.0, on: picture.x) && isClose(head.y, stem.1, on: picture.y))
    }
    #expect(SpectrumChart(stems: [(2, 1)]).text(width: 40).hasPrefix("2 │█"))
  }
}

@Suite("Contours")
struct ContourChartTests {
  /// `f` on a grid over −1...1 in both directions.
  private func chart(
    size: Int = 41, levels: Int = 4, path: [(x: Double, y: Double)] = [],
    _ f: (Double, Double) -> Double
  ) -> ContourChart {
    let places = (0..<size).map { -1 + 2 * Double($0) / Double(size - 1) }
    return ContourChart(
      "c", xLabel: "a", yLabel: "b", x: -1...1, y: -1...1, columns: size, rows: size,
      values: places.flatMap { y in places.map { x in f(x, y) } }, path: path, levels: levels)
  }

  @Test("Lines of a plane are straight and exact")
  func plane() {
    let chart = chart { x, y in 2 * x + y }
    #expect(chart.levels.count == 4)
    for level in chart.levels {
      let ends = chart.segments(at: level).flatMap { [$0.0, $0.1] }
      #expect(ends.count >= 20)
      // Interpolation along an edge is exact on a plane, up to rounding.
      for end in ends { #expect(abs(2 * end.x + end.y - level) < 1e-12) }
    }
  }

  @Test("Lines of a paraboloid are circles, closed and as long as circles are")
  func circles() {
    let chart = chart { x, y in x * x + y * y }
    for level in chart.levels where level < 1 {
      let segments = chart.segments(at: level)
      var length = 0.0
      for (a, b) in segments {
        length += hypot(a.x - b.x, a.y - b.y)
        // The grid is 0.05 wide: a chord errs by its square over eight of the curvature.
        #expect(abs(a.x * a.x + a.y * a.y - level) < 0.05 * 0.05)
      }
      #expect(abs(length / (2 * .pi * level.squareRoot()) - 1) < 0.01)
      // Closed: every end is the end of two pieces.
      let ends = segments.flatMap { [$0.0, $0.1] }.map { "\(Float($0.x)) \(Float($0.y))" }
      var counts: [String: Int] = [:]
      for end in ends { counts[end, default: 0] += 1 }
      #expect(counts.values.allSatisfy { $0 % 2 == 0 })
    }
  }

  @Test("A saddle is cut into two pieces that do not cross")
  func saddle() {
    let chart = ContourChart(
      x: 0...1, y: 0...1, columns: 2, rows: 2, values: [1, 0, 0, 1], levels: 1)
    let segments = chart.segments(at: 0.4)
    #expect(segments.count == 2)
    // The mean, 0.5, is above 0.4: the pieces cut off the two low corners, (1, 0) and (0, 1).
    let sides = segments.map { ($0.0.x + $0.1.x) / 2 - ($0.0.y + $0.1.y) / 2 }
    #expect(Set(sides.map { $0 > 0 }).count == 2)
    for (a, b) in segments { #expect(abs((a.x - a.y) - (b.x - b.y)) < 1e-12) }
  }

  @Test("In the picture, lines and path stand where the axes say")
  func picture() throws {
    let path = [(x: -0.5, y: 0.5), (x: 0.0, y: 0.25), (x: 0.1, y: 0.0)]
    let chart = chart(levels: 2, path: path) { x, _ in x }
    let picture = try Picture(chart)
    let groups = picture.root.elements("g", "level")
    #expect(groups.count == 2)
    for (group, level) in zip(groups, chart.levels) {
      let lines = group.elements("line", "contour")
      #expect(lines.count == 40)
      for line in lines {
        #expect(isClose(try picture.values((line["x1"], line["y1"])).x, level, on: picture.x))
      }
    }
    let steps = try #require(picture.root.elements("path", "curve").first).points
    for (step, wanted) in zip(steps, path) {
      let read = try picture.values(step)
      #expect(isClose(read.x, wanted.x, on: picture.x) && isClose(read.y, wanted.y, on: picture.y))
    }
    let end = try #require(picture.root.elements("circle", "mark").first)
    #expect(isClose(try picture.values((end["cx"], end["cy"])).x, 0.1, on: picture.x))
  }
}

@Suite("Bloch spheres")
struct BlochSphereTests {
  private typealias Place = (x: Double, y: Double, isInFront: Bool)

  private func offset(_ x: Double, _ y: Double, _ z: Double) -> (x: Double, y: Double) {
    let (place, centre) = (BlochSphere.place((x, y, z)), BlochSphere.place((0, 0, 0)))
    return (place.x - centre.x, centre.y - place.y)
  }

  @Test("The view is a projection at right angles: axes keep the squares' sums, and stay apart")
  func projection() {
    let axes = [offset(1, 0, 0), offset(0, 1, 0), offset(0, 0, 1)]
    let radius = 120.0
    #expect(abs(axes.reduce(0) { $0 + $1.x * $1.x } - radius * radius) < 1e-9)
    #expect(abs(axes.reduce(0) { $0 + $1.y * $1.y } - radius * radius) < 1e-9)
    #expect(abs(axes.reduce(0) { $0 + $1.x * $1.y }) < 1e-9)
    // |0⟩ is up, |+i⟩ to the right, |+⟩ in front; no mirror image: X × Y = Z.
    #expect(axes[2].y > 0 && axes[1].x > 0 && BlochSphere.place((1, 0, 0)).isInFront)
    #expect(axes[0].x * axes[1].y - axes[0].y * axes[1].x > 0)
  }

  @Test("Every step of the path is marked at its place, the last one larger")
  func path() throws {
    let path = (0...8).map { step -> (x: Double, y: Double, z: Double) in
      let angle = Double(step) * .pi / 16
      return (sin(angle), 0, cos(angle))
    }
    let picture = try Picture(BlochSphere("b", path: path + [(.nan, 0, 0)]))
    let marks = picture.root.elements("circle", "mark")
    #expect(marks.count == 9)
    for (mark, point) in zip(marks, path) {
      let place = BlochSphere.place(point)
      #expect(abs(mark["cx"] - place.x) < 0.01 && abs(mark["cy"] - place.y) < 0.01)
    }
    #expect(marks[8]["r"] > marks[7]["r"])
    let curve = try #require(picture.root.elements("path", "curve").first)
    #expect(curve.points.count == 9)
    for name in ["|0⟩", "|1⟩", "|+⟩", "|−⟩", "|+i⟩", "|−i⟩"] {
      #expect(picture.texts.contains(name))
    }
    // What is behind is fainter.
    let behind = try Picture(BlochSphere(path: [(-1, 0, 0)]))
    #expect(behind.root.elements("circle", "behind").count == 1)
    #expect(BlochSphere(path: path).text(width: 60).contains("step 0: X 0  Y 0  Z 1"))
  }
}

@Suite("State charts")
struct StateChartTests {
  private let half = 0.5.squareRoot()

  @Test("Bars are as high as probabilities, hands point as phases do")
  func bars() throws {
    let amplitudes: [StateChart.Amplitude] = [
      .init("00", real: 0.5, imaginary: 0), .init("01", real: 0, imaginary: half),
      .init("10", real: 0, imaginary: 0), .init("11", real: -0.5, imaginary: 0),
    ]
    let picture = try Picture(StateChart("s", amplitudes: amplitudes))
    let axis = try #require(picture.y)
    let bars = picture.root.elements("rect", "mark")
    #expect(bars.count == 4)
    for (bar, amplitude) in zip(bars, amplitudes) {
      let height = axis.value(at: bar["y"]) - axis.value(at: bar["y"] + bar["height"])
      #expect(abs(height - amplitude.probability) < 2 * axis.tolerance)
    }
    let fills = bars.compactMap { $0.attributes["fill"] }
    #expect(
      fills == [
        Palette.phase(0), Palette.phase(.pi / 2), Palette.phase(0), Palette.phase(.pi),
      ])
    // An amplitude of 0 has no phase and no hand.
    let hands = picture.root.elements("line", "whisker")
    let directions = hands.map { [($0["x2"] - $0["x1"]) / 7, ($0["y1"] - $0["y2"]) / 7] }
    #expect(directions.count == 3)
    for (direction, wanted) in zip(directions, [[1.0, 0], [0, 1], [-1, 0]]) {
      #expect(abs(direction[0] - wanted[0]) < 0.01 && abs(direction[1] - wanted[1]) < 0.01)
    }
    #expect(picture.legend.count == 4)
    for name in ["00", "01", "10", "11"] { #expect(picture.texts.contains(name)) }
  }

  @Test("Of very many amplitudes the most probable are shown, in their order")
  func most() {
    let amplitudes = (0..<200).map { index in
      StateChart.Amplitude("\(index)", real: Double((index * 37) % 200), imaginary: 0)
    }
    let shown = StateChart(amplitudes: amplitudes).amplitudes
    #expect(shown.count == StateChart.maximumCount)
    #expect(shown.allSatisfy { $0.real >= 136 })
    let numbers = shown.compactMap { Int($0.name) }
    #expect(numbers == numbers.sorted())
  }

  @Test("As text, each amplitude has its probability and phase")
  func text() {
    let text = StateChart(amplitudes: [
      .init("0", real: half, imaginary: 0), .init("1", real: 0, imaginary: -half),
    ]).text(width: 50)
    let lines = text.split(separator: "\n")
    #expect(lines[0].hasPrefix("0 │█") && lines[0].hasSuffix(" 0.5, phase 0"))
    #expect(lines[1].hasSuffix(" 0.5, phase -1.571"))
  }
}
