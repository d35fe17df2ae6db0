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
}
