import AnsatzMath
import Foundation

/// Whether the first line of a CSV file names the columns.
public enum CSVHeader: Sendable {
  /// It does if it holds no number, or holds a name that the caller expects.
  ///
  /// A file of text alone is therefore read with a header, unless its first line repeats a cell.
  case detected
  /// The first line holds the names of the columns.
  case present
  /// The first line is a row.
  case absent
}

/// The cells of a CSV file (RFC 4180), with the names of its columns.
///
/// Columns are separated by commas, semicolons, tabs or bars, and fractions begin with a point or a
/// comma; the head of the file tells which, and marks between thousands are read where that leaves no
/// doubt.
///
/// Without a header line the columns are called `column1`, `column2` and so on. Text is UTF-8, with
/// or without a byte order mark. Empty cells, `NA`, `N/A`, `NaN`, `null` (in any case) and `?` are
/// missing values.
public struct CSVFile: Sendable {
  /// The file's name in messages.
  public let source: String
  /// From the header, or made up if there is none.
  public let columnNames: [String]
  /// Whether the names come from the file.
  public let hasHeader: Bool
  /// The number of records, without the header.
  public let rowCount: Int

  /// Whether numbers of its head have marks between thousands.
  public let hasGroupedNumbers: Bool

  private let reader: CSVReader
  private let firstRecord: Int

  /// Reads a file.
  ///
  /// - Parameters:
  ///   - header: Whether the first line names the columns.
  ///   - expectedNames: Names the caller will look for; a first line that holds one is a header.
  ///   - format: What is known of the delimiter and the decimal mark.
  /// - Throws: `AnsatzError` if the file cannot be read, is empty, is not UTF-8, is too large for the
  ///   memory that is free, can be read in two ways, or breaks the rules of RFC 4180; the message
  ///   names file, line and column. `CancellationError` if `StopFlag` is raised.
  public init(
    path: String, header: CSVHeader = .detected, expecting expectedNames: [String] = [],
    format: CSVFormat = CSVFormat()
  ) throws {
    var isDirectory: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) else {
      throw AnsatzError(.missingInput, "\(path): no such file")
    }
    guard !isDirectory.boolValue else {
      throw AnsatzError(.missingInput, "\(path) is a folder; name a CSV file in it")
    }
    try self.init(
      terminated: CSVText.read(path), source: path, header: header, expecting: expectedNames,
      format: format)
  }

  /// Reads CSV text from memory; `source` is its name in messages.
  public init(
    bytes: [UInt8], source: String, header: CSVHeader = .detected,
    expecting expectedNames: [String] = [], format: CSVFormat = CSVFormat()
  ) throws {
    try self.init(
      terminated: bytes + [0], source: source, header: header, expecting: expectedNames,
      format: format)
  }

  /// Reads text with one zero byte after it.
  private init(
    terminated bytes: [UInt8], source: String, header: CSVHeader, expecting expectedNames: [String],
    format: CSVFormat
  ) throws {
    self.source = source
    let (delimiter, parsed) = try bytes.withUnsafeBufferPointer { buffer in
      let text = UnsafeBufferPointer(rebasing: buffer.dropLast())
      try CSVText.checkUTF8(text, source: source)
      let delimiter = try DelimiterEvidence.delimiter(
        of: text, format: format, expecting: expectedNames, source: source)
      return (delimiter, try CSVParser.parse(text, delimiter: delimiter, source: source))
    }
    guard parsed.recordCount > 0 else {
      throw AnsatzError(.badData, "\(source) is empty; it needs a header line and rows of data")
    }
    try InputLimit.checkCells(parsed.starts.count, source: source)
    var reader = CSVReader(
      bytes: bytes, parsed: parsed, dialect: CSVDialect(delimiter: delimiter))
    (reader.dialect.decimalMark, hasGroupedNumbers) = try DecimalEvidence(
      reader, ignoring: format.ignoredColumns, source: source
    ).mark(format)
    self.reader = reader
    hasHeader = reader.isHeader(header, expecting: expectedNames)
    columnNames = try reader.columnNames(hasHeader: hasHeader, source: source)
    firstRecord = hasHeader ? 1 : 0
    rowCount = parsed.recordCount - firstRecord
    guard rowCount > 0 else {
      throw AnsatzError(.badData, "\(source) has a header line but no rows of data below it")
    }
  }

  /// How the file is written.
  public var dialect: CSVDialect { reader.dialect }

  /// How many cells a row has.
  public var columnCount: Int { columnNames.count }

  /// Whether the names are those given to a file without a header line.
  static func areGenerated(_ names: [String]) -> Bool {
    !names.isEmpty
      && names.allSatisfy { $0.hasPrefix("column") && Int($0.dropFirst("column".count)) != nil }
  }

  /// The cell's text, or nil for a missing value.
  public func text(row: Int, column: Int) -> String? {
    reader.presentText(row + firstRecord, column)
  }

  /// `file, line 3, column 2 ('width')`, for messages.
  public func place(row: Int, column: Int) -> String {
    let name = hasHeader ? " ('\(columnNames[column])')" : ""
    return "\(source), line \(reader.line(row + firstRecord, column)), column \(column + 1)\(name)"
  }

  /// The values of one column, one per row.
  func values(column: Int) -> [CSVValue] {
    reader.values(column: column, from: firstRecord)
  }

  /// The texts of one column, one per row, nil where missing.
  func texts(column: Int) -> [String?] {
    // Equal texts share their storage.
    var known: [String: String] = [:]
    return (0..<rowCount).map { row in
      guard let text = text(row: row, column: column) else { return nil }
      guard text.utf8.count > 15 else { return text }
      if let shared = known[text] { return shared }
      known[text] = text
      return text
    }
  }

  /// Whether the cell is a number, but in the notation of the other decimal mark.
  func isForeignNumber(row: Int, column: Int) -> Bool {
    let mark = dialect.decimalMark
    return reader.withCell(row + firstRecord, column) { cell, _ in
      CSVNumber(cell, mark) == nil && cell.contains(mark.other.byte)
        && CSVNumber(cell, mark.other) != nil
    }
  }
}
