/// The mean precision along the ranking, `Σ (Rₙ - Rₙ₋₁) Pₙ` over the distinct scores from the highest
/// down, with the precision Pₙ and the recall Rₙ of the rows down to there.
///
/// For two classes that of class 1; for more the mean over the classes of each against the rest.
/// Rows of equal score enter together.
public struct AveragePrecision: ClassMetric {
  public let name = "average-precision"
  public let summary =
    "the mean precision along the ranking, of class 1 of two or averaged over the classes"
  public let direction = MetricDirection.higherIsBetter
  public let needs = MetricNeed.scores

  /// The metric as it stands in the formula.
  public init() {}

  /// The average precision of these scores.
  ///
  /// - Throws: `AnsatzError` if a class has no row.
  public func value(of predictions: ClassPredictions) throws -> Double {
    try predictions.oneAgainstRest(name, needsRest: false) { isMember, ranking in
      var (rows, members, sum) = (0, 0, 0.0)
      for group in tiedGroups(isMember, ranking) {
        rows += group.rows
        members += group.members
        sum += Double(group.members) * Double(members) / Double(rows)
      }
      return sum / Double(members)
    }
  }
}
