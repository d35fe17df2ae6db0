import Ansatz
import ArgumentParser

/// How a file is written, where its head does not tell or tells wrong.
struct ReadingOptions: ParsableArguments {
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "What stands between the columns: ',', ';', tab or '|'. Found in the file if not given.",
      valueName: "MARK"))
  var delimiter: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "What stands before the fraction of a number: '.' or ','. Found in the file if not given.",
      valueName: "MARK"))
  var decimal: String?

  /// The names of the options given.
  var given: [String] {
    (delimiter == nil ? [] : ["--delimiter"]) + (decimal == nil ? [] : ["--decimal"])
  }

  /// What was given over what is known otherwise.
  func format(over known: CSVFormat = CSVFormat()) throws -> CSVFormat {
    var format = known
    if let delimiter { format.delimiter = try CSVDelimiter(parsing: delimiter) }
    if let decimal { format.decimalMark = try DecimalMark(parsing: decimal) }
    return format
  }

  /// - Throws: `AnsatzError` if something was given, which the program's own data have no use for.
  func refuse(for embedded: String) throws {
    guard let option = given.first else { return }
    throw AnsatzError(
      .usage, "\(option) is for CSV files; the embedded '\(embedded)' needs none")
  }
}

/// What to leave out of a table before training.
struct TableArguments: ParsableArguments {
  @Option(
    parsing: .unconditionalSingleValue,
    help: ArgumentHelp(
      "A column to leave out. May be repeated, or name several between commas.",
      valueName: "COLUMN"))
  var drop: [String] = []

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "The column that names the rows: no feature, but the first column of predictions.",
      valueName: "COLUMN"))
  var id: String?

  @Flag(help: "Leave out rows without a label, instead of refusing them.")
  var skipMissingLabels = false

  @Option(
    help: ArgumentHelp(
      "What to do with classes that have too few rows: "
        + RareClasses.allCases.map(\.rawValue).joined(separator: ", ")
        + "; merge makes one class '\(RareClasses.mergedName)' of them.", valueName: "WHAT"))
  var rareClasses: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "The rows that a class needs; as many as there are folds if not given, or 2 to train.",
      valueName: "N"))
  var minClassRows: Int?

  /// The names of the options given.
  var given: [String] {
    let options = [
      ("--drop", !drop.isEmpty), ("--id", id != nil), ("--skip-missing-labels", skipMissingLabels),
      ("--rare-classes", rareClasses != nil), ("--min-class-rows", minClassRows != nil),
    ]
    return options.filter(\.1).map(\.0)
  }

  /// - Parameters:
  ///   - minimumClassRows: What a class needs at least, if rare ones are merged or left out.
  ///   - requiredClassRows: What a class needs if they are refused.
  func options(minimumClassRows: Int, requiredClassRows: Int) throws -> TableOptions {
    if let minClassRows, minClassRows < 1 {
      throw AnsatzError(.usage, "--min-class-rows is \(minClassRows); a class needs 1 row or more")
    }
    var options = TableOptions()
    options.dropped = drop
    options.identifier = id
    options.skipsMissingLabels = skipMissingLabels
    options.rareClasses = try rareClasses.map { try RareClasses(parsing: $0) } ?? .error
    let least = options.rareClasses == .error ? requiredClassRows : minimumClassRows
    options.minimumClassRows = max(minClassRows ?? 1, least)
    return options
  }
}

extension TableReading {
  /// Tells on standard error how some data were read, if there is something to tell.
  func note(_ data: String) {
    for notice in notices {
      StandardStreams.notice("notice: \(data): \(notice)")
    }
  }

  /// The name under which a model's record keeps it.
  private static let recordKey = "table"

  /// How the data of a trained model were read.
  ///
  /// - Throws: `AnsatzError` if the record holds something else in its place. Models saved before
  ///   there was such an entry have the standard one.
  init(_ record: ModelRecord) throws {
    guard let value = record.notes[Self.recordKey] else {
      self.init()
      return
    }
    do { self = try value.decoded() } catch {
      throw AnsatzError(
        .badData, "the checkpoint's record of how its table was read cannot be understood")
    }
  }

  /// The entry of a model's record that keeps it.
  func recordNotes() throws -> [String: JSONValue] {
    [Self.recordKey: try JSONValue(encoding: self)]
  }
}
