import AnsatzData
import AnsatzMath
import AnsatzPlots

/// Data of two numeric features as points of a plane, where a classifier's boundary can be drawn.
public struct FeaturePlane: Sendable {
  private let dataset: Dataset
  private let x: [Double?]
  private let y: [Double?]

  /// - Returns: Nil if there are not two features, or one is not numeric.
  public init?(_ dataset: Dataset) {
    let columns = dataset.features.columns
    guard columns.count == 2, case .numeric(let x) = columns[0].values,
      case .numeric(let y) = columns[1].values
    else { return nil }
    self.dataset = dataset
    self.x = x
    self.y = y
  }

  /// A little more than the points take.
  private static func range(_ values: [Double?]) -> ClosedRange<Double> {
    let known = values.compactMap { $0 }
    let (low, high) = (known.min() ?? 0, known.max() ?? 1)
    let space = high > low ? 0.08 * (high - low) : 0.5
    return (low - space)...(high + space)
  }

  /// What a classifier says on a grid over the points.
  ///
  /// - Parameters:
  ///   - preprocessing: Fitted to the classifier's training rows.
  ///   - classify: Preprocessed features `[rows, features]` to classes.
  public func decision(
    preprocessing: Preprocessing, classify: (Tensor<Double>) throws -> [Int]
  ) throws -> ScatterChart.Decision {
    let names = dataset.features.columnNames
    return try ScatterChart.Decision(x: Self.range(x), y: Self.range(y)) { points in
      let table = try Table(
        columns: [
          Column(names[0], numbers: points.map(\.x)), Column(names[1], numbers: points.map(\.y)),
        ], source: "the plane of \(names[0]) and \(names[1])")
      return try classify(preprocessing.transform(table))
    }
  }

  /// The points, on top of a decision.
  public func chart(_ title: String, decision: ScatterChart.Decision?) -> ScatterChart {
    let names = dataset.features.columnNames
    let points = dataset.labels.indices.compactMap { row -> ScatterChart.Point? in
      guard let x = x[row], let y = y[row] else { return nil }
      return ScatterChart.Point(x: x, y: y, label: dataset.labels[row])
    }
    return ScatterChart(
      title, xLabel: names[0], yLabel: names[1], classNames: dataset.classNames, points: points,
      decision: decision)
  }
}
