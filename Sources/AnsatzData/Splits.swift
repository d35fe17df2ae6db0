import AnsatzMath

/// Deals the rows to folds at random so that each class is spread evenly.
///
/// The numbers of a class's members in any two folds differ by at most one, and so do the sizes of
/// the folds.
///
/// - Parameters:
///   - labels: One class index per row.
///   - folds: At least 2.
///   - classNames: Names for messages; without them classes are numbered.
/// - Returns: The test rows of each fold, ascending. Every row is in exactly one fold.
/// - Throws: `AnsatzError` if a class that occurs has fewer members than there are folds.
public func stratifiedFolds(
  labels: [Int], folds: Int, classNames: [String] = [], using stream: inout RandomStream
) throws -> [[Int]] {
  guard folds >= 2 else {
    throw AnsatzError(.usage, "\(folds) folds: cross-validation needs 2 or more")
  }
  let members = rowsByClass(labels)
  let rare = members.filter { $0.rows.count < folds }.map { label, rows in
    TableReading.ClassSize(
      name: classNames.indices.contains(label) ? classNames[label] : "\(label)", rows: rows.count)
  }
  guard rare.isEmpty else {
    let canHaveFewer = rare.allSatisfy { $0.rows > 1 }
    throw AnsatzError(
      .badData,
      rareClassesText(
        rare, need: "the \(folds) folds", remedy: canHaveFewer ? "use fewer folds, " : ""))
  }
  var result = [[Int]](repeating: [], count: folds)
  // Dealing goes on where the last class stopped, so the folds' sizes stay even too.
  var next = 0
  for (_, rows) in members {
    for index in stream.permutation(rows.count) {
      result[next].append(rows[index])
      next = (next + 1) % folds
    }
  }
  return result.map { $0.sorted() }
}

/// Stratified folds drawn several times over.
///
/// - Returns: For each repeat, the test rows of each fold.
public func repeatedStratifiedFolds(
  labels: [Int], folds: Int, repeats: Int, classNames: [String] = [],
  using stream: inout RandomStream
) throws -> [[[Int]]] {
  guard repeats >= 1 else {
    throw AnsatzError(.usage, "\(repeats) repeats: cross-validation needs 1 or more")
  }
  var result: [[[Int]]] = []
  for _ in 0..<repeats {
    result.append(
      try stratifiedFolds(labels: labels, folds: folds, classNames: classNames, using: &stream))
  }
  return result
}

/// The rows outside a fold: its training rows, ascending.
public func rows(outside fold: [Int], of count: Int) -> [Int] {
  let excluded = Set(fold)
  return (0..<count).filter { !excluded.contains($0) }
}

/// Splits the rows at random in two so that each class is divided in the same proportion.
///
/// The first part holds `fraction` of all rows, rounded to the nearest whole number but never all
/// or none, and of each class the whole number just below or above its share.
///
/// - Parameter fraction: Between 0 and 1, both excluded.
/// - Returns: The rows of both parts, ascending.
public func stratifiedSplit(
  labels: [Int], fraction: Double, using stream: inout RandomStream
) throws -> (first: [Int], second: [Int]) {
  guard fraction > 0, fraction < 1 else {
    throw AnsatzError(.usage, "a split fraction of \(fraction): it must lie between 0 and 1")
  }
  guard labels.count >= 2 else {
    throw AnsatzError(.badData, "\(labels.count) rows cannot be split in two")
  }
  let members = rowsByClass(labels)
  let shares = members.map { fraction * Double($0.rows.count) }
  var quotas = shares.map { Int($0) }
  let total = min(
    max(Int((fraction * Double(labels.count)).rounded()), 1), labels.count - 1)
  // What whole numbers leave over goes to the classes with the largest remainders.
  let byRemainder = shares.indices.sorted {
    let (a, b) = (shares[$0] - Double(quotas[$0]), shares[$1] - Double(quotas[$1]))
    return a != b ? a > b : $0 < $1
  }
  for index in byRemainder.prefix(max(0, total - quotas.reduce(0, +))) { quotas[index] += 1 }
  var (first, second): ([Int], [Int]) = ([], [])
  for ((_, rows), quota) in zip(members, quotas) {
    let shuffled = stream.permutation(rows.count).map { rows[$0] }
    first += shuffled.prefix(quota)
    second += shuffled.dropFirst(quota)
  }
  return (first.sorted(), second.sorted())
}

/// The rows of each class that occurs, by ascending class.
private func rowsByClass(_ labels: [Int]) -> [(label: Int, rows: [Int])] {
  Dictionary(grouping: labels.indices, by: { labels[$0] })
    .map { (label: $0.key, rows: $0.value) }
    .sorted { $0.label < $1.label }
}
