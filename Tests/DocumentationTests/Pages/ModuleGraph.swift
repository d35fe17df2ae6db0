import Foundation

/// The modules of the package and what each imports, read from the sources.
struct ModuleGraph {
  struct Module {
    let name: String
    /// The comment above the target in Package.swift.
    let purpose: String
    /// Modules of this package that some file imports, without C modules, sorted.
    let imports: [String]
    /// C modules and other packages' modules.
    let libraries: [String]
    /// 0 for a module that imports none of ours, else one more than the highest import.
    var level = 0
  }

  /// In the order of Package.swift, which is that of dependencies.
  private(set) var modules: [Module] = []

  init(root: URL) throws {
    let manifest = try String(contentsOf: root.appending(path: "Package.swift"), encoding: .utf8)
    // A comment, then a target of ours; nothing but comments in between.
    let pattern =
      /\/\/ (?<purpose>[^\n]+)\n(?: *\/\/[^\n]*\n)* *\.(?:target|executableTarget)\(\s*name: "(?<name>[^"]+)"(?<rest>[^)]*)/
    let found = manifest.matches(of: pattern).map { match in
      (String(match.name), String(match.purpose), match.rest.firstMatch(of: /path: "([^"]+)"/))
    }
    let ours = Set(found.map(\.0))
    for (name, purpose, path) in found where !name.hasPrefix("C") || name == "Circuits" {
      let folder = path.map { String($0.1) } ?? "Sources/\(name)"
      let imports = try Self.imports(in: root.appending(path: folder))
      modules.append(
        Module(
          name: name, purpose: purpose,
          imports: imports.filter { ours.contains($0) && !Self.isC($0) && $0 != name },
          libraries: imports.filter { Self.isC($0) || $0 == "ArgumentParser" || $0 == "Numerics" }))
    }
    for index in modules.indices {
      let levels = modules[..<index].filter { modules[index].imports.contains($0.name) }
      modules[index].level = (levels.map(\.level).max() ?? -1) + 1
    }
  }

  private static func isC(_ name: String) -> Bool {
    ["CAnsatz", "CFFTW", "CBLAS", "CSVM", "CNLopt"].contains { name.hasPrefix($0) }
  }

  /// Every module that a file of the folder imports, sorted.
  private static func imports(in folder: URL) throws -> [String] {
    let files = FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String }
    var names: Set<String> = []
    for file in files ?? [] where file.hasSuffix(".swift") {
      let text = try String(contentsOf: folder.appending(path: file), encoding: .utf8)
      for match in text.matches(of: /(?m)^(?:@\w+ |public |internal )*import (?:\w+ )?(\w+)/) {
        names.insert(String(match.1))
      }
    }
    return names.sorted()
  }

  /// Everything a module reaches by its imports.
  private func reached(from name: String) -> Set<String> {
    guard let module = modules.first(where: { $0.name == name }) else { return [] }
    return module.imports.reduce(into: Set(module.imports)) { $0.formUnion(reached(from: $1)) }
  }

  /// Imports that no other import brings as well: the lines of the picture.
  func drawnImports(of module: Module) -> [String] {
    module.imports.filter { name in
      !module.imports.contains { $0 != name && reached(from: $0).contains(name) }
    }
  }

  // MARK: Table

  var table: String {
    var text = "| module | what it is | imports | libraries |\n|---|---|---|---|\n"
    for module in modules {
      let imports = module.imports.map { "`\($0)`" }.joined(separator: ", ")
      let libraries = module.libraries.map { "`\($0)`" }.joined(separator: ", ")
      text += "| `\(module.name)` | \(module.purpose) | \(imports) | \(libraries) |\n"
    }
    return text
  }

  // MARK: Picture

  private static let box = (width: 150.0, height: 34.0)
  private static let gap = (x: 22.0, y: 46.0)
  private static let margin = 16.0

  /// Higher modules above what they import; a line from each to what it imports directly.
  var svg: String {
    let levelCount = (modules.map(\.level).max() ?? 0) + 1
    var rows = (0..<levelCount).map { level in modules.filter { $0.level == level } }
    let widest = Double(rows.map(\.count).max() ?? 1)
    let width = 2 * Self.margin + widest * (Self.box.width + Self.gap.x) - Self.gap.x
    let height =
      2 * Self.margin + Double(levelCount) * (Self.box.height + Self.gap.y) - Self.gap.y
    var places: [String: (x: Double, y: Double)] = [:]
    for level in rows.indices {
      // Each row in the order of the middle of what it imports, so that few lines cross.
      func middle(_ module: Module) -> Double {
        let below = drawnImports(of: module).compactMap { places[$0]?.x }
        return below.isEmpty ? width / 2 : below.reduce(0, +) / Double(below.count)
      }
      rows[level] = rows[level].enumerated().sorted {
        let (a, b) = (middle($0.element), middle($1.element))
        return a == b ? $0.offset < $1.offset : a < b
      }.map(\.element)
      let count = Double(rows[level].count)
      let start = (width - count * Self.box.width - (count - 1) * Self.gap.x) / 2
      let y =
        height - Self.margin - Self.box.height - Double(level) * (Self.box.height + Self.gap.y)
      for (index, module) in rows[level].enumerated() {
        places[module.name] = (
          start + Double(index) * (Self.box.width + Self.gap.x) + Self.box.width / 2, y
        )
      }
    }
    var lines: [String] = []
    var boxes: [String] = []
    for module in modules {
      guard let place = places[module.name] else { continue }
      for name in drawnImports(of: module) {
        guard let other = places[name] else { continue }
        let (from, to) = (place.y + Self.box.height, other.y)
        let middle = (from + to) / 2
        lines.append(
          "<path class=\"line\" d=\"M\(n(place.x)) \(n(from)) "
            + "C\(n(place.x)) \(n(middle)) \(n(other.x)) \(n(middle)) \(n(other.x)) \(n(to - 4))\""
            + " marker-end=\"url(#tip)\"/>")
      }
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
