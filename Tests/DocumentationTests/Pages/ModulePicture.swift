/// The picture of the module graph: rows of boxes, with lines that pass between them.
extension ModuleGraph {
  /// A box in a row, or a place that a line passes through on its way down.
  private enum Item: Hashable {
    case module(String)
    case waypoint(from: String, to: String)
  }

  private static let box = (width: 150.0, height: 34.0)
  private static let gap = (x: 22.0, y: 46.0)
  private static let margin = 16.0

  private static func width(_ item: Item) -> Double {
    if case .module = item { box.width } else { 8 }
  }

  /// The row of each module: just below the lowest that imports it, so that lines are short. Modules
  /// for tests alone are left out.
  private var levels: [String: Int] {
    var levels: [String: Int] = [:]
    for module in modules.reversed() where !Self.testModules.contains(module.name) {
      let above = modules.filter { $0.imports.contains(module.name) }.compactMap { levels[$0.name] }
      levels[module.name] = above.min().map { $0 - 1 } ?? module.level
    }
    return levels
  }
  private static let testModules = ["AnsatzTestSupport", "AnsatzFuzzTargets"]

  /// Every line as its stations, from the importing module down to the imported one.
  private func lines(_ levels: [String: Int]) -> [[Item]] {
    modules.flatMap { module -> [[Item]] in
      guard let top = levels[module.name] else { return [] }
      return drawnImports(of: module).map { name in
        let between = max(0, top - (levels[name] ?? 0) - 1)
        return [.module(module.name)]
          + (0..<between).map { .waypoint(from: module.name, to: "\(name) \($0)") }
          + [.module(name)]
      }
    }
  }

  /// Rows from the bottom, each ordered by the middle of its neighbours so that few lines cross.
  private func rows(_ levels: [String: Int], _ lines: [[Item]]) -> [[Item]] {
    var rows = [[Item]](repeating: [], count: (levels.values.max() ?? 0) + 1)
    for module in modules {
      if let level = levels[module.name] { rows[level].append(.module(module.name)) }
    }
    var neighbours: [Item: [Item]] = [:]
    for line in lines {
      guard case .module(let name)? = line.first, let top = levels[name] else { continue }
      for (step, item) in line.enumerated() {
        if case .waypoint = item { rows[top - step].append(item) }
        if step > 0 {
          neighbours[item, default: []].append(line[step - 1])
          neighbours[line[step - 1], default: []].append(item)
        }
      }
    }
    for sweep in 0..<8 {
      let order = Array(rows.indices)
      for level in sweep % 2 == 0 ? order : order.reversed() {
        let places = Self.centers(rows)
        func middle(_ item: Item) -> Double {
          let found = (neighbours[item] ?? []).compactMap { places[$0]?.x }
          return found.isEmpty ? places[item]?.x ?? 0 : found.reduce(0, +) / Double(found.count)
        }
        rows[level] = rows[level].enumerated().sorted {
          let (a, b) = (middle($0.element), middle($1.element))
          return a == b ? $0.offset < $1.offset : a < b
        }.map(\.element)
      }
    }
    return rows
  }

  private static func rowWidth(_ row: [Item]) -> Double {
    row.reduce(0) { $0 + width($1) } + gap.x * Double(max(0, row.count - 1))
  }

  /// The middle of the top edge of every item.
  private static func centers(_ rows: [[Item]]) -> [Item: (x: Double, y: Double)] {
    let width = rows.map(rowWidth).max() ?? 0
    var places: [Item: (x: Double, y: Double)] = [:]
    for (level, row) in rows.enumerated() {
      var x = margin + (width - rowWidth(row)) / 2
      let y = margin + Double(rows.count - 1 - level) * (box.height + gap.y)
      for item in row {
        places[item] = (x + Self.width(item) / 2, y)
        x += Self.width(item) + gap.x
      }
    }
    return places
  }

  /// Higher modules above what they import; a line from each to what it imports directly.
  var svg: String {
    let levels = levels
    let stations = lines(levels)
    let rows = rows(levels, stations)
    let places = Self.centers(rows)
    let width = (rows.map(Self.rowWidth).max() ?? 0) + 2 * Self.margin
    let height =
      2 * Self.margin + Double(rows.count) * (Self.box.height + Self.gap.y) - Self.gap.y
    var lines: [String] = []
    var boxes: [String] = []
    for line in stations {
      let points = line.compactMap { places[$0] }
      guard let start = points.first else { continue }
      var (x, y) = (start.x, start.y + Self.box.height)
      var path = "M\(n(x)) \(n(y))"
      for (index, point) in points.enumerated().dropFirst() {
        let isLast = index == points.count - 1
        let end = isLast ? point.y - 4 : point.y
        let middle = (y + end) / 2
        path += " C\(n(x)) \(n(middle)) \(n(point.x)) \(n(middle)) \(n(point.x)) \(n(end))"
        (x, y) = (point.x, end)
        if !isLast {
          y += Self.box.height
          path += " V\(n(y))"
        }
      }
      lines.append("<path class=\"line\" d=\"\(path)\" marker-end=\"url(#tip)\"/>")
    }
    for module in modules {
      guard let place = places[.module(module.name)] else { continue }
      boxes.append(
        "<g><title>\(escaped(module.purpose))</title>"
          + "<rect class=\"box\" x=\"\(n(place.x - Self.box.width / 2))\" y=\"\(n(place.y))\" "
          + "width=\"\(n(Self.box.width))\" height=\"\(n(Self.box.height))\" rx=\"5\"/>"
          + "<text x=\"\(n(place.x))\" y=\"\(n(place.y + 22))\">\(escaped(module.name))</text></g>")
    }
    return """
      <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(n(width)) \(n(height))" \
      width="\(n(width))" height="\(n(height))" role="img">
      <title>The modules of Ansatz and their imports</title>
      <style>
      .box { fill: #eef3fb; stroke: #34588f; stroke-width: 1.5 }
      .line { fill: none; stroke: #6b7a90; stroke-width: 1.3 }
      .tip { fill: #6b7a90 }
      text { font: 14px sans-serif; text-anchor: middle; fill: #16233a }
      @media (prefers-color-scheme: dark) {
      .box { fill: #1d2a40; stroke: #86a9e0 }
      .line { stroke: #93a1b8 }
      .tip { fill: #93a1b8 }
      text { fill: #e8eefa }
      }
      </style>
      <defs><marker id="tip" viewBox="0 0 8 8" refX="6" refY="4" markerWidth="7" markerHeight="7" \
      orient="auto"><path class="tip" d="M0 0L8 4L0 8z"/></marker></defs>
      \(lines.joined(separator: "\n"))
      \(boxes.joined(separator: "\n"))
      </svg>

      """
  }

  /// At most one decimal, without a zero after the point.
  private func n(_ value: Double) -> String {
    let tenths = Int((value * 10).rounded())
    return tenths % 10 == 0 ? "\(tenths / 10)" : "\(tenths / 10).\(abs(tenths % 10))"
  }

  private func escaped(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
  }
}
