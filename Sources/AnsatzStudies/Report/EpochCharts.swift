import AnsatzNN
import AnsatzPlots

/// Loss and accuracy over the epochs of one training run or of several.
public enum EpochCharts {
  /// The curves of one run.
  public static func loss(_ history: [EpochRecord], title: String = "loss") -> LineChart {
    LineChart(
      title, xLabel: "epoch", yLabel: "loss",
      series: series(history, training: \.trainingLoss, validation: \.validationLoss))
  }

  /// The curves of one run.
  public static func accuracy(
    _ history: [EpochRecord], title: String = "accuracy"
  ) -> LineChart {
    LineChart(
      title, xLabel: "epoch", yLabel: "accuracy", limits: 0...1,
      series: series(history, training: \.trainingAccuracy, validation: \.validationAccuracy))
  }

  private static func series(
    _ history: [EpochRecord], training: (EpochRecord) -> Double,
    validation: (EpochRecord) -> Double?
  ) -> [LineChart.Series] {
    func points(_ value: (EpochRecord) -> Double?) -> [(x: Double, y: Double)] {
      history.compactMap { record in value(record).map { (Double(record.epoch), $0) } }
    }
    let watched = points(validation)
    return [LineChart.Series("training", points: points(training))]
      + (watched.isEmpty ? [] : [LineChart.Series("validation", points: watched)])
  }

  /// The mean over several runs, in a band of one standard deviation to both sides. Runs that
  /// stopped early are part of the mean as far as they went.
  public static func meanCurve(
    _ name: String, of histories: [[EpochRecord]], value: (EpochRecord) -> Double
  ) -> LineChart.Series {
    let length = histories.map(\.count).max() ?? 0
    let summaries = (0..<length).map { epoch in
      Summary(histories.compactMap { $0.count > epoch ? value($0[epoch]) : nil })
    }
    return LineChart.Series(
      name, values: summaries.map(\.mean),
      band: summaries.map {
        ($0.mean - $0.standardDeviation, $0.mean + $0.standardDeviation)
      })
  }
}
