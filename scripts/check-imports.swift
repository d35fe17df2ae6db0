// Checks that imports point one way: every file of a target imports only modules that the target
// declares in Package.swift, and every target depends only on targets listed before it. SwiftPM
// itself accepts an import of something that is only a dependency's dependency.
//
//   swift package dump-package | swift scripts/check-imports.swift [ROOT]
//
// Test targets may import whatever they reach through their dependencies.
import Foundation

struct Package: Decodable {
  struct Target: Decodable {
    struct Dependency: Decodable {
      /// The one `byName`, `target` or `product` entry; its first string is the name.
      let name: String

      init(from decoder: any Decoder) throws {
        let entry = try decoder.singleValueContainer().decode([String: [Part?]].self)
        name = entry.values.first?.first??.text ?? ""
      }

      struct Part: Decodable {
        let text: String?
        init(from decoder: any Decoder) throws {
          text = try? decoder.singleValueContainer().decode(String.self)
        }
      }
    }

    let name: String
    let type: String
    let path: String?
    let dependencies: [Dependency]

    var folder: String { path ?? (type == "test" ? "Tests/\(name)" : "Sources/\(name)") }
    var declared: [String] { dependencies.map(\.name) }
  }

  let targets: [Target]
}

/// Modules that a product brings under another name.
let productOfModule = ["ComplexModule": "Numerics", "RealModule": "Numerics"]

/// The module that a line imports, if it is an import.
func importedModule(_ line: Substring) -> String? {
  var words = line.prefix { $0 != "/" && $0 != ";" }.split(separator: " ")[...]
  while let word = words.first, word.hasPrefix("@") || accessLevels.contains(String(word)) {
    words = words.dropFirst()
  }
  guard words.first == "import", var name = words.dropFirst().first else { return nil }
  if declarationKinds.contains(String(name)), let next = words.dropFirst(2).first { name = next }
  return String(name.prefix { $0 != "." })
}
let accessLevels: Set = ["public", "package", "internal", "fileprivate", "private"]
let declarationKinds: Set = [
  "struct", "class", "enum", "protocol", "typealias", "func", "let", "var",
]

func swiftFiles(in folder: String) -> [String] {
  let names = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
  return names.filter { $0.hasSuffix(".swift") }.sorted().map { "\(folder)/\($0)" }
}

let root = CommandLine.arguments.dropFirst().first ?? "."
let package: Package
do {
  package = try JSONDecoder().decode(
    Package.self, from: FileHandle.standardInput.readDataToEndOfFile())
} catch {
  print("check-imports: error: standard input is not the output of `swift package dump-package`")
  exit(65)
}

let targets = Dictionary(uniqueKeysWithValues: package.targets.map { ($0.name, $0) })
let watched = Set(targets.keys).union(package.targets.flatMap(\.declared))

func reachable(from target: Package.Target) -> Set<String> {
  var found: Set<String> = []
  var pending = target.declared
  while let name = pending.popLast() {
    if found.insert(name).inserted { pending += targets[name]?.declared ?? [] }
  }
  return found
}

var problems: [String] = []
var fileCount = 0
var listed: Set<String> = []
for target in package.targets {
  for name in target.declared where targets[name] != nil && !listed.contains(name) {
    problems.append("Package.swift: \(target.name) depends on \(name), which is listed after it")
  }
  listed.insert(target.name)

  let allowed = target.type == "test" ? reachable(from: target) : Set(target.declared)
  for file in swiftFiles(in: "\(root)/\(target.folder)") {
    guard let text = try? String(contentsOfFile: file, encoding: .utf8) else {
      problems.append("\(file): cannot be read as UTF-8")
      continue
    }
    fileCount += 1
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    for (index, line) in lines.enumerated() {
      guard let module = importedModule(line) else { continue }
      let name = productOfModule[module] ?? module
      if watched.contains(name), name != target.name, !allowed.contains(name) {
        problems.append(
          "\(file):\(index + 1): \(target.name) imports \(module), which Package.swift does not "
            + "name among its dependencies")
      }
    }
  }
}

for problem in problems { print("check-imports: error: \(problem)") }
if problems.isEmpty {
  print("imports of \(fileCount) files in \(package.targets.count) targets point one way")
}
exit(problems.isEmpty ? 0 : 1)
