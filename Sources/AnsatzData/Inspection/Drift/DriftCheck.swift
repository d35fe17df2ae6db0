/// One way in which rows can be unlike those that a model was trained on.
public protocol DriftCheck: Sendable {
  /// What findings call it.
  static var name: String { get }

  /// What is worth a line.
  static func findings(in rows: DriftSubject) -> [Finding]
}

/// Rows, beside what was learnt from the training rows.
public struct DriftSubject: Sendable {
  /// The columns that training had, in any order.
  public let table: Table
  /// Fitted to the training rows.
  public let training: Preprocessing
  /// Columns that came with the rows and are not used.
  public let unusedColumns: [String]

  /// Rows to compare with the training rows of a preparation.
  public init(_ table: Table, since training: Preprocessing, unusedColumns: [String] = []) {
    self.table = table
    self.training = training
    self.unusedColumns = unusedColumns
  }

  /// Rows of a file to compare with the training rows of a preparation.
  public init(_ rows: NewRows, since training: Preprocessing) {
    self.init(rows.features, since: training, unusedColumns: rows.unusedColumns)
  }

  /// What all checks find.
  public var findings: [Finding] { DriftChecks.all.flatMap { $0.findings(in: self) } }
}

/// Everything that is looked for in rows after training.
public enum DriftChecks {
  /// In the order of their lines.
  public static let all: [any DriftCheck.Type] = [
    UnseenCategories.self, FarValues.self, UnusedColumns.self,
  ]
}
