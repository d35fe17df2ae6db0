/// One thing to look for in data before a model is trained on them.
public protocol DataCheck: Sendable {
  /// What findings call it.
  static var name: String { get }

  /// What is worth a line, in the order of the columns.
  static func findings(in dataset: Dataset) -> [Finding]
}

/// Everything that is looked for before training.
public enum DataChecks {
  /// In the order of their lines.
  public static let all: [any DataCheck.Type] = [
    IdentifierColumns.self, TellingColumns.self, SmallClasses.self, ConstantColumns.self,
    EmptyColumns.self,
  ]

  /// The lines that one check may take.
  static let lineLimit = 5

  /// What all checks find; of many lines of one check, the last counts the columns without one.
  public static func findings(in dataset: Dataset) -> [Finding] {
    all.flatMap { check -> [Finding] in
      let found = check.findings(in: dataset)
      guard found.count > lineLimit else { return found }
      let rest = found[(lineLimit - 1)...].flatMap(\.columns)
      return found.prefix(lineLimit - 1) + [
        Finding(check.name, columns: rest, "the same holds for the \(columnsText(rest))")
      ]
    }
  }
}
