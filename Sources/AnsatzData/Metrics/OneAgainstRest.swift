import AnsatzMath

extension ClassPredictions {
  /// A metric of rankings: of class 1 for two classes, else the mean over the classes of each
  /// against the rest.
  ///
  /// - Throws: `AnsatzError` if a class that it is asked of has no row, or (`needsRest`) all of them.
  func oneAgainstRest(
    _ name: String, needsRest: Bool, _ body: (_ isMember: [Bool], _ ranking: [Double]) -> Double
  ) throws -> Double {
    guard classCount >= 2 else {
      throw AnsatzError(.badData, "\(name) needs two classes or more, and there is \(classCount)")
    }
    let labels = classCount == 2 ? [1] : Array(0..<classCount)
    let values = try labels.map { label in
      let isMember = truth.map { $0 == label }
      let members = isMember.reduce(0) { $0 + ($1 ? 1 : 0) }
      guard members > 0, !needsRest || members < truth.count else {
        throw AnsatzError(
          .badData,
          "\(name) is not defined: \(members == 0 ? "none" : "all") of the \(truth.count) rows "
            + "\(truth.count == 1 ? "is" : "are") of class \(label); measure on rows of every class"
        )
      }
      guard let ranking = ranking(of: label) else {
        throw AnsatzError(.usage, "\(name) needs probabilities or decision values of the classes")
      }
      return body(isMember, ranking)
    }
    return values.reduce(0, +) / Double(values.count)
  }
}

/// For each distinct score, from the highest down: how many rows have it, and how many of them are
/// members.
func tiedGroups(_ isMember: [Bool], _ ranking: [Double]) -> [(rows: Int, members: Int)] {
  var groups: [(rows: Int, members: Int)] = []
  var last = Double.nan
  for row in ranking.indices.sorted(by: { ranking[$0] > ranking[$1] }) {
    if ranking[row] != last { groups.append((0, 0)) }
    last = ranking[row]
    groups[groups.count - 1].rows += 1
    if isMember[row] { groups[groups.count - 1].members += 1 }
  }
  return groups
}
