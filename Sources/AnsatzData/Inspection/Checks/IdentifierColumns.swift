/// Columns that name or number the rows, and say nothing of a row that is new.
///
/// Whole numbers of which hardly two are equal are an identifier if they count the rows, rise or fall
/// from row to row, lie so close that measured ones would repeat, or are called so. Texts are if
/// hardly two are equal.
public enum IdentifierColumns: DataCheck {
  public static let name = "identifier"

  /// With fewer rows, values of a feature differ by chance.
  private static let leastRows = 10

  public static func findings(in dataset: Dataset) -> [Finding] {
    guard dataset.rowCount >= leastRows else { return [] }
    let areNamed = !CSVFile.areGenerated(dataset.features.columnNames)
    return dataset.features.columns.compactMap { column in
      guard let description = description(of: column) else { return nil }
      let isNameless = areNamed && CSVFile.areGenerated([column.name])
      return Finding(
        name, columns: [column.name],
        "column '\(abbreviated(column.name))'\(isNameless ? ", which has no name," : "") "
          + "\(description), and is used as a feature; \(dropOption(column.name)) leaves it out")
    }
  }

  private static func description(of column: Column) -> String? {
    switch column.values {
    case .text(let texts):
      let known = texts.compactMap { $0 }
      // Fewer than one in twenty repeats.
      guard known.count >= leastRows, 20 * Set(known).count > 19 * known.count else { return nil }
      return "has another text in nearly every row, as an identifier has"
    case .numeric:
      let values = column.knownNumbers
      // Beyond 2⁵³ not every whole number is a Double.
      guard values.count >= leastRows, values.count == column.count,
        values.allSatisfy({ $0.rounded() == $0 && $0.magnitude < 0x1p53 })
      else { return nil }
      return description(of: values, name: column.name)
    }
  }

  private static func description(of values: [Double], name: String) -> String? {
    let steps = zip(values.dropFirst(), values).map { $0 - $1 }
    if steps.allSatisfy({ $0 == 1 }) || steps.allSatisfy({ $0 == -1 }) { return "counts the rows" }
    if steps.allSatisfy({ $0 > 0 }) || steps.allSatisfy({ $0 < 0 }) {
      return "has another whole number in every row, in order, as an identifier has"
    }
    let count = Double(values.count)
    let repeats = count - Double(Set(values).count)
    guard repeats <= count / 100 else { return nil }
    // n numbers drawn evenly from a range R repeat about n²/2R times.
    let range = (values.max() ?? 0) - (values.min() ?? 0) + 1
    let expected = count * count / (2 * range)
    guard expected >= max(10, 10 * repeats) || isCalledIdentifier(name) else { return nil }
    return "has another whole number in nearly every row, as an identifier has"
  }

  /// Whether one of the words of a name, as in `customer_id` or `rowIndex`, says identifier.
  private static func isCalledIdentifier(_ name: String) -> Bool {
    let words = name.split { !$0.isLetter }.flatMap { part in
      part.reduce(into: [""]) { words, letter in
        if letter.isUppercase, words.last?.last?.isLowercase == true { words.append("") }
        words[words.count - 1].append(letter)
      }
    }
    let known: Set = ["id", "uid", "uuid", "guid", "key", "index", "idx", "nr"]
    return words.contains { known.contains($0.lowercased()) }
  }
}
