/// Columns with the same value in every row, from which nothing can be learnt.
public enum ConstantColumns: DataCheck {
  public static let name = "constant"

  public static func findings(in dataset: Dataset) -> [Finding] {
    guard dataset.rowCount > 1 else { return [] }
    let names = dataset.features.columns.filter { $0.isConstant }.map(\.name)
    guard !names.isEmpty else { return [] }
    let (verb, mend) = names.count == 1 ? ("has", dropOption(names[0])) : ("have", "--drop")
    return [
      Finding(
        name, columns: names,
        "\(columnsText(names)) \(verb) the same value in every row, so nothing can be learnt from "
          + "\(names.count == 1 ? "it" : "them"); \(mend) leaves \(names.count == 1 ? "it" : "them") "
          + "out")
    ]
  }
}

extension Column {
  fileprivate var isConstant: Bool {
    guard missingCount == 0 else { return false }
    return switch values {
    case .numeric(let numbers): numbers.allSatisfy { $0 == numbers[0] }
    case .text(let texts): texts.allSatisfy { $0 == texts[0] }
    }
  }
}
