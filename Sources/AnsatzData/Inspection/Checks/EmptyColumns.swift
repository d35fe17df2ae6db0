/// Columns without any value, which preparation leaves out.
public enum EmptyColumns: DataCheck {
  public static let name = "empty"

  public static func findings(in dataset: Dataset) -> [Finding] {
    let names = dataset.features.columns
      .filter { $0.count > 0 && $0.missingCount == $0.count }.map(\.name)
    guard !names.isEmpty else { return [] }
    let verb = names.count == 1 ? "has no value and is" : "have no value and are"
    return [Finding(name, columns: names, "\(columnsText(names)) \(verb) left out")]
  }
}
