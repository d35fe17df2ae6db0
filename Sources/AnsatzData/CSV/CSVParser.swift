import AnsatzMath

/// Splits the bytes of a CSV file (RFC 4180, with any delimiter) into cells.
///
/// Lines end with LF, CRLF or CR; blank lines are skipped; spaces and tabs around a cell are
/// dropped unless they are quoted or delimit.
struct CSVParser {
  /// Where the cells are. Only the start of each is kept: a file of many short cells would else need
  /// many times its size.
  struct Output: Sendable {
    /// The first byte of each cell, after spaces, row by row; the quote if the cell is quoted.
    var starts: [UInt32] = []
    var columnCount = 0

    /// How many records there are, the header line included.
    var recordCount: Int { columnCount == 0 ? 0 : starts.count / columnCount }
  }

  /// More columns than this are a mistake, such as a file without line ends.
  static let largestColumnCount = 1_000_000

  private let bytes: UnsafeBufferPointer<UInt8>
  private let delimiter: CSVDelimiter
  private let source: String
  private var position: Int
  private var line = 1
  private var firstLine = 0
  private var output = Output()

  /// - Throws: `AnsatzError` naming file, line and cell at the first mistake; `CancellationError` if
  ///   `StopFlag` is raised.
  static func parse(
    _ bytes: UnsafeBufferPointer<UInt8>, delimiter: CSVDelimiter, source: String
  ) throws -> Output {
    try InputLimit.checkSize(bytes.count, source: source)
    var parser = CSVParser(
      bytes: bytes, delimiter: delimiter, source: source,
      position: bytes.starts(with: [0xef, 0xbb, 0xbf]) ? 3 : 0)
    // Growing by doubling would need up to three times as much.
    var cellBound = 1
    for byte in bytes where byte == delimiter.byte || byte == .lineFeed || byte == .carriageReturn {
      cellBound += 1
    }
    parser.output.starts.reserveCapacity(cellBound)
    try parser.parseRecords()
    return parser.output
  }

  private init(
    bytes: UnsafeBufferPointer<UInt8>, delimiter: CSVDelimiter, source: String, position: Int
  ) {
    self.bytes = bytes
    self.delimiter = delimiter
    self.source = source
    self.position = position
  }

  private mutating func parseRecords() throws {
    while position < bytes.count {
      if skipBlankLine() { continue }
      let startLine = line
      let firstCell = output.starts.count
      repeat { try parseCell(number: output.starts.count - firstCell + 1) } while takeDelimiter()
      takeLineEnd()
      let count = output.starts.count - firstCell
      if firstCell == 0 {
        output.columnCount = count
        firstLine = startLine
      } else if count != output.columnCount {
        throw raggedRow(count, startLine)
      }
    }
  }

  private func raggedRow(_ count: Int, _ startLine: Int) -> AnsatzError {
    let cells = output.columnCount == 1 ? "cell" : "cells"
    let hint =
      switch (delimiter, output.columnCount) {
      case (.comma, 1): "; if its commas are decimal commas, give --decimal ','"
      case (.comma, _): ""
      default: " (\(delimiter.name)s stand between its columns; --delimiter says otherwise)"
      }
    return AnsatzError(
      .badData,
      "\(source), line \(startLine): expected \(output.columnCount) \(cells), as on line "
        + "\(firstLine), but found \(count)\(hint)")
  }

  private mutating func parseCell(number: Int) throws {
    skipSpaces()
    output.starts.append(UInt32(position))
    if number > Self.largestColumnCount {
      throw AnsatzError(
        .badData,
        "\(source), line \(line): more than \(Self.largestColumnCount) cells on a line; is it a "
          + "table with \(delimiter.name)s between its columns?")
    }
    if output.starts.count & 0xffff == 0 { try StopFlag.check() }
    if position < bytes.count, bytes[position] == .quote {
      try parseQuotedCell(number: number)
    } else {
      try parsePlainCell(number: number)
    }
  }

  private mutating func parsePlainCell(number: Int) throws {
    while position < bytes.count {
      let byte = bytes[position]
      if isEnd(byte) { break }
      if byte == .quote {
        throw error(
          number,
          "a quote inside a cell that does not start with one; "
            + "quote the whole cell and double the quote")
      }
      position += 1
    }
  }

  private mutating func parseQuotedCell(number: Int) throws {
    let openingLine = line
    position += 1
    while true {
      guard position < bytes.count else {
        throw AnsatzError(
          .badData,
          "\(source), line \(openingLine), column \(number): the quote that opens here is never "
            + "closed")
      }
      let byte = bytes[position]
      if byte == .quote {
        guard position + 1 < bytes.count, bytes[position + 1] == .quote else { break }
        position += 2
      } else if byte == .lineFeed || byte == .carriageReturn {
        takeLineEnd()
      } else {
        position += 1
      }
    }
    position += 1
    skipSpaces()
    guard position == bytes.count || isEnd(bytes[position]) else {
      throw error(
        number, "text after the closing quote; a quote inside a quoted cell must be doubled")
    }
  }

  private func isEnd(_ byte: UInt8) -> Bool {
    byte == delimiter.byte || byte == .lineFeed || byte == .carriageReturn
  }

  private mutating func skipSpaces() {
    while position < bytes.count, bytes[position].isSpace(beside: delimiter) { position += 1 }
  }

  /// Consumes the line if nothing but spaces and tabs is left on it.
  private mutating func skipBlankLine() -> Bool {
    let start = position
    skipSpaces()
    if position == bytes.count { return true }
    if takeLineEnd() { return true }
    position = start
    return false
  }

  private mutating func takeDelimiter() -> Bool {
    guard position < bytes.count, bytes[position] == delimiter.byte else { return false }
    position += 1
    return true
  }

  @discardableResult
  private mutating func takeLineEnd() -> Bool {
    guard position < bytes.count else { return false }
    switch bytes[position] {
    case .lineFeed: position += 1
    case .carriageReturn:
      position += 1
      if position < bytes.count, bytes[position] == .lineFeed { position += 1 }
    default: return false
    }
    line += 1
    return true
  }

  private func error(_ number: Int, _ problem: String) -> AnsatzError {
    AnsatzError(.badData, "\(source), line \(line), column \(number): \(problem)")
  }
}

extension UInt8 {
  static let quote = UInt8(ascii: "\"")
  static let lineFeed = UInt8(ascii: "\n")
  static let carriageReturn = UInt8(ascii: "\r")

  /// Whether it is dropped around a cell.
  func isSpace(beside delimiter: CSVDelimiter) -> Bool {
    self == UInt8(ascii: " ") || self == UInt8(ascii: "\t") && delimiter != .tab
  }
}
