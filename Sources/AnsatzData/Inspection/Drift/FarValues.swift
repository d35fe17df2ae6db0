/// Numbers far outside the range of the training rows, of which a model knows nothing.
///
/// Far is further than half the range beyond its ends.
public enum FarValues: DriftCheck {
  public static let name = "far-values"

  public static func findings(in rows: DriftSubject) -> [Finding] {
    rows.training.columnSummaries.compactMap { summary in
      guard let low = summary.minimum, let high = summary.maximum,
        let column = rows.table.column(named: summary.name)
      else { return nil }
      let margin = (high - low) / 2
      let far = column.knownNumbers.filter { $0 < low - margin || $0 > high + margin }
      guard let least = far.min(), let most = far.max() else { return nil }
      let values =
        least == most
        ? shortNumber(least) : "from \(shortNumber(least)) to \(shortNumber(most))"
      return Finding(
        name, columns: [column.name],
        "column '\(abbreviated(column.name))': \(far.count) of \(rowsText(column.count)) "
          + "\(far.count == 1 ? "lies" : "lie") far outside what training saw "
          + "(\(shortNumber(low)) to \(shortNumber(high))): \(values)")
    }
  }
}
