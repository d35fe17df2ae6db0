import Ansatz
import ArgumentParser

struct DatasetsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "datasets", abstract: "List the data sets inside the program.")

  @OptionGroup var reporting: ReportOptions

  private struct Entry: Encodable {
    let name: String
    let rows: Int
    let features: Int
    let classes: Int
    let summary: String
    let origin: String
    let licence: String
  }

  func run() throws {
    let entries = EmbeddedDatasets.all.map {
      Entry(
        name: $0.name, rows: $0.rowCount, features: $0.featureCount, classes: $0.classCount,
        summary: $0.summary, origin: $0.origin, licence: $0.licence)
    }
    try report(entries, asJSON: reporting.json) {
      var table = TextTable([
        ("name", .left), ("rows", .right), ("features", .right), ("classes", .right),
        ("what it is", .left), ("licence", .left), ("origin", .left),
      ])
      for entry in entries {
        table.append([
          entry.name, "\(entry.rows)", "\(entry.features)", "\(entry.classes)", entry.summary,
          entry.licence, entry.origin,
        ])
      }
      return table.text
    }
  }
}
