import AnsatzMath

/// Turns each text column into one column of 0 and 1 per category; numbers pass unchanged.
///
/// Categories are those of the training rows, in ascending order. A category that was not among
/// them becomes all zeros: it is like none of the known ones. A gap becomes a gap in every column.
public struct OneHot: PreprocessingStep {
  public static let name = "one-hot"
  public static let summary = "turn each category of a text column into a column of 0 and 1"
  public static let usage = "one-hot"

  /// The categories of each column, after `fit`; nil for a numeric column.
  public private(set) var categories: [[String]?]?

  /// Not yet fitted.
  public init() {}

  public init(argument: String?) throws {
    if let argument { throw Self.refuse(argument: argument) }
  }

  public mutating func fit(_ table: Table) throws {
    categories = table.columns.map { column in
      guard case .text(let texts) = column.values else { return nil }
      return Set(texts.compactMap { $0 }).sorted()
    }
  }

  public func transform(_ table: Table) throws -> Table {
    try requireFit(categories?.count, to: table)
    var columns: [Column] = []
    for (column, categories) in zip(table.columns, categories ?? []) {
      switch (column.values, categories) {
      case (.numeric, nil): columns.append(column)
      case (.text(let texts), let categories?):
        columns += categories.map { category in
          Column(
            "\(column.name)=\(category)",
            .numeric(texts.map { text in text.map { $0 == category ? 1 : 0 } }),
            encodedFrom: column.name)
        }
      default:
        throw AnsatzError(
          .badData,
          "\(table.source): column '\(column.name)' changed between numbers and text")
      }
    }
    return try Table(columns: columns, source: table.source)
  }
}
