import Ansatz
import ArgumentParser

struct EvaluateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "evaluate", abstract: "Score a trained model on data with labels.")

  @Argument(
    help: ArgumentHelp(
      "An embedded data set (see `ansatz datasets`), or a CSV file.", valueName: "DATA"))
  var data: String
  @Option(
    help: ArgumentHelp(
      "The column of a CSV file that holds the class; that of the training if not given.",
      valueName: "COLUMN"))
  var label: String?
  @OptionGroup var reading: ReadingOptions
  @Flag(
    help: "Leave out rows without a label, instead of refusing them; as in training if not given.")
  var skipMissingLabels = false
  @Option(help: ArgumentHelp("The folder that `ansatz train` kept the model in.", valueName: "DIR"))
  var checkpoint: String
  @OptionGroup var categories: CategoryOptions
  @OptionGroup var computing: ComputeOptions
  @OptionGroup var reporting: ReportOptions

  private struct ClassScore: Encodable {
    let name: String
    let rows: Int
    let correct: Int
    /// What the rows of this class were taken for, in the order of the classes.
    let predicted: [Int]
  }

  private struct Evaluation: Encodable {
    let data: String
    let model: String
    let rows: Int
    let correct: Int
    let accuracy: Double
    let classes: [ClassScore]
    let reading: TableReading
    let findings: [Finding]
  }

  func run() throws {
    try computing.apply()
    let classifier = try SavedClassifier(checkpoint)
    let given = try classifier.rows(
      of: data, label: label, reading: reading, unknownCategories: categories.treatment())
    let findings = classifier.findings(in: given)
    findings.note()
    var training = classifier.reading
    if skipMissingLabels { training.options.skipsMissingLabels = true }
    let rows = try given.labelled(classNames: classifier.record.classNames, reading: training)
    rows.reading.note(data)
    let labels = rows.labels
    let predicted = try classifier.predict(rows.features).labels
    var counts = [[Int]](
      repeating: [Int](repeating: 0, count: classifier.record.classNames.count),
      count: classifier.record.classNames.count)
    for (label, prediction) in zip(labels, predicted) { counts[label][prediction] += 1 }
    let classes = classifier.record.classNames.enumerated().map { index, name in
      ClassScore(
        name: name, rows: counts[index].reduce(0, +), correct: counts[index][index],
        predicted: counts[index])
    }
    let correct = classes.reduce(0) { $0 + $1.correct }
    let evaluation = Evaluation(
      data: data, model: classifier.record.model, rows: labels.count, correct: correct,
      accuracy: accuracy(of: predicted, labels: labels), classes: classes,
      reading: rows.reading, findings: findings)
    try report(evaluation, asJSON: reporting.json) { text(of: evaluation) }
  }

  private func text(of evaluation: Evaluation) -> String {
    var table = TextTable(
      [("class", .left), ("rows", .right), ("correct", .right)]
        + evaluation.classes.map { ("as \($0.name)", .right) })
    for entry in evaluation.classes {
      table.append(
        [entry.name, "\(entry.rows)", "\(entry.correct)"] + entry.predicted.map { "\($0)" })
    }
    return """
      \(evaluation.model) on \(evaluation.data): accuracy \(decimal(evaluation.accuracy, 4)) \
      (\(evaluation.correct) of \(counted(evaluation.rows, "row")))

      \(table.text)
      """
  }
}
