import AnsatzCircuits
import AnsatzData
import AnsatzNN
import AnsatzPlots
import Foundation

/// What a report on one training run shows.
public struct TrainingPage: Sendable {
  /// Rows the trained model was asked about.
  public struct Part: Sendable {
    /// Such as `test`.
    public let name: String
    /// The true class of each row.
    public let labels: [Int]
    /// The class that the model gives each row.
    public let predictions: [Int]
    /// The higher, the more a row is taken for the second of two classes; nil if there are more.
    public let scores: [Double]?

    /// Rows with their classes and what the model says of them.
    public init(_ name: String, labels: [Int], predictions: [Int], scores: [Double]?) {
      self.name = name
      self.labels = labels
      self.predictions = predictions
      self.scores = scores
    }
  }

  /// The top line, such as the model and the data.
  public var title = ""
  /// The line below.
  public var subtitle = ""
  /// The classes that labels count.
  public var classNames: [String] = []
  /// What a user should know of the data.
  public var findings: [Finding] = []
  /// Every epoch of the run.
  public var history: [EpochRecord] = []
  /// The epoch whose weights were kept.
  public var bestEpoch = 0
  /// Training, validation and test rows, as far as there are any.
  public var parts: [Part] = []
  /// The boundary and the points, for data of two features.
  public var plane: ScatterChart?
  /// The circuits of the model.
  public var circuits: [Circuit] = []
  /// Names and values of what decided the results.
  public var settings: [(name: String, value: String)] = []
  /// The command that repeats it; empty for none.
  public var command = ""

  /// A page without content.
  public init() {}

  /// The page; parts without content are left out.
  public var page: ReportPage {
    ReportPage(
      title: title, subtitle: subtitle, results: results,
      sections: [
        .init("The data", findings.isEmpty ? [] : [.list(findings.map(\.message))]),
        .init("Training", curves), .init("Confusion matrices", matrices),
        .init("ROC", rates),
        .init("Decision boundary", plane.map { [.pictures([($0, "")])] } ?? []),
        .circuits(circuits), .init("Settings", settings.isEmpty ? [] : [.facts(settings)]),
        .init("Command", command.isEmpty ? [] : [.code(command)]),
      ])
  }

  private var results: [(name: String, value: String)] {
    var results: [(name: String, value: String)] = []
    if let test = parts.first(where: { $0.name == "test" }) {
      results.append(
        ("test accuracy", number(accuracy(of: test.predictions, labels: test.labels))))
    }
    guard let record = history.first(where: { $0.epoch == bestEpoch }) else { return results }
    if let loss = record.validationLoss, let accuracy = record.validationAccuracy {
      results += [("validation accuracy", number(accuracy)), ("validation loss", number(loss))]
    }
    if let training = parts.first(where: { $0.name == "training" }) {
      results.append(
        (
          "training accuracy, final weights",
          number(accuracy(of: training.predictions, labels: training.labels))
        ))
    }
    return results + [
      ("training accuracy, mean of the epoch", number(record.trainingAccuracy)),
      ("training loss, mean of the epoch", number(record.trainingLoss)),
      ("epochs", "\(history.count)"),
    ]
  }

  private func number(_ value: Double) -> String { String(format: "%.4f", value) }

  private var curves: [ReportPage.Block] {
    guard !history.isEmpty else { return [] }
    var blocks: [ReportPage.Block] = [
      .pictures([(EpochCharts.loss(history), ""), (EpochCharts.accuracy(history), "")])
    ]
    if bestEpoch > 0, bestEpoch < history.count {
      blocks.append(.text("The weights of epoch \(bestEpoch) were kept."))
    }
    return blocks
  }

  private var matrices: [ReportPage.Block] {
    let pictures = parts.map { part -> (picture: any Drawable, caption: String) in
      let matrix = ConfusionMatrix(
        part.name, classNames: classNames, truth: part.labels, predictions: part.predictions)
      return (matrix, "\(part.labels.count) rows, accuracy \(number(matrix.accuracy))")
    }
    return pictures.isEmpty
      ? []
      : [
        .pictures(pictures),
        .text(
          "Of the trained model. The training accuracy at the top is the mean over the kept epoch, "
            + "while the weights still changed."),
      ]
  }

  private var rates: [ReportPage.Block] {
    guard classNames.count == 2 else { return [] }
    let curves = parts.compactMap { part in
      part.scores.map {
        ROCChart.Curve(part.name, scores: $0, isPositive: part.labels.map { $0 == 1 })
      }
    }
    guard !curves.isEmpty else { return [] }
    return [
      .pictures([(ROCChart(curves: curves), "")]), .text("Positive is \(classNames[1])."),
    ]
  }
}

extension ReportPage.Section {
  /// The circuits of a model.
  static func circuits(_ circuits: [Circuit]) -> ReportPage.Section {
    let pictures = circuits.map { circuit -> (picture: any Drawable, caption: String) in
      (
        circuit,
        "\(circuit.qubitCount) qubits, \(circuit.inputCount) inputs, \(circuit.weightCount) weights, "
          + "depth \(circuit.depth)"
      )
    }
    return ReportPage.Section(
      circuits.count == 1 ? "The circuit" : "The circuits",
      pictures.isEmpty ? [] : [.pictures(pictures)])
  }
}
