import Ansatz
import Foundation
import Testing

private let root = URL(filePath: #filePath).deletingLastPathComponent()
  .appending(path: "../..").standardizedFileURL

private func text(_ path: String) throws -> String {
  try String(contentsOf: root.appending(path: path), encoding: .utf8)
}

@Suite("Documentation")
struct DocumentationTests {
  /// The Markdown files a user reads.
  static let pages: [String] = {
    let docs = (try? FileManager.default.subpathsOfDirectory(atPath: root.path + "/docs")) ?? []
    return ["README.md", "CONTRIBUTING.md", "Sources/Ansatz/Ansatz.docc/Ansatz.md"]
      + docs.filter { $0.hasSuffix(".md") }.sorted().map { "docs/\($0)" }
  }()

  /// The lines of the fenced blocks marked `swift`.
  private func swiftBlocks(of page: String) throws -> [[Substring]] {
    var blocks: [[Substring]] = []
    var current: [Substring]?
    for line in try text(page).split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix("```swift") {
        current = []
      } else if line.hasPrefix("```"), let block = current {
        blocks.append(block)
        current = nil
      } else {
        current?.append(line)
      }
    }
    return blocks
  }

  /// A snippet is compiled and run by standing, line for line, in a file of Snippets/, which is part
  /// of this test target.
  @Test("Every Swift snippet is compiled: it stands in a file of Snippets/", arguments: pages)
  func snippets(page: String) throws {
    let folder = "Tests/DocumentationTests/Snippets"
    let files = try FileManager.default.contentsOfDirectory(
      atPath: root.appending(path: folder).path
    ).sorted()
    let sources = try files.map { try lines(of: text("\(folder)/\($0)")) }
    for block in try swiftBlocks(of: page) {
      let wanted = lines(of: block.joined(separator: "\n"))
      let isCompiled = sources.contains { source in
        source.indices.contains { source[$0...].starts(with: wanted) }
      }
      #expect(isCompiled, "\(page): \(block.first ?? "")… is in no file of \(folder)")
    }
  }

  /// Without indentation and blank lines, which a function body adds.
  private func lines(of text: String) -> [String] {
    text.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }
      .filter { !$0.isEmpty }
  }

  /// The code of the last column of each table, with the number of rows.
  private func rightHandSides(of page: String) throws -> (rows: Int, code: [String]) {
    let rows = try text(page).split(separator: "\n").filter {
      $0.hasPrefix("| ") && !$0.hasSuffix("| Ansatz |")
    }
    let code = rows.flatMap { row -> [String] in
      let cells = row.replacing("\\|", with: "\u{1}").split(separator: "|")
      guard let first = cells.last?.firstMatch(of: /`([^`]+)`/) else { return [] }
      return [String(first.1).replacing("\u{1}", with: "|")]
    }
    return (rows.count, code)
  }

  /// A right-hand side stands alone on a line of the page's snippet file, or after an `=`; a long one
  /// may go over several lines.
  @Test(
    "Every right-hand side of the pages for users of other libraries is compiled",
    arguments: ["PennyLane", "Qiskit", "Qulacs", "PyTorch"])
  func rightHandSides(library: String) throws {
    func squeezed(_ text: some StringProtocol) -> String {
      String(text.filter { !$0.isWhitespace })
    }
    let page = "docs/coming-from-\(library.lowercased()).md"
    let lines = try text("Tests/DocumentationTests/Snippets/ComingFrom\(library).swift")
      .split(separator: "\n").map(squeezed)
    let statements = lines.indices.flatMap { first in
      (1...8).map { lines[first..<min(lines.count, first + $0)].joined() }
    }
    let (rows, code) = try rightHandSides(of: page)
    #expect(rows >= 30 && code.count == rows, "\(rows) rows, \(code.count) with code")
    for code in code.map(squeezed) {
      let isCompiled = statements.contains { $0 == code || $0.hasSuffix("=" + code) }
      #expect(isCompiled, "\(page): \(code)")
    }
  }

  @Test("The README has Swift snippets, so the check above checks something")
  func readmeHasSnippets() throws {
    #expect(try swiftBlocks(of: "README.md").count >= 1)
    #expect(try swiftBlocks(of: "docs/adding-a-gate.md").count == 1)
    #expect(try swiftBlocks(of: "docs/adding-a-channel.md").count == 1)
  }

  @Test("Every gate stands in the nomenclature")
  func gatesAreDocumented() throws {
    let page = try text("docs/nomenclature.md")
    for gate in StandardGates.all + StandardGates.examples {
      let isNamed = page.contains("`\(gate.name)`") || page.contains("`\(gate.name)(")
      #expect(isNamed, "docs/nomenclature.md has no row for \(gate.name)")
    }
  }

  @Test(
    "Every channel stands in the nomenclature and in the page on noise",
    arguments: ["nomenclature", "noise"])
  func channelsAreDocumented(name: String) throws {
    let page = try text("docs/\(name).md")
    for channel in StandardChannels.all + StandardChannels.examples {
      #expect(page.contains("`\(channel.name)("), "docs/\(name).md has no row for \(channel.name)")
    }
  }

  @Test("Every template stands in the nomenclature")
  func templatesAreDocumented() throws {
    let page = try text("docs/nomenclature.md")
    for template in StandardTemplates.all where !template.name.hasPrefix("sim-") {
      #expect(
        page.contains("`\(template.name)`"), "docs/nomenclature.md has no row for \(template.name)")
    }
    #expect(page.contains("`sim-1` to `sim-19`"))
  }

  @Test("Everything that has a name on the command line stands in its guide")
  func namesAreDocumented() throws {
    let names = [
      ("training", OptimizerRegistry.standard.names),
      ("training", ScheduleRegistry.standard.names),
      // Without the one that an example adds.
      ("training", LossRegistry.standard.names.filter { $0 != SquaredHinge.name }),
      ("training", PreprocessingRegistry.all.map { $0.name }),
      ("hybrid-models", StandardModels.all.map { $0.name }),
      ("metrics", StandardMetrics.names), ("gradients", GradientMethods.names),
      ("gradients", MinimizerRegistry.standard.ownNames),
    ]
    for (page, names) in names {
      let text = try text("docs/\(page).md")
      for name in names {
        let isNamed = text.contains("`\(name)`") || text.contains("`\(name):")
        #expect(isNamed, "docs/\(page).md does not name \(name)")
      }
    }
  }

  @Test("Links between pages lead somewhere", arguments: pages)
  func links(page: String) throws {
    let folder = root.appending(path: page).deletingLastPathComponent()
    for match in try text(page).matches(of: /\]\(([^)#:]+)\)/) {
      let target = folder.appending(path: String(match.1)).standardizedFileURL.path
      #expect(FileManager.default.fileExists(atPath: target), "\(page): \(match.1)")
    }
  }
}
