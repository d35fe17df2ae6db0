import AnsatzData

/// Categories of test rows that the training rows of the fold lack, counted over all folds.
///
/// They are read as none of the known ones, in every fold alike for all contenders.
enum HeldOutCategories {
  static let name = UnseenCategories.name

  /// - Parameter splitCount: How many folds to look at, counted over all repeats.
  static func findings(
    in dataset: Dataset, validation: CrossValidation, splitCount: Int
  ) throws -> [Finding] {
    try dataset.features.columns.compactMap { column in
      guard case .text(let texts) = column.values else { return nil }
      var source = SplitSource(
        validation, labels: dataset.labels, classNames: dataset.classNames)
      let totals = Dictionary(texts.compactMap { $0 }.map { ($0, 1) }, uniquingKeysWith: +)
      var (foldCount, rowCount) = (0, 0)
      while let (split, test) = try source.next(), split < splitCount {
        // A category is unknown to the training rows if the fold holds all of its rows.
        let here = Dictionary(test.compactMap { texts[$0] }.map { ($0, 1) }, uniquingKeysWith: +)
        let unseen = here.filter { totals[$0.key] == $0.value }.values.reduce(0, +)
        foldCount += unseen > 0 ? 1 : 0
        rowCount += unseen
      }
      guard rowCount > 0 else { return nil }
      let (rows, hold) = rowCount == 1 ? ("1 test row", "holds") : ("\(rowCount) test rows", "hold")
      return Finding(
        name, columns: [column.name],
        "column '\(column.name)': in \(foldCount) of \(splitCount) folds, \(rows) \(hold) a "
          + "category that the fold's training rows lack, read as none of the known ones")
    }
  }
}
