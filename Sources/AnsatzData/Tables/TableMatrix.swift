import AnsatzMath

extension Table {
  /// The columns as one matrix of shape `[rows, columns]`.
  ///
  /// - Throws: `AnsatzError` naming a column with text or missing values and the step that helps.
  public func matrix() throws -> Tensor<Double> {
    let width = columns.count
    var elements = [Double](repeating: 0, count: rowCount * width)
    for (c, column) in columns.enumerated() {
      guard case .numeric(let numbers) = column.values else {
        throw AnsatzError(
          .badData,
          "\(source): column '\(column.name)' holds text; encode it first, by the step "
            + "'\(OneHot.name)'")
      }
      for (r, number) in numbers.enumerated() {
        guard let number else {
          throw AnsatzError(
            .badData,
            "\(source): column '\(column.name)' has missing values; fill them first, by the step "
              + "'\(Imputation.name)'")
        }
        elements[r * width + c] = number
      }
    }
    return Tensor(shape: [rowCount, width], elements: elements)
  }

  /// A table of the same rows with the columns of a row-major matrix.
  ///
  /// - Throws: `AnsatzError` naming the step if a number overflowed in it.
  func replacingColumns(by elements: [Double], names: [String], step: String) throws -> Table {
    guard elements.allSatisfy(\.isFinite) else { throw overflow(in: step) }
    let width = names.count
    return Table(
      trusted: names.enumerated().map { c, name in
        Column(name, numbers: (0..<rowCount).map { elements[$0 * width + c] })
      }, rowCount: rowCount, source: source)
  }
}
