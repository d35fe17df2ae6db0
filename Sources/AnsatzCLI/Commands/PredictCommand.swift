import Ansatz
import ArgumentParser

struct PredictCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "predict", abstract: "Predict the classes of new rows.",
    discussion: """
      Writes CSV, one line for each row: the class, and the probability of every class if the \
      model's loss gives one. The checkpoint folder is all that is needed besides the rows. The \
      column that --id named in training comes first, if the rows have it. What is unlike the \
      training rows is said on standard error.
      """)

  @Argument(
    help: ArgumentHelp(
      "A CSV file with the columns the model was trained on.", valueName: "NEW.csv"))
  var data: String
  @Option(help: ArgumentHelp("The folder that `ansatz train` kept the model in.", valueName: "DIR"))
  var checkpoint: String
  @OptionGroup var categories: CategoryOptions
  @OptionGroup var reading: ReadingOptions
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "The column to begin the predictions with; that of the training if not given.",
      valueName: "COLUMN"))
  var id: String?
  @OptionGroup var computing: ComputeOptions
  @OptionGroup var reporting: ReportOptions

  private struct Row: Encodable {
    /// What the identifier's column says of the row, if there is one.
    let id: String?
    let prediction: String
    let probabilities: [String: Double]?
  }

  func run() throws {
    try computing.apply()
    let classifier = try SavedClassifier(checkpoint)
    let names = classifier.record.classNames
    let given = try classifier.rows(
      of: data, label: nil, reading: reading, unknownCategories: categories.treatment())
    given.reading.note(data)
    classifier.findings(in: given).note()
    let identifier = try identifiers(of: given, classifier)
    let prediction = try classifier.predict(given.features)
    let rows = prediction.labels.enumerated().map { row, label in
      Row(
        id: identifier?.values[row], prediction: names[label],
        probabilities: prediction.probabilities.map { table in
          Dictionary(uniqueKeysWithValues: zip(names, table.row(row)))
        })
    }
    try report(rows, asJSON: reporting.json) {
      let header =
        (identifier.map { [$0.column] } ?? []) + ["prediction"]
        + (prediction.probabilities == nil ? [] : names.map { "p(\($0))" })
      let lines = rows.map { row in
        (identifier == nil ? [] : [csvCell(row.id ?? "")]) + [csvCell(row.prediction)]
          + (row.probabilities.map { p in names.map { "\(p[$0] ?? 0)" } } ?? [])
      }
      return ([header.map(csvCell)] + lines).map { $0.joined(separator: ",") }
        .joined(separator: "\n")
    }
  }

  /// The column that names the rows: the one asked for, or that of the training if it is there.
  private func identifiers(
    of rows: NewRows, _ classifier: SavedClassifier
  ) throws -> (column: String, values: [String?])? {
    if let id { return (id, try rows.identifiers(column: id)) }
    guard let known = classifier.reading.options.identifier else { return nil }
    guard rows.hasColumn(known) else {
      StandardStreams.notice(
        "notice: \(data) has no column '\(known)', which named the rows in training; the "
          + "predictions begin without it")
      return nil
    }
    return (known, try rows.identifiers(column: known))
  }
}

/// A cell as RFC 4180 writes it: quoted if it holds a comma, a quote or a line end.
private func csvCell(_ text: String) -> String {
  guard text.contains(where: { $0 == "," || $0 == "\"" || $0.isNewline }) else { return text }
  return "\"" + text.replacing("\"", with: "\"\"") + "\""
}
