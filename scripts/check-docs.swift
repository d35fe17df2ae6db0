// Lists the public symbols without a comment, or whose comment says only what is thrown or given and
// not what the symbol is, from symbol graphs; exit code 1 if there is one.
//
//   swift scripts/check-docs.swift FOLDER
import Foundation

struct Graph: Decodable {
  struct Symbol: Decodable {
    struct Comment: Decodable {
      struct Line: Decodable { let text: String }
      let lines: [Line]

      /// Whether it begins with a sentence, which pages and lists show.
      var saysWhatItIs: Bool {
        guard let first = lines.first(where: { !$0.text.allSatisfy(\.isWhitespace) }) else {
          return false
        }
        return !first.text.hasPrefix("- ")
      }
    }
    struct Location: Decodable {
      struct Position: Decodable { let line: Int }
      let uri: String
      let position: Position
    }

    let pathComponents: [String]
    let docComment: Comment?
    /// Nil for what the compiler makes.
    let location: Location?
  }

  let symbols: [Symbol]
}

let folder = CommandLine.arguments.dropFirst().first ?? "."
let files = ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()
  .filter { $0.hasSuffix(".symbols.json") }
guard !files.isEmpty else {
  print("check-docs: error: no symbol graphs in \(folder)")
  exit(66)
}

let root = FileManager.default.currentDirectoryPath + "/"
var count = 0
var missing: [String] = []
for file in files {
  guard let data = FileManager.default.contents(atPath: "\(folder)/\(file)"),
    let graph = try? JSONDecoder().decode(Graph.self, from: data)
  else {
    print("check-docs: error: \(file) is not a symbol graph")
    exit(65)
  }
  for symbol in graph.symbols {
    guard let location = symbol.location else { continue }
    count += 1
    if symbol.docComment?.saysWhatItIs ?? false { continue }
    let path = location.uri.replacing("file://", with: "").replacing(root, with: "")
    let name = symbol.pathComponents.joined(separator: ".")
    missing.append(
      "\(path):\(location.position.line + 1): \(name) has no comment that says what it is")
  }
}
for line in missing { print("check-docs: error: \(line)") }
if missing.isEmpty { print("\(count) public symbols have comments") }
exit(missing.isEmpty ? 0 : 1)
