// Makes a DocC catalogue from the pages of docs/ and a landing page.
//
//   swift scripts/doc-articles.swift DOCS LANDING.docc CATALOGUE SYMBOLS
//
// Links between pages become links between articles; links to other files lose their target, since
// the site does not hold them. `@Pages`, `@Decisions` and `@Modules` on the landing page become the pages
// it does not name, the decisions, and the modules.
import Foundation

let arguments = CommandLine.arguments
guard arguments.count == 5 else {
  print("doc-articles: error: give DOCS, LANDING.docc, CATALOGUE and SYMBOLS")
  exit(64)
}
let (docs, landing, catalogue, symbols) = (arguments[1], arguments[2], arguments[3], arguments[4])

/// `docs/decisions/0001-x.md` is the article `0001-x`.
func article(_ path: String) -> String {
  URL(filePath: path).deletingPathExtension().lastPathComponent
}

func mended(_ text: String, page: String, known: Set<String>) -> String {
  var result: [String] = []
  var isCode = false
  for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
    var line = String(line)
    if line.hasPrefix("```") { isCode.toggle() }
    if !isCode, line.hasPrefix("<!--") { continue }
    // A fence opens with the language that colours it; what a program prints has none.
    if line == "```console" { line = "```text" }
    if line.hasPrefix("# ") { line.replace("`", with: "") }
    if !isCode {
      line = line.replacing(#/(!?)\[([^\]]*)\]\(([^)]+)\)/#) { match in
        let (text, target) = (String(match.2), String(match.3))
        if !match.1.isEmpty || target.contains("://") { return String(match.0) }
        if target.hasPrefix("#") { return "[\(text)](doc:\(page)#\(text))" }
        let path = target.split(separator: "#")[0]
        let name = article(String(path))
        guard path.hasSuffix(".md"), known.contains(name) else { return text }
        // A link named like the file is named like the article instead.
        return text == path ? "<doc:\(name)>" : "[\(text)](doc:\(name))"
      }
    }
    result.append(line)
  }
  return result.joined(separator: "\n")
}

do {
  let files = FileManager.default
  let paths = try files.subpathsOfDirectory(atPath: docs).sorted()
  let pages = paths.filter { $0.hasSuffix(".md") }
  let known = Set(pages.map(article))
  try files.createDirectory(atPath: catalogue, withIntermediateDirectories: true)
  for page in pages {
    let text = try String(contentsOfFile: "\(docs)/\(page)", encoding: .utf8)
    try mended(text, page: article(page), known: known).write(
      toFile: "\(catalogue)/\(article(page)).md", atomically: true, encoding: .utf8)
  }
  for picture in paths where picture.hasSuffix(".svg") || picture.hasSuffix(".png") {
    try files.copyItem(
      atPath: "\(docs)/\(picture)",
      toPath: "\(catalogue)/\(URL(filePath: picture).lastPathComponent)")
  }
  let modules = try files.contentsOfDirectory(atPath: symbols)
    .filter { $0.hasSuffix(".symbols.json") && !$0.contains("@") }
    .map { $0.replacing(".symbols.json", with: "") }.sorted()
  // What the architecture page says of a module is the first line of the module's page.
  let table = try String(contentsOfFile: "\(docs)/architecture.md", encoding: .utf8)
  for match in table.matches(of: #/\| `(\w+)` \| ([^|]+) \|/#)
  where modules.contains(String(match.1)) {
    try "# ``\(match.1)``\n\n\(match.2)\n".write(
      toFile: "\(catalogue)/module-\(match.1).md", atomically: true, encoding: .utf8)
  }
  for file in try files.contentsOfDirectory(atPath: landing) {
    var text = try String(contentsOfFile: "\(landing)/\(file)", encoding: .utf8)
    // Decisions are numbered; the others follow the reference.
    let rest = known.sorted().filter { !text.contains("<doc:\($0)>") }
    for (mark, isDecision) in [("@Decisions", true), ("@Pages", false)] {
      let names = rest.filter { ($0.first?.isNumber ?? false) == isDecision }
      text.replace(mark, with: names.map { "- <doc:\($0)>" }.joined(separator: "\n"))
    }
    text.replace("@Modules", with: modules.map { "- ``\($0)``" }.joined(separator: "\n"))
    try text.write(toFile: "\(catalogue)/\(file)", atomically: true, encoding: .utf8)
  }
} catch {
  print("doc-articles: error: \(error.localizedDescription)")
  exit(66)
}
