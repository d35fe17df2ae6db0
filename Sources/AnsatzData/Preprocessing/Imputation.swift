import AnsatzMath

/// Fills missing values with what the training rows hold in that column.
///
/// Numbers take the mean, the median or the most frequent value; texts always take the most
/// frequent one. Among equally frequent values the smallest wins. A category that is encoded already
/// is filled as its text would be. A column without any value on the training rows is left out.
public struct Imputation: PreprocessingStep {
  public static let name = "impute"
  public static let summary = "fill missing values with the mean, median or most frequent value"
  public static let usage = "impute, impute:median or impute:most-frequent"

  /// What a gap is filled with.
  public enum Strategy: String, Codable, CaseIterable, Sendable {
    /// The mean of the column; of a text column, its most frequent value.
    case mean
    /// The median of the column; of a text column, its most frequent value.
    case median
    /// The most frequent value of the column.
    case mostFrequent = "most-frequent"
  }

  /// What fills one column.
  public enum Fill: Codable, Equatable, Sendable {
    /// For a column of numbers.
    case number(Double)
    /// For a column of texts.
    case text(String)

    public init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if let number = try? container.decode(Double.self) {
        self = .number(number)
      } else {
        self = .text(try container.decode(String.self))
      }
    }

    public func encode(to encoder: any Encoder) throws {
      var container = encoder.singleValueContainer()
      switch self {
      case .number(let number): try container.encode(number)
      case .text(let text): try container.encode(text)
      }
    }
  }

  /// What gaps are filled with.
  public let strategy: Strategy
  /// One per column, after `fit`; nil for a column without a value, which is left out.
  public private(set) var fills: [Fill?]?

  /// Not yet fitted.
  public init(_ strategy: Strategy = .mean) {
    self.strategy = strategy
  }

  public init(argument: String?) throws {
    guard let strategy = Strategy(rawValue: argument ?? Strategy.mean.rawValue) else {
      throw Self.refuse(argument: argument ?? "")
    }
    self.init(strategy)
  }

  public mutating func fit(_ table: Table) throws {
    let frequent = mostFrequentCategories(of: table)
    fills = table.columns.map { column in
      switch column.values {
      case .numeric where column.encodedFrom != nil:
        .number(frequent.contains(column.name) ? 1 : 0)
      case .numeric: number(for: column.knownNumbers).map { .number($0) }
      case .text(let texts): mostFrequent(texts.compactMap { $0 }).map { .text($0) }
      }
    }
  }

  /// Of the columns that were made of the same text column, the name of the one with most ones.
  private func mostFrequentCategories(of table: Table) -> Set<String> {
    var best: [String: (name: String, count: Double)] = [:]
    for column in table.columns {
      guard let origin = column.encodedFrom else { continue }
      let count = column.knownNumbers.reduce(0, +)
      if count > best[origin]?.count ?? -1 { best[origin] = (column.name, count) }
    }
    return Set(best.values.map(\.name))
  }

  public func transform(_ table: Table) throws -> Table {
    try requireFit(fills?.count, to: table)
    let columns = try zip(table.columns, fills ?? []).compactMap { column, fill -> Column? in
      switch (column.values, fill) {
      case (_, nil): return nil
      case (.numeric(let numbers), .number(let number)):
        guard column.missingCount > 0 else { return column }
        return Column(
          column.name, .numeric(numbers.map { $0 ?? number }), encodedFrom: column.encodedFrom)
      case (.text(let texts), .text(let text)):
        return Column(column.name, .text(texts.map { $0 ?? text }))
      default:
        throw AnsatzError(
          .badData,
          "\(table.source): column '\(column.name)' changed between numbers and text")
      }
    }
    return Table(trusted: columns, rowCount: table.rowCount, source: table.source)
  }

  private func number(for values: [Double]) -> Double? {
    guard !values.isEmpty else { return nil }
    switch strategy {
    case .mean: return mean(of: values)
    case .mostFrequent: return mostFrequent(values)
    case .median:
      let sorted = values.sorted()
      let middle = sorted.count / 2
      return sorted.count % 2 == 1
        ? sorted[middle] : sorted[middle - 1] / 2 + sorted[middle] / 2
    }
  }
}

/// The most frequent value, the smallest among equals; nil of nothing.
private func mostFrequent<Value: Comparable>(_ values: [Value]) -> Value? {
  var best: (value: Value, count: Int)?
  var run: (value: Value, count: Int)?
  for value in values.sorted() {
    let count = run?.value == value ? (run?.count ?? 0) + 1 : 1
    run = (value, count)
    if count > best?.count ?? 0 { best = run }
  }
  return best?.value
}

/// The arithmetic mean, summed as parts of the count so that large values do not overflow.
func mean(of values: [Double]) -> Double {
  let total = values.reduce(0, +)
  if total.isFinite { return total / Double(values.count) }
  return values.reduce(0) { $0 + $1 / Double(values.count) }
}
