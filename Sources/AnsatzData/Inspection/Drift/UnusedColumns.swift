/// Columns that came with the rows and have no part in the prediction: those that training did not
/// have, and those that had no value there.
public enum UnusedColumns: DriftCheck {
  public static let name = "unused-column"

  public static func findings(in rows: DriftSubject) -> [Finding] {
    let emptyThen = rows.training.columnSummaries.filter { $0.count == 0 }.map(\.name)
    let filledNow = emptyThen.filter { name in
      rows.table.column(named: name).map { $0.missingCount < $0.count } ?? false
    }
    return [
      (rows.unusedColumns, "not among the training data"),
      (filledNow, "empty in the training data"),
    ].compactMap { names, reason in
      guard !names.isEmpty else { return nil }
      return Finding(
        name, columns: names,
        "\(columnsText(names)) \(names.count == 1 ? "is" : "are") not used: \(reason)")
    }
  }
}
