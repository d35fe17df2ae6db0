/// The area under the receiver operating characteristic: the chance that a row of the class is ranked
/// above one that is not, ties counting half.
///
/// For two classes that of class 1; for more the mean over the classes of each against the rest.
///
/// - Source: Hanley and McNeil, Radiology 143 (1982) 29.
public struct ROCAUC: ClassMetric {
  public let name = "roc-auc"
  public let summary =
    "the chance that a row of a class is ranked above another, of class 1 of two or averaged"
  public let direction = MetricDirection.higherIsBetter
  public let needs = MetricNeed.scores

  /// The metric as it stands in the formula.
  public init() {}

  /// The area under the curve of these scores.
  ///
  /// - Throws: `AnsatzError` if a class has no row, or all of them.
  public func value(of predictions: ClassPredictions) throws -> Double {
    try predictions.oneAgainstRest(name, needsRest: true) { isMember, ranking in
      var (above, pairs, others) = (0, 0.0, 0)
      for group in tiedGroups(isMember, ranking) {
        let rest = group.rows - group.members
        pairs += Double(rest) * (Double(above) + Double(group.members) / 2)
        above += group.members
        others += rest
      }
      return pairs / (Double(above) * Double(others))
    }
  }
}
