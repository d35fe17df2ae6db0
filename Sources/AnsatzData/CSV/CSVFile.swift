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

  /// The file with one zero byte at the end, so that the last cell has a byte after it.
  private let bytes: [UInt8]
  private let parsed: CSVParser.Output
  private let firstRecord: Int

  /// Reads a file.
  ///
  /// - Parameters:
  ///   - header: Whether the first line names the columns.
  ///   - expectedNames: Names the caller will look for; a first line that holds one is a header.
  /// - Throws: `AnsatzError` if the file cannot be read, is empty, is not UTF-8, or breaks the rules
  ///   of RFC 4180; the message names file, line and column.
  public init(
    path: String, header: CSVHeader = .detected, expecting expectedNames: [String] = []
  ) throws {
    var isDirectory: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) else {
      throw AnsatzError(.missingInput, "\(path): no such file")
    }
    guard !isDirectory.boolValue else {
      throw AnsatzError(.missingInput, "\(path) is a folder; name a CSV file in it")
    }
    guard let handle = FileHandle(forReadingAtPath: path) else {
      throw AnsatzError(.missingInput, "\(path) cannot be read; check its permissions")
    }
    defer { try? handle.close() }
    try self.init(
      bytes: readText(handle, source: path), source: path, header: header, expecting: expectedNames)
  }

  /// Reads CSV text from memory; `source` is its name in messages.
  public init(
    bytes: [UInt8], source: String, header: CSVHeader = .detected,
    expecting expectedNames: [String] = []
  ) throws {
    try checkUTF8(bytes, source: source)
    self.source = source
    self.bytes = bytes + [0]
    parsed = try CSVParser.parse(bytes, source: source)
    guard !parsed.lines.isEmpty else {
      throw AnsatzError(.badData, "\(source) is empty; it needs a header line and rows of data")
    }
    let reader = CSVReader(bytes: self.bytes, parsed: parsed)
    hasHeader = reader.isHeader(header, expecting: expectedNames)
    columnNames = try reader.columnNames(hasHeader: hasHeader, source: source)
    firstRecord = hasHeader ? 1 : 0
    rowCount = parsed.lines.count - firstRecord
    guard rowCount > 0 else {
      throw AnsatzError(.badData, "\(source) has a header line but no rows of data below it")
    }
  }

  /// How many cells a row has.
  public var columnCount: Int { columnNames.count }

  /// Whether the names are those given to a file without a header line.
  static func areGenerated(_ names: [String]) -> Bool {
    !names.isEmpty
      && names.allSatisfy { $0.hasPrefix("column") && Int($0.dropFirst("column".count)) != nil }
  }

  /// The cell's text, or nil for a missing value.
  public func text(row: Int, column: Int) -> String? {
    let reader = CSVReader(bytes: bytes, parsed: parsed)
    let record = row + firstRecord
    return reader.value(record, column) == .missing ? nil : reader.text(record, column)
  }

  /// `file, line 3, column 2 ('width')`, for messages.
  public func place(row: Int, column: Int) -> String {
    let record = row + firstRecord
    let cell = parsed.cells[record * columnCount + column]
    let first = parsed.cells[record * columnCount]
    let newlines = CSVReader.lineEnds(in: bytes[Int(first.start)..<Int(cell.start)])
    let name = hasHeader ? " ('\(columnNames[column])')" : ""
    return "\(source), line \(parsed.lines[record] + newlines), column \(column + 1)\(name)"
  }

  /// The values of one column, one per row.
  func values(column: Int) -> [CSVValue] {
    let reader = CSVReader(bytes: bytes, parsed: parsed)
    return reader.values(column: column, from: firstRecord)
  }

  /// The texts of one column, one per row, nil where missing.
  func texts(column: Int) -> [String?] {
    (0..<rowCount).map { text(row: $0, column: column) }
  }
}

/// Reads a file block by block, so that a device without an end, such as `/dev/zero`, is refused
/// after its first block.
///
/// - Throws: `AnsatzError` if it cannot be read, holds a zero byte or is too large.
private func readText(_ handle: FileHandle, source: String) throws -> [UInt8] {
  var bytes: [UInt8] = []
  while true {
    let block: Data?
    do { block = try handle.read(upToCount: 1 << 20) } catch {
      throw AnsatzError(.inputOutput, "\(source) cannot be read: \(error.localizedDescription)")
    }
    guard let block, !block.isEmpty else { return bytes }
    guard !block.withUnsafeBytes({ $0.contains(0) }) else {
      throw AnsatzError(
        .badData, "\(source) is not text: it holds zero bytes; save it as UTF-8 CSV")
    }
    bytes += block
    try CSVParser.checkSize(bytes.count, source: source)
  }
}

/// - Throws: `AnsatzError` naming the first line with bytes that are not UTF-8.
private func checkUTF8(_ bytes: [UInt8], source: String) throws {
  guard String(validating: bytes, as: UTF8.self) == nil else { return }
  var iterator = bytes.makeIterator()
  var parser = Unicode.UTF8.ForwardParser()
  var validBytes = 0
  while case .valid(let scalar) = parser.parseScalar(from: &iterator) {
    validBytes += scalar.count
  }
  let line = CSVReader.lineEnds(in: bytes[..<validBytes]) + 1
  throw AnsatzError(
    .badData, "\(source), line \(line): the text is not UTF-8; save the file as UTF-8 CSV")
}
