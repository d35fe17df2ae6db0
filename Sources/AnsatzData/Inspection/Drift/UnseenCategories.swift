/// Categories that training did not see, which are read as none of the known ones.
public enum UnseenCategories: DriftCheck {
  public static let name = "unknown-category"

  public static func findings(in rows: DriftSubject) -> [Finding] {
    let known = rows.training.knownCategories
    return rows.table.columns.compactMap { column in
      guard case .text(let texts) = column.values else { return nil }
      let unseen = column.rows(outside: known[column.name])
      guard !unseen.isEmpty else { return nil }
      var seen: Set<String> = []
      let distinct = unseen.compactMap { texts[$0] }.filter { seen.insert($0).inserted }
      return Finding(
        name, columns: [column.name],
        "column '\(abbreviated(column.name))': \(unseen.count) of \(rowsText(column.count)) "
          + "\(unseen.count == 1 ? "holds" : "hold") a category that training did not see "
          + "(\(quotedList(distinct))), read as none of the known ones")
    }
  }
}
