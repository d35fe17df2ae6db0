import AnsatzMath

/// A circuit drawn as a picture: a self-contained SVG that reads on light and dark pages.
///
/// Colours tell apart fixed gates, trained rotations, gates that take data, noise, and what is
/// classical; none of them carries meaning alone.
public struct SVGDiagram: CustomStringConvertible {
  private let layout: DiagramLayout
  private let title: String
  /// The widest picture allowed, in pixels; longer circuits continue below.
  private let width: Double
  /// How far below the first row's top each row ends.
  private let bottoms: [Double]

  /// - Parameter width: In pixels at natural size.
  public init(_ circuit: Circuit, width: Double = 1200) {
    layout = DiagramLayout(circuit)
    title = circuit.name.isEmpty ? "circuit" : circuit.name
    self.width = max(240, width)
    var heights = [Double](repeating: Self.boxHeight, count: layout.rowCount)
    for item in layout.columns.joined() {
      for (qubit, mark) in item.marks {
        heights[qubit] = max(heights[qubit], Self.height(of: mark))
      }
    }
    var bottom = 0.0
    bottoms = heights.map {
      bottom += $0 + Self.rowGap
      return bottom
    }
  }

  private static let boxHeight = 28.0
  private static let lineHeight = 16.0
  /// Between the boxes of neighbouring rows.
  private static let rowGap = 16.0
  private static let gap = 14.0
  private static let padding = 12.0
  private static let foldGap = 24.0
  /// From the middle of a line of text down to its base.
  private static let baseline = 4.5

  private static func width(of text: String) -> Double { text.printable.pixelWidth }

  private static func width(of mark: DiagramLayout.Mark) -> Double {
    switch mark {
    case .box(let text), .label(let text):
      max(28, (text.brokenAtCommas.map(width(of:)).max() ?? 0) + 14)
    case .meter: 32
    case .control, .openControl, .flip, .cross: 20
    }
  }

  private static func height(of mark: DiagramLayout.Mark) -> Double {
    guard case .box(let text) = mark else { return boxHeight }
    return boxHeight + lineHeight * Double(text.brokenAtCommas.count - 1)
  }

  private static func width(of item: DiagramLayout.Item) -> Double {
    let links = item.links.map { width(of: $0.text) + 6 }.max() ?? 0
    return max(links, item.marks.map { width(of: $0.mark) }.max() ?? 0)
  }

  public var description: String {
    let margin = (0..<layout.rowCount).map { Self.width(of: layout.name(ofRow: $0)) }.max() ?? 0
    let left = Self.padding + margin + 10
    var lines: [[(items: [DiagramLayout.Item], centre: Double)]] = [[]]
    var x = left + Self.gap
    var widest = x
    for items in layout.columns {
      let own = items.map(Self.width(of:)).max() ?? 0
      if x + own + Self.gap + Self.padding > width, !lines[lines.count - 1].isEmpty {
        lines.append([])
        x = left + Self.gap
      }
      lines[lines.count - 1].append((items, x + own / 2))
      x += own + Self.gap
      widest = max(widest, x)
    }
    let full = widest + Self.padding
    let blockHeight = bottoms.last ?? 0
    let height =
      2 * Self.padding + Double(lines.count) * blockHeight + Double(lines.count - 1) * Self.foldGap
    var parts = [
      """
      <svg class="ansatz" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(Self.text(full)) \
      \(Self.text(height))" width="\(Self.text(full))" height="\(Self.text(height))" role="img">
      <title>\(title.printable.inMarkup)</title>
      \(Self.style)
      <rect class="paper" width="100%" height="100%"/>
      """
    ]
    for (index, columns) in lines.enumerated() {
      let top = Self.padding + Double(index) * (blockHeight + Self.foldGap)
      parts += wires(left: left, right: widest, top: top)
      for column in columns {
        parts += column.items.map { draw($0, x: column.centre, top: top) }
      }
    }
    return (parts + ["</svg>"]).joined(separator: "\n")
  }

  private func y(_ row: Int, _ top: Double) -> Double {
    top + ((row > 0 ? bottoms[row - 1] : 0) + bottoms[row]) / 2
  }

  private func wires(left: Double, right: Double, top: Double) -> [String] {
    (0..<layout.rowCount).map { row in
      let y = y(row, top)
      let label =
        "<text class=\"name\" x=\"\(Self.text(left - 6))\" "
        + "y=\"\(Self.text(y + Self.baseline))\">\(layout.name(ofRow: row).printable.inMarkup)</text>"
      let offsets = row < layout.qubitCount ? [0] : [-1.5, 1.5]
      return label
        + offsets.map {
          Self.line("wire", left, y + $0, right, y + $0)
        }.joined()
    }
  }

  private func draw(_ item: DiagramLayout.Item, x: Double, top: Double) -> String {
    var parts = [
      "<g class=\"\(item.kind.rawValue)\"><title>\(item.title.printable.inMarkup)</title>"
    ]
    let span = item.span
    if let last = item.links.map(\.row).max() {
      for offset in [-1.5, 1.5] {
        parts.append(
          Self.line("link", x + offset, y(span.upperBound, top), x + offset, y(last, top)))
      }
    }
    if span.count > 1 {
      parts.append(Self.line("link", x, y(span.lowerBound, top), x, y(span.upperBound, top)))
    }
    for (qubit, mark) in item.marks { parts.append(draw(mark, x: x, y: y(qubit, top))) }
    for link in item.links {
      let y = y(link.row, top)
      guard !link.text.isEmpty else {
        parts.append(Self.circle("dot", x, y, 4))
        continue
      }
      let width = Self.width(of: link.text) + 6
      parts.append(
        Self.box(link.isWritten ? "bit" : "asked", x, y, width, 20) + Self.word(link.text, x, y))
    }
    return parts.joined() + "</g>"
  }

  private func draw(_ mark: DiagramLayout.Mark, x: Double, y: Double) -> String {
    switch mark {
    case .control: return Self.circle("dot", x, y, 5)
    case .openControl: return Self.circle("ring", x, y, 5)
    case .flip:
      return Self.circle("ring", x, y, 10) + Self.line("link", x - 10, y, x + 10, y)
        + Self.line("link", x, y - 10, x, y + 10)
    case .cross:
      return Self.line("link", x - 7, y - 7, x + 7, y + 7)
        + Self.line("link", x - 7, y + 7, x + 7, y - 7)
    case .box(let text):
      let lines = text.brokenAtCommas
      let first = y - Self.lineHeight * Double(lines.count - 1) / 2
      return Self.box("box", x, y, Self.width(of: mark), Self.height(of: mark))
        + lines.enumerated().map {
          Self.word($0.element, x, first + Self.lineHeight * Double($0.offset))
        }.joined()
    case .label(let text):
      return Self.box("label", x, y, Self.width(of: mark), 22) + Self.word(text, x, y)
    case .meter:
      let (a, b) = (Self.text(x - 9), Self.text(x + 9))
      return Self.box("box", x, y, Self.width(of: mark), Self.boxHeight)
        + "<path class=\"pen\" d=\"M\(a) \(Self.text(y + 6))A9 9 0 0 1 \(b) \(Self.text(y + 6))"
        + "M\(Self.text(x)) \(Self.text(y + 6))L\(Self.text(x + 7)) \(Self.text(y - 7))\"/>"
    }
  }

  private static func line(
    _ kind: String, _ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double
  ) -> String {
    "<line class=\"\(kind)\" x1=\"\(text(x1))\" y1=\"\(text(y1))\" x2=\"\(text(x2))\" "
      + "y2=\"\(text(y2))\"/>"
  }

  private static func circle(_ kind: String, _ x: Double, _ y: Double, _ r: Double) -> String {
    "<circle class=\"\(kind)\" cx=\"\(text(x))\" cy=\"\(text(y))\" r=\"\(text(r))\"/>"
  }

  private static func box(
    _ kind: String, _ x: Double, _ y: Double, _ width: Double, _ height: Double
  ) -> String {
    "<rect class=\"\(kind)\" x=\"\(text(x - width / 2))\" y=\"\(text(y - height / 2))\" "
      + "width=\"\(text(width))\" height=\"\(text(height))\" rx=\"4\"/>"
  }

  private static func word(_ word: String, _ x: Double, _ y: Double) -> String {
    "<text x=\"\(text(x))\" y=\"\(text(y + baseline))\">\(word.printable.inMarkup)</text>"
  }

  /// With one decimal at most.
  private static func text(_ value: Double) -> String {
    let rounded = (value * 10).rounded() / 10
    return rounded == rounded.rounded() ? "\(Int(rounded))" : "\(rounded)"
  }

  // Without variables, which some programs that draw SVG do not know.
  private static let style = """
    <style>
    .ansatz text { font: 13px ui-sans-serif, system-ui, "DejaVu Sans", sans-serif; \
    text-anchor: middle; fill: #1b1f24; }
    .ansatz .name { text-anchor: end; }
    .ansatz .paper { fill: #ffffff; }
    .ansatz .wire, .ansatz .link, .ansatz .pen, .ansatz .box, .ansatz .label, .ansatz .bit, \
    .ansatz .asked, .ansatz .ring { stroke: #1b1f24; stroke-width: 1; }
    .ansatz .link, .ansatz .pen, .ansatz .ring { stroke-width: 1.4; }
    .ansatz .pen { fill: none; }
    .ansatz .wire { opacity: 0.55; }
    .ansatz .label, .ansatz .bit, .ansatz .ring { fill: #ffffff; }
    .ansatz .label { stroke-dasharray: 3 2; }
    .ansatz .dot { fill: #1b1f24; }
    .ansatz .fixed .box { fill: #e8ebef; }
    .ansatz .rotation .box { fill: #cfe3f5; }
    .ansatz .data .box { fill: #fbe3bd; }
    .ansatz .channel .box { fill: #f6d3c4; }
    .ansatz .classical .box, .ansatz .asked { fill: #e4dcef; }
    @media (prefers-color-scheme: dark) {
    .ansatz text, .ansatz .dot { fill: #e6e8eb; }
    .ansatz .paper, .ansatz .label, .ansatz .bit, .ansatz .ring { fill: #15181c; }
    .ansatz .wire, .ansatz .link, .ansatz .pen, .ansatz .box, .ansatz .label, .ansatz .bit, \
    .ansatz .asked, .ansatz .ring { stroke: #e6e8eb; }
    .ansatz .fixed .box { fill: #343a42; }
    .ansatz .rotation .box { fill: #1f4a70; }
    .ansatz .data .box { fill: #6a4a10; }
    .ansatz .channel .box { fill: #6e3520; }
    .ansatz .classical .box, .ansatz .asked { fill: #4a3d63; }
    }
    </style>
    """
}
