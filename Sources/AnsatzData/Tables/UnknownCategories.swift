import AnsatzMath

/// What becomes of rows with a category that training did not see.
public enum UnknownCategories: String, CaseIterable, Sendable {
  /// They are refused.
  case error
  /// They are read as none of the known categories: 0 in each of their columns.
  case ignore

  /// The treatment of a name.
  ///
  /// - Throws: `AnsatzError` that lists the names.
  public static func named(_ name: String) throws -> UnknownCategories {
    if let choice = UnknownCategories(rawValue: name) { return choice }
    throw AnsatzError(
      .usage,
      "unknown treatment of unknown categories '\(name)'; "
        + didYouMean(name, in: allCases.map(\.rawValue)))
  }
}

extension Table {
  /// The distinct texts of each text column, ascending, by the column's name.
  public var categories: [String: [String]] {
    var categories: [String: [String]] = [:]
    for column in columns {
      guard case .text(let texts) = column.values else { continue }
      categories[column.name] = Set(texts.compactMap { $0 }).sorted()
    }
    return categories
  }
}

extension NewRows {
  /// Refuses a category that is none of the known ones; gaps pass, as they are filled.
  ///
  /// - Parameter known: Categories by text column, as `Preprocessing.knownCategories` gives them.
  /// - Throws: `AnsatzError` naming line, column and text of the first such cell, with its near miss.
  public func requireKnownCategories(_ known: [String: [String]]) throws {
    let first = zip(features.columns, positions)
      .compactMap { column, position in
        column.firstRow(outside: known[column.name]).map { (row: $0, column, position) }
      }.min { $0.row < $1.row }
    guard let (row, column, position) = first, case .text(let texts) = column.values else { return }
    let (text, categories) = (texts[row] ?? "", known[column.name] ?? [])
    let allowed =
      nearestMatch(to: text, in: categories).map { "did you mean '\(abbreviated($0))'?" }
      ?? "training had \(quotedList(categories, limit: 8));"
    throw AnsatzError(
      .badData,
      "\(file.place(row: row, column: position)): the category '\(abbreviated(text))' was not in "
        + "the training data; \(allowed) --unknown-categories \(UnknownCategories.ignore.rawValue) "
        + "reads it as none of the known ones")
  }

  /// The columns of the file that are neither features nor the label, if columns have names.
  public var unusedColumns: [String] {
    guard file.hasHeader else { return [] }
    let used = Set(positions)
    return file.columnNames.enumerated()
      .filter { !used.contains($0.offset) && $0.offset != labelIndex }.map(\.element)
  }
}

extension Column {
  /// The rows with a text that is none of the known ones; none if nothing is known of the column.
  func rows(outside known: [String]?) -> [Int] {
    guard case .text(let texts) = values, let known = known.map(Set.init) else { return [] }
    return texts.indices.filter { row in texts[row].map { !known.contains($0) } ?? false }
  }

  func firstRow(outside known: [String]?) -> Int? { rows(outside: known).first }
}
