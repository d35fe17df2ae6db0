import AnsatzCircuits
import AnsatzPlots
import Foundation

/// What a report on a comparison shows.
public struct ComparisonPage: Sendable {
  /// What was compared, and what came out.
  public let result: ComparisonResult
  /// Of the model that is examined.
  public var circuits: [Circuit] = []
  /// Names and values of what decided the results.
  public var settings: [(name: String, value: String)] = []
  /// The command that repeats it; empty for none.
  public var command = ""
  /// The points behind the boundaries, for data of two features.
  public var plane: FeaturePlane?

  /// - Parameter result: Of `compare` with details; without them, curves, matrices and boundaries
  ///   are left out.
  public init(_ result: ComparisonResult) { self.result = result }

  /// The page; parts without content are left out.
  public var page: ReportPage {
    ReportPage(
      title: "\(examined?.name ?? "Classifiers") on \(result.dataset)",
      subtitle: "\(result.rowCount) rows, \(result.featureCount) features, \(result.classCount) "
        + "classes; \(result.validation.repeats) × stratified \(result.validation.folds)-fold "
        + "cross-validation",
      results: shortfall + results,
      sections: [
        .init("Verdict", verdict), .init("Accuracy", accuracies), .init("Training", curves),
        .init("Confusion matrices", matrices), .init("ROC", rates),
        .init("Decision boundaries", boundaries), .circuits(circuits),
        .init("Settings", settings.isEmpty ? [] : [.facts(settings)]),
        .init("Command", command.isEmpty ? [] : [.code(command)]),
      ])
  }

  private var examined: ContenderResult? { result.contenders.first(where: \.role.isExamined) }

  private func percent(_ summary: Summary) -> String {
    summary.count == 0
      ? "none" : String(format: "%.3f ± %.3f", summary.mean, summary.standardDeviation)
  }

  private var shortfall: [(name: String, value: String)] {
    guard result.isStopped else { return [] }
    return [("stopped early", "\(result.finishedFits) of \(result.plannedFits) fits")]
  }

  private var results: [(name: String, value: String)] {
    let best = result.contenders.filter { $0.role == .baseline && $0.accuracy.count > 0 }
      .max { $0.accuracy.mean < $1.accuracy.mean }
    let finding = result.verdict?.comparisons.first.map {
      (
        name: "verdict",
        value: "\($0.finding) \($0.role == .twin ? $0.against : "the best baseline")"
      )
    }
    return [finding].compactMap { $0 }
      + [examined.map { ("\($0.name): accuracy", percent($0.accuracy)) }].compactMap { $0 }
      + [best.map { ("best baseline, \($0.name)", percent($0.accuracy)) }].compactMap { $0 }
  }

  private var verdict: [ReportPage.Block] {
    guard let verdict = result.verdict else {
      return [
        .text("None; it needs a hybrid, something to compare it with, and two repeats.")
      ]
    }
    let bars = verdict.comparisons.map {
      BarChart.Bar(
        $0.against, value: $0.test.meanDifference,
        interval: $0.adjusted.lower <= $0.adjusted.upper
          ? $0.adjusted.lower...$0.adjusted.upper : nil,
        group: Self.group($0.role))
    }
    let findings: [ReportPage.Block] = [.text("\(verdict.heading):"), .list(verdict.lines)]
    guard !bars.isEmpty else { return findings }
    return findings + [
      .pictures([
        (
          BarChart(
            "how much more accurate \(verdict.hybrid) is than", showsPoints: true, reference: 0,
            bars: bars),
          "Difference of the accuracies with its interval, adjusted by \(verdict.adjustment)'s method "
            + "to 5 % for all comparisons together; to the right of 0, \(verdict.hybrid) is better."
        )
      ])
    ]
  }

  private static func group(_ role: Contender.Role) -> Int {
    switch role {
    case .hybrid, .model: 0
    case .twin: 1
    case .baseline: 2
    }
  }

  private var accuracies: [ReportPage.Block] {
    let bars = result.contenders.filter { $0.accuracy.count > 0 }.map {
      let (mean, spread) = ($0.accuracy.mean, $0.accuracy.standardDeviation)
      return BarChart.Bar(
        $0.name, value: mean, interval: (mean - spread)...(mean + spread),
        group: Self.group($0.role))
    }
    let rows = result.contenders.map {
      [
        $0.name, $0.role.rawValue, percent($0.accuracy), "\($0.parameterCount)",
        $0.seconds.count == 0 ? "none" : timeText($0.seconds.mean),
      ] + (result.lacksFits ? [$0.shortfall ?? "all \($0.plannedFits) fits"] : [])
    }
    return [
      .table(
        head: ["classifier", "role", "accuracy", "parameters", "training time"]
          + (result.lacksFits ? ["fits"] : []), rows: rows),
      .pictures([
        (
          BarChart("accuracy", showsPoints: true, bars: bars),
          "Mean and standard deviation over the test folds."
        )
      ]),
    ]
  }

  private var curves: [ReportPage.Block] {
    let trained = result.details.filter { $0.histories.contains { !$0.isEmpty } }
    guard !trained.isEmpty else { return [] }
    let loss = trained.map {
      EpochCharts.meanCurve($0.name, of: $0.histories, value: \.trainingLoss)
    }
    let accuracy = trained.map {
      EpochCharts.meanCurve($0.name, of: $0.histories, value: \.trainingAccuracy)
    }
    return [
      .pictures([
        (LineChart("training loss", xLabel: "epoch", yLabel: "loss", series: loss), ""),
        (
          LineChart("training accuracy", xLabel: "epoch", yLabel: "accuracy", series: accuracy),
          ""
        ),
      ]),
      .text(
        "Means over the folds of all repeats; the bands reach one standard deviation to each side."),
    ]
  }

  private var matrices: [ReportPage.Block] {
    let pictures = result.details.map { detail -> (picture: any Drawable, caption: String) in
      (
        ConfusionMatrix(
          detail.name, classNames: result.classNames, counts: detail.confusion), ""
      )
    }
    return pictures.isEmpty
      ? [] : [.pictures(pictures), .text("Test rows of all folds and repeats.")]
  }

  private var rates: [ReportPage.Block] {
    let scored = result.details.filter { !$0.scores.isEmpty }
    guard result.classNames.count == 2, !scored.isEmpty else { return [] }
    let curves = scored.map {
      ROCChart.Curve($0.name, scores: $0.scores, isPositive: $0.isPositive)
    }
    return [
      .pictures([(ROCChart(curves: curves), "")]),
      .text(
        "Positive is \(result.classNames[1]); test rows of all folds and repeats, of the classifiers "
          + "that give probabilities."),
    ]
  }

  private var boundaries: [ReportPage.Block] {
    guard let plane else { return [] }
    let pictures = result.details.compactMap { detail in
      detail.decision.map { decision -> (picture: any Drawable, caption: String) in
        (plane.chart(detail.name, decision: decision), "")
      }
    }
    return pictures.isEmpty
      ? []
      : [.pictures(pictures), .text("All rows; each classifier is that of the first fold.")]
  }
}
