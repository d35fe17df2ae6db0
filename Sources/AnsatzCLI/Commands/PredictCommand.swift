import Ansatz
import ArgumentParser

struct PredictCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "predict", abstract: "Predict the classes of new rows.",
    discussion: """
      Writes CSV, one line for each row: the class, and the probability of every class if the \
      model's loss gives one. The checkpoint folder is all that is needed besides the rows. \
      What is unlike the training rows is said on standard error.
      """)

  @Argument(
    help: ArgumentHelp(
      "A CSV file with the columns the model was trained on.", valueName: "NEW.csv"))
  var data: String
  @Option(help: ArgumentHelp("The folder that `ansatz train` kept the model in.", valueName: "DIR"))
  var checkpoint: String
  @OptionGroup var categories: CategoryOptions
  @OptionGroup var computing: ComputeOptions
  @OptionGroup var reporting: ReportOptions

  private struct Row: Encodable {
    let prediction: String
    let probabilities: [String: Double]?
  }

  func run() throws {
    try computing.apply()
    let classifier = try SavedClassifier(checkpoint)
    let names = classifier.record.classNames
    let given = try classifier.rows(
      of: data, label: nil, unknownCategories: categories.treatment())
    classifier.findings(in: given).note()
    let prediction = try classifier.predict(given.features)
    let rows = prediction.labels.enumerated().map { row, label in
      Row(
        prediction: names[label],
        probabilities: prediction.probabilities.map { table in
          Dictionary(uniqueKeysWithValues: zip(names, table.row(row)))
        })
    }
    try report(rows, asJSON: reporting.json) {
      let header =
        ["prediction"] + (prediction.probabilities == nil ? [] : names.map { "p(\($0))" })
      let lines = rows.map { row in
        [csvCell(row.prediction)]
          + (row.probabilities.map { p in names.map { "\(p[$0] ?? 0)" } } ?? [])
      }
      return ([header.map(csvCell)] + lines).map { $0.joined(separator: ",") }
        .joined(separator: "\n")
    }
  }
}

/// A cell as RFC 4180 writes it: quoted if it holds a comma, a quote or a line end.
private func csvCell(_ text: String) -> String {
  guard text.contains(where: { $0 == "," || $0 == "\"" || $0.isNewline }) else { return text }
  return "\"" + text.replacing("\"", with: "\"\"") + "\""
}
