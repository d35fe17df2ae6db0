import Ansatz
import ArgumentParser

@testable import AnsatzCLI

struct TemplatesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "templates", abstract: "List the templates of circuits.")

  @Option(help: ArgumentHelp("Only templates whose name holds this.", valueName: "TEXT"))
  var containing: String?
  @OptionGroup var reporting: ReportOptions

  private struct Entry: Encodable {
    let name: String
    let summary: String
  }

  func run() throws {
    let entries = StandardTemplates.all.filter { containing.map($0.name.contains) ?? true }
      .map { Entry(name: $0.name, summary: $0.summary) }
    guard !entries.isEmpty else {
      throw AnsatzError(
        .usage, "no template has '\(containing ?? "")' in its name; `ansatz draw` lists all")
    }
    try report(entries, asJSON: reporting.json) {
      var table = TextTable([("name", .left), ("what it is", .left)])
      for entry in entries { table.append([entry.name, entry.summary]) }
      return table.text
    }
  }
}
