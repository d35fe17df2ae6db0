import AnsatzMath

// The steps on numbers leave texts and encoded categories as they are, so that a category stays 0 or
// 1 in whatever order the steps are taken.
extension Column {
  /// Whether it holds numbers of its own, and no encoded category.
  var isMeasured: Bool { kind == .numeric && encodedFrom == nil }

  /// The cells with a value; empty for text.
  var knownNumbers: [Double] {
    guard case .numeric(let numbers) = values else { return [] }
    return numbers.compactMap { $0 }
  }
}

extension Table {
  /// The columns at some positions, as a table.
  func selecting(_ positions: [Int]) -> Table {
    Table(trusted: positions.map { columns[$0] }, rowCount: rowCount, source: source)
  }

  /// These columns, and those of another table of the same rows behind them.
  func followed(by other: Table) -> Table {
    Table(trusted: columns + other.columns, rowCount: rowCount, source: source)
  }

  /// The table with every number of some columns mapped; gaps stay.
  ///
  /// - Parameter maps: One per column; nil leaves the column as it is.
  /// - Throws: `AnsatzError` naming the step if a column to map holds text, or a number overflows.
  func mapping(_ maps: [((Double) -> Double)?], step: String) throws -> Table {
    let mapped = try zip(columns, maps).map { column, map in
      guard let map else { return column }
      guard case .numeric(let numbers) = column.values else {
        throw AnsatzError(
          .badData, "\(source): column '\(column.name)' changed between numbers and text")
      }
      let result = numbers.map { $0.map(map) }
      guard result.allSatisfy({ $0?.isFinite ?? true }) else { throw overflow(in: step) }
      return Column(column.name, .numeric(result), encodedFrom: column.encodedFrom)
    }
    return Table(trusted: mapped, rowCount: rowCount, source: source)
  }

  /// The error of a step whose numbers went beyond all bounds.
  func overflow(in step: String) -> AnsatzError {
    AnsatzError(
      .badData,
      "\(source): '\(step)' gives values that are not finite; scale the features down")
  }
}
