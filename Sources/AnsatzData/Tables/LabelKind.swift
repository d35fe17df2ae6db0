import AnsatzMath

/// What a column of labels holds.
enum LabelKind: Equatable {
  /// Classes.
  case classes
  /// Numbers of which there are too many to be classes: a measured quantity, a count, a row number.
  case quantity(distinct: Int, areWhole: Bool)

  /// Judges the distinct labels of a number of rows.
  ///
  /// Fractions are classes while they are few and come back, as the levels of a scale do; whole
  /// numbers are often the names of classes and may be more.
  init(_ keys: [ClassKey], rows: Int) {
    self = .classes
    let numbers = keys.compactMap(\.number)
    guard numbers.count == keys.count else { return }
    let areWhole = numbers.allSatisfy { $0 == $0.rounded() }
    let limit = areWhole ? max(20, rows / 2) : min(20, max(4, rows / 4))
    if numbers.count > limit { self = .quantity(distinct: numbers.count, areWhole: areWhole) }
  }

  /// - Throws: `AnsatzError` unless the labels are classes.
  func requireClasses(source: String, column: String, rows: Int) throws {
    guard case .quantity(let distinct, let areWhole) = self else { return }
    throw AnsatzError(
      .badData,
      "\(source): the label column '\(abbreviated(column))' holds \(distinct) distinct "
        + "\(areWhole ? "whole " : "")numbers in \(rows) rows: a measured quantity, not classes; Ansatz "
        + "classifies, so name another column, or replace the numbers by ranges such as low and high"
    )
  }
}
