import Ansatz
import ArgumentParser
import Foundation

/// Which data a command works on.
struct DataOptions: ParsableArguments {
  @Argument(
    help: ArgumentHelp(
      "An embedded data set (see `ansatz datasets`), or a CSV file.", valueName: "DATA"))
  var data: String

  @Option(help: ArgumentHelp("The column of a CSV file that holds the class.", valueName: "COLUMN"))
  var label: String?

  func load() throws -> Dataset {
    let names = EmbeddedDatasets.all.map(\.name)
    if names.contains(data) {
      guard label == nil else {
        throw AnsatzError(
          .usage, "--label is for CSV files; the embedded '\(data)' has its labels already")
      }
      return try EmbeddedDatasets.named(data).load()
    }
    // What looks like a path is reported as one, anything else as a name too.
    guard
      FileManager.default.fileExists(atPath: data) || data.contains(where: { "./".contains($0) })
    else {
      throw AnsatzError(
        .missingInput,
        "'\(data)' is neither a file nor an embedded data set; \(didYouMean(data, in: names))")
    }
    guard let label else {
      let columns = try CSVFile(path: data).columnNames
      throw AnsatzError(
        .usage,
        "\(data): name the column that holds the class with --label; the columns are "
          + columns.prefix(8).joined(separator: ", ") + (columns.count > 8 ? ", …" : ""))
    }
    return try Dataset(csv: data, label: label)
  }
}

extension Dataset {
  /// What a user should know of these data before training.
  ///
  /// Nothing of the embedded data sets, in which nobody can change anything.
  var findings: [Finding] {
    EmbeddedDatasets.all.contains { $0.name == name } ? [] : DataChecks.findings(in: self)
  }
}

/// How a command reports.
struct ReportOptions: ParsableArguments {
  @Flag(help: "Report as JSON.")
  var json = false
}
