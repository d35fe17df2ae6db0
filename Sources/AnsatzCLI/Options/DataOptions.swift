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

  @OptionGroup var reading: ReadingOptions
  @OptionGroup var table: TableArguments

  /// Reads the data, and tells how.
  ///
  /// - Parameters:
  ///   - minimumClassRows: What a class needs at least, if rare ones are merged or left out.
  ///   - requiredClassRows: What a class needs if they are refused.
  func load(minimumClassRows: Int = 2, requiredClassRows: Int = 1) throws -> Dataset {
    try load(
      table.options(minimumClassRows: minimumClassRows, requiredClassRows: requiredClassRows))
  }

  /// Reads the data as those of an earlier run were read.
  func load(like earlier: TableReading) throws -> Dataset {
    var options = earlier.options
    options.format.fallback = earlier.dialect
    return try load(options)
  }

  private func load(_ given: TableOptions) throws -> Dataset {
    var options = given
    options.format = try reading.format(over: given.format)
    let dataset = try dataset(options)
    dataset.reading.note(data)
    return dataset
  }

  private func dataset(_ options: TableOptions) throws -> Dataset {
    if let embedded = EmbeddedDatasets.all.first(where: { $0.name == data }) {
      guard label == nil else {
        throw AnsatzError(
          .usage, "--label is for CSV files; the embedded '\(data)' has its labels already")
      }
      try reading.refuse(for: data)
      return try embedded.load(options: options)
    }
    try requireFile(data)
    guard let label else {
      let columns = try CSVFile(path: data, format: options.format).columnNames
      throw AnsatzError(
        .usage,
        "\(data): name the column that holds the class with --label; the columns are "
          + columns.prefix(8).joined(separator: ", ") + (columns.count > 8 ? ", …" : ""))
    }
    return try Dataset(csv: data, label: label, options: options)
  }

  /// What looks like a path is reported as one, anything else as a name too.
  private func requireFile(_ data: String) throws {
    guard
      FileManager.default.fileExists(atPath: data) || data.contains(where: { "./".contains($0) })
    else {
      throw AnsatzError(
        .missingInput,
        "'\(data)' is neither a file nor an embedded data set; "
          + didYouMean(data, in: EmbeddedDatasets.all.map(\.name)))
    }
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
