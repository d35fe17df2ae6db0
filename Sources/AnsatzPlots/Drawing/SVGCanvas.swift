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
        + ">\(Self.escaped(text))</text>")
  }

  mutating func begin(_ kind: String, style: String = "") {
    add("<g class=\"\(kind)\"" + attribute("style", style) + ">")
  }

  mutating func end() { add("</g>") }

  private func attribute(_ name: String, _ value: String) -> String {
    value.isEmpty ? "" : " \(name)=\"\(Self.escaped(value))\""
  }

  private func closed(_ name: String, _ title: String) -> String {
    title.isEmpty ? "/>" : "><title>\(Self.escaped(title))</title></\(name)>"
  }

  /// With two decimals at most.
  private func n(_ value: Double) -> String {
    guard value.isFinite else { return "0" }
    let rounded = (value * 100).rounded() / 100
    if rounded == rounded.rounded(), abs(rounded) < 1e15 { return "\(Int(rounded))" }
    return "\(rounded)"
  }

  var document: String {
    """
    <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(n(width)) \(n(height))" \
    width="\(n(width))" height="\(n(height))" role="img">
    <title>\(Self.escaped(title))</title>
    \(Self.style)
    \(parts.joined(separator: "\n"))
    </svg>

    """
  }

  static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      // XML has no words for other control characters.
      case _ where scalar.value < 32 && scalar != "\n" && scalar != "\t": result += "\u{FFFD}"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  /// The width that text takes at 12 pixels: an upper bound for common fonts.
  static func width(of text: String) -> Double {
    text.unicodeScalars.reduce(0) { $0 + ("ilI.,|()[]' ".unicodeScalars.contains($1) ? 4.5 : 7.4) }
  }

  private static let style = """
    <style>
    svg { --ink: #1b1f24; --soft: #6a737d; --grid: #e3e6ea; --paper: #ffffff; \
    background: var(--paper); }
    @media (prefers-color-scheme: dark) {
    svg { --ink: #e6e8eb; --soft: #9aa4ae; --grid: #2d333b; --paper: #15181c; } }
    text { font: 12px ui-sans-serif, system-ui, "DejaVu Sans", sans-serif; \
    dominant-baseline: central; }
    text:not([fill]) { fill: var(--ink); }
    .title { font-weight: 600; font-size: 14px; }
    .tick { font-size: 11px; } .tick:not([fill]) { fill: var(--soft); }
    .grid { stroke: var(--grid); stroke-width: 1; }
    .axis { stroke: var(--soft); stroke-width: 1; }
    .frame { fill: none; stroke: var(--soft); stroke-width: 1; }
    .curve { fill: none; stroke-width: 2; stroke-linejoin: round; }
    .band { stroke: none; fill-opacity: 0.2; }
    .mark { stroke: var(--paper); stroke-width: 0.7; }
    .whisker { stroke: var(--ink); stroke-width: 1.4; }
    .guide { stroke: var(--soft); stroke-width: 1; stroke-dasharray: 4 3; fill: none; }
    .cell { stroke: none; } image { image-rendering: pixelated; }
    </style>
    """
}
