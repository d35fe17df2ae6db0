import AnsatzMath

/// Collects the marks of a picture.
struct SVGCanvas {
  let width: Double
  let height: Double
  private let title: String
  private var parts: [String] = []

  enum Anchor: String { case start, middle, end }

  init(width: Double, height: Double, title: String) {
    self.width = width
    self.height = height
    self.title = title
  }

  mutating func add(_ element: String) { parts.append(element) }

  mutating func line(
    _ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, kind: String, style: String = ""
  ) {
    add(
      "<line class=\"\(kind)\" x1=\"\(n(x1))\" y1=\"\(n(y1))\" x2=\"\(n(x2))\" y2=\"\(n(y2))\""
        + attribute("style", style) + "/>")
  }

  mutating func rectangle(
    _ x: Double, _ y: Double, _ width: Double, _ height: Double, kind: String, fill: String = "",
    title: String = ""
  ) {
    add(
      "<rect class=\"\(kind)\" x=\"\(n(x))\" y=\"\(n(y))\" width=\"\(n(width))\" "
        + "height=\"\(n(height))\"" + attribute("fill", fill) + closed("rect", title))
  }

  mutating func circle(
    _ x: Double, _ y: Double, _ r: Double, kind: String, fill: String = "", title: String = ""
  ) {
    add(
      "<circle class=\"\(kind)\" cx=\"\(n(x))\" cy=\"\(n(y))\" r=\"\(n(r))\""
        + attribute("fill", fill) + closed("circle", title))
  }

  mutating func path(
    _ points: [(x: Double, y: Double)], kind: String, style: String = "", closes: Bool = false,
    title: String = ""
  ) {
    guard let first = points.first else { return }
    var data = "M\(n(first.x)) \(n(first.y))"
    for point in points.dropFirst() { data += "L\(n(point.x)) \(n(point.y))" }
    if closes { data += "Z" }
    add("<path class=\"\(kind)\" d=\"\(data)\"" + attribute("style", style) + closed("path", title))
  }

  mutating func text(
    _ text: String, _ x: Double, _ y: Double, anchor: Anchor = .middle, kind: String = "",
    rotated: Bool = false, fill: String = ""
  ) {
    let turn = rotated ? " transform=\"rotate(-90 \(n(x)) \(n(y)))\"" : ""
    add(
      "<text" + attribute("class", kind) + " x=\"\(n(x))\" y=\"\(n(y))\" "
        + "text-anchor=\"\(anchor.rawValue)\"" + attribute("fill", fill) + turn
        + ">\(text.inMarkup)</text>")
  }

  /// The title of a picture, inside of it if it is wider than what it stands above.
  mutating func heading(_ text: String, middle: Double) {
    guard !text.isEmpty else { return }
    let half = Self.headingWidth(of: text) / 2
    self.text(text, max(half, min(middle, width - half)), 18, kind: "title")
  }

  /// The width that a title takes, with some space around.
  static func headingWidth(of text: String) -> Double { 1.25 * width(of: text) + 12 }

  mutating func begin(_ kind: String, style: String = "") {
    add("<g class=\"\(kind)\"" + attribute("style", style) + ">")
  }

  mutating func end() { add("</g>") }

  private func attribute(_ name: String, _ value: String) -> String {
    value.isEmpty ? "" : " \(name)=\"\(value.inMarkup)\""
  }

  private func closed(_ name: String, _ title: String) -> String {
    title.isEmpty ? "/>" : "><title>\(title.inMarkup)</title></\(name)>"
  }

  /// With two decimals at most.
  func n(_ value: Double) -> String {
    guard !value.isNaN else { return "0" }
    // Far outside of any picture, where renderers still compute with single precision.
    let rounded = (min(1e6, max(-1e6, value)) * 100).rounded() / 100
    return rounded == rounded.rounded() ? "\(Int(rounded))" : "\(rounded)"
  }

  var document: String {
    """
    <svg class="ansatz-chart" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(n(width)) \
    \(n(height))" width="\(n(width))" height="\(n(height))" role="img">
    <title>\((title.isEmpty ? "chart" : title).inMarkup)</title>
    \(Self.style)
    <rect class="paper" width="100%" height="100%"/>
    \(parts.joined(separator: "\n"))
    </svg>
    """
  }

  /// The width that text takes at 12 pixels: about, and rather more than less, for common fonts.
  static func width(of text: String) -> Double {
    text.unicodeScalars.reduce(0) { width, scalar in
      // From Hangul on, scripts with wide characters.
      if scalar.value >= 0x1100, !(0x2000..<0x2E80).contains(scalar.value) { return width + 12.5 }
      if "ilj.,:;|()[]' ".unicodeScalars.contains(scalar) { return width + 4.5 }
      return width + ("mwMW@%—".unicodeScalars.contains(scalar) ? 11.5 : 7.4)
    }
  }

  /// The beginning of a text, if it is longer than fits.
  static func shortened(_ text: String, to count: Int = 32) -> String {
    text.count <= count ? text : text.prefix(count - 1) + "…"
  }

  /// Every rule is for charts alone, so that charts can stand in a page of any style.
  private static let style: String = {
    let light = "--ink: #1b1f24; --soft: #5c656e; --grid: #e3e6ea; --paper: #ffffff;"
    let dark = "--ink: #e6e8eb; --soft: #a3adb7; --grid: #2d333b; --paper: #15181c;"
    let rules = [
      ("text", "font: 12px ui-sans-serif, system-ui, \"DejaVu Sans\", sans-serif"),
      ("text", "dominant-baseline: central"),
      ("text:not([fill])", "fill: var(--ink)"),
      (".title", "font-weight: 600; font-size: 14px"),
      (".tick", "font-size: 11px"),
      (".tick:not([fill])", "fill: var(--soft)"),
      (".paper", "fill: var(--paper)"),
      (".grid", "stroke: var(--grid)"),
      (".axis", "stroke: var(--soft)"),
      (".frame", "fill: none; stroke: var(--soft)"),
      (".curve", "fill: none; stroke-width: 2; stroke-linejoin: round"),
      (".contour", "stroke-width: 1.5; stroke-linecap: round"),
      (".band", "stroke: none; fill-opacity: 0.22"),
      (".mark", "stroke: var(--paper); stroke-width: 0.7"),
      (".behind", "opacity: 0.5"),
      (".whisker", "stroke: var(--ink); stroke-width: 1.4"),
      (".pivot", "fill: var(--ink)"),
      (".guide", "stroke: var(--soft); stroke-dasharray: 4 3; fill: none"),
      (".decision", "opacity: 0.28; shape-rendering: crispEdges"),
      ("image", "image-rendering: pixelated"),
    ]
    return "<style>.ansatz-chart { \(light) }\n"
      + "@media screen and (prefers-color-scheme: dark) { .ansatz-chart { \(dark) } }\n"
      + rules.map { ".ansatz-chart \($0.0) { \($0.1); }" }.joined(separator: "\n") + "</style>"
  }()
}
