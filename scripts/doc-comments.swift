// Rewrites the comments in symbol graphs so that DocC shows them as they are meant.
//
//   swift scripts/doc-comments.swift FOLDER
//
// DocC knows no `- Source:`: it would be one more item of the list above it, such as an edge case. It
// becomes a paragraph of its own. An initializer whose comment says only what it takes and throws gets
// the first sentence of its type, which is what it makes.
import Foundation

/// The lines with every item `- Source:` and the lines that continue it as a paragraph.
func mended(_ lines: [String]) -> [String] {
  var result: [String] = []
  var isSource = false
  for line in lines {
    let trimmed = line.drop { $0 == " " }
    if trimmed.hasPrefix("- Source:") {
      isSource = true
      result += ["", "**Source:**" + trimmed.dropFirst("- Source:".count)]
    } else if isSource, line.hasPrefix("  ") {
      result.append(String(trimmed))
    } else {
      // What follows is no part of the paragraph.
      if isSource, !trimmed.isEmpty { result.append("") }
      isSource = false
      result.append(line)
    }
  }
  return result
}

/// The first paragraph of a comment; empty if it begins with a list.
func beginning(_ lines: [String]) -> [String] {
  let text = lines.drop { $0.allSatisfy(\.isWhitespace) }.prefix { !$0.allSatisfy(\.isWhitespace) }
  return text.first?.hasPrefix("- ") ?? true ? [] : Array(text)
}

struct Comment {
  let path: [String]
  let isInitializer: Bool
  let lines: [String]

  init?(_ symbol: [String: Any]) {
    guard let comment = symbol["docComment"] as? [String: Any],
      let lines = comment["lines"] as? [[String: Any]],
      let path = symbol["pathComponents"] as? [String]
    else { return nil }
    self.path = path
    self.lines = lines.map { $0["text"] as? String ?? "" }
    isInitializer = (symbol["kind"] as? [String: Any])?["identifier"] as? String == "swift.init"
  }
}

let folder = CommandLine.arguments.dropFirst().first ?? "."
do {
  let names = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
    .filter { $0.hasSuffix(".symbols.json") }
  var graphs: [(file: URL, graph: [String: Any], symbols: [[String: Any]])] = []
  var sentences: [[String]: [String]] = [:]
  for name in names {
    let file = URL(filePath: folder).appending(path: name)
    guard
      let graph = try JSONSerialization.jsonObject(with: Data(contentsOf: file)) as? [String: Any],
      let symbols = graph["symbols"] as? [[String: Any]]
    else {
      print("doc-comments: error: \(name) is not a symbol graph")
      exit(65)
    }
    graphs.append((file, graph, symbols))
    for comment in symbols.compactMap(Comment.init) {
      sentences[comment.path] = beginning(comment.lines)
    }
  }
  for (file, graph, symbols) in graphs {
    var (graph, symbols) = (graph, symbols)
    for index in symbols.indices {
      guard let comment = Comment(symbols[index]) else { continue }
      var lines = mended(comment.lines)
      if comment.isInitializer, beginning(lines).isEmpty,
        let sentence = sentences[Array(comment.path.dropLast())], !sentence.isEmpty
      {
        lines = sentence + [""] + lines
      }
      symbols[index]["docComment"] = ["lines": lines.map { ["text": $0] }]
    }
    graph["symbols"] = symbols
    try JSONSerialization.data(withJSONObject: graph).write(to: file)
  }
} catch {
  print("doc-comments: error: \(error.localizedDescription)")
  exit(66)
}
