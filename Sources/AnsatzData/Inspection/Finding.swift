import Foundation

/// Something about data that a user should know before believing a result.
public struct Finding: Codable, Equatable, Sendable {
  /// The name of the check that found it.
  public let check: String
  /// The columns it is about.
  public let columns: [String]
  /// One line: what it is, where, and what can be done.
  public let message: String

  /// A finding of a check about some columns, in one line.
  public init(_ check: String, columns: [String] = [], _ message: String) {
    self.check = check
    self.columns = columns
    self.message = message
  }

  /// The same, said of some data: `test.csv: column 'a' …`.
  public func said(of data: String) -> Finding {
    Finding(check, columns: columns, "\(data): \(message)")
  }
}

// How findings speak of columns, texts, rows and numbers.

/// `'a'`, `'a' and 'b'`, `'a', 'b' and 5 more`.
func quotedList(_ texts: [String], limit: Int = 3) -> String {
  let shown = texts.prefix(texts.count <= limit ? limit : limit - 1)
    .map { "'\(abbreviated($0))'" }
  let rest = texts.count - shown.count
  let parts = rest > 0 ? shown + ["\(rest) more"] : shown
  guard parts.count > 1 else { return parts.first ?? "none" }
  return parts.dropLast().joined(separator: ", ") + " and " + (parts.last ?? "")
}

/// `column 'a'`, `columns 'a' and 'b'`.
func columnsText(_ names: [String]) -> String {
  "\(names.count == 1 ? "column" : "columns") \(quotedList(names, limit: 5))"
}

/// `1 row`, `2 rows`.
func rowsText(_ count: Int) -> String { "\(count) \(count == 1 ? "row" : "rows")" }

/// Six digits at most, without an empty fraction.
func shortNumber(_ value: Double) -> String { String(format: "%.6g", value) }

/// How a command line leaves a column out: `--drop id`.
func dropOption(_ column: String) -> String {
  let isPlain = column.unicodeScalars.allSatisfy {
    $0.properties.isAlphabetic || ("0"..."9").contains($0) || $0 == "_" || $0 == "." || $0 == "-"
  }
  let line = String(column.map { $0.isNewline ? " " : $0 })
  return "--drop "
    + (isPlain && !column.isEmpty ? column : "'" + line.replacing("'", with: "'\\''") + "'")
}
