/// Columns each of which alone tells all classes apart, perfectly or nearly.
///
/// Such a column often holds what becomes known only with the class. A column does so if each of its
/// few values belongs to one class, if numbers of each class lie in a range of their own, or if it has
/// gaps for one of two classes alone. Ranges need more rows than values or gaps, as good features of
/// few rows have them too.
public enum TellingColumns: DataCheck {
  public static let name = "gives-label-away"

  /// Below these, a column tells the classes apart by chance now and then.
  private static let leastRows = 20
  private static let leastClassSize = 5
  private static let leastClassSizeForRanges = 20
  /// Of more rows, as many are looked at, spread evenly.
  private static let mostRows = 20_000

  public static func findings(in dataset: Dataset) -> [Finding] {
    let count = dataset.rowCount
    let rows = count <= mostRows ? Array(0..<count) : (0..<mostRows).map { $0 * count / mostRows }
    let labels = rows.map { dataset.labels[$0] }
    let classes = Classes(labels, count: dataset.classCount)
    guard rows.count >= leastRows, dataset.classCount > 1, classes.smallest >= leastClassSize else {
      return []
    }
    return dataset.features.columns.compactMap { column in
      let column = column.subset(rows)
      let errors = [
        column.valueGroups.flatMap { classes.errors(inGroups: $0) },
        column.gapGroups.flatMap { classes.errors(inGroups: $0) },
        column.missingCount == 0 && classes.smallest >= leastClassSizeForRanges
          ? classes.errors(inRanges: column.knownNumbers) : nil,
      ].compactMap { $0 }.min()
      // One row in a hundred of the smallest class may be on the wrong side.
      guard let errors, 100 * errors <= classes.smallest else { return nil }
      let extent = errors == 0 ? "all rows" : "all but \(rowsText(errors))"
      return Finding(
        name, columns: [column.name],
        "column '\(abbreviated(column.name))' alone tells the classes apart in \(extent); if it is "
          + "not known before the class is, leave it out with \(dropOption(column.name))")
    }
  }
}

/// The classes of some rows, and how well a column separates them.
private struct Classes {
  private let labels: [Int]
  private let sizes: [Int]
  let smallest: Int

  init(_ labels: [Int], count: Int) {
    self.labels = labels
    sizes = labels.reduce(into: [Int](repeating: 0, count: count)) { $0[$1] += 1 }
    smallest = sizes.min() ?? 0
  }

  /// How many rows are not of the commonest class of their group; nil if a class is that of none, or
  /// the groups are so small that it would mean nothing.
  func errors(inGroups groups: [Int]) -> Int? {
    let groupCount = (groups.max() ?? -1) + 1
    guard groupCount >= sizes.count, groupCount <= max(sizes.count, labels.count / 20) else {
      return nil
    }
    var counts = [[Int]](repeating: [Int](repeating: 0, count: sizes.count), count: groupCount)
    for (group, label) in zip(groups, labels) { counts[group][label] += 1 }
    return counts.reduce(0) { $0 + $1.reduce(0, +) - ($1.max() ?? 0) }
  }

  /// The least number of rows outside their class's range, when every class has one and they follow
  /// each other in the order of the classes' means; nil of no numbers.
  func errors(inRanges values: [Double]) -> Int? {
    guard values.count == labels.count else { return nil }
    let order = values.indices.sorted {
      (values[$0], labels[$0]) < (values[$1], labels[$1])
    }
    var rankSums = [Double](repeating: 0, count: sizes.count)
    for (rank, row) in order.enumerated() { rankSums[labels[row]] += Double(rank) }
    let classes = sizes.indices.sorted {
      (rankSums[$0] / Double(sizes[$0]), $0) < (rankSums[$1] / Double(sizes[$1]), $1)
    }
    // Dynamic programming over the distinct values: the fewest errors so far if the latest value
    // belongs to the range of each class.
    var best = [Int](repeating: 0, count: classes.count)
    var next = 0
    while next < order.count {
      let value = values[order[next]]
      var counts = [Int](repeating: 0, count: sizes.count)
      let start = next
      while next < order.count, values[order[next]] == value {
        counts[labels[order[next]]] += 1
        next += 1
      }
      var lowest = Int.max
      for (place, label) in classes.enumerated() {
        lowest = min(lowest, best[place])
        best[place] = lowest + (next - start) - counts[label]
      }
    }
    return best.min()
  }
}

extension Column {
  /// One group for each distinct value, and one for gaps; nil if there are too many values.
  fileprivate var valueGroups: [Int]? {
    switch values {
    case .numeric(let numbers): groups(numbers)
    case .text(let texts): groups(texts)
    }
  }

  /// Rows with a value, and rows without; nil if there are not both.
  fileprivate var gapGroups: [Int]? {
    guard missingCount > 0, missingCount < count else { return nil }
    return switch values {
    case .numeric(let numbers): numbers.map { $0 == nil ? 1 : 0 }
    case .text(let texts): texts.map { $0 == nil ? 1 : 0 }
    }
  }

  private func groups<Value: Hashable>(_ cells: [Value?]) -> [Int]? {
    var numbers: [Value?: Int] = [:]
    var groups: [Int] = []
    groups.reserveCapacity(cells.count)
    for cell in cells {
      let number = numbers[cell] ?? numbers.count
      guard number < 1000 else { return nil }
      numbers[cell] = number
      groups.append(number)
    }
    return groups
  }
}
