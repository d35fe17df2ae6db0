import AnsatzMath

/// Splits the bytes of a CSV file (RFC 4180) into cells.
///
/// Lines end with LF, CRLF or CR; blank lines are skipped; spaces and tabs around a cell are
/// dropped unless they are quoted.
struct CSVParser {
  /// One cell: its bytes without quotes and surrounding spaces.
  struct Cell: Equatable, Sendable {
    var start: UInt32
    var end: UInt32
    /// Whether the bytes hold doubled quotes that stand for one.
    var hasDoubledQuotes: Bool
  }

  struct Output: Sendable {
    /// Row-major.
    var cells: [Cell] = []
    /// The line on which each record starts, counted from 1.
    var lines: [Int] = []
    var columnCount = 0
  }

  private let bytes: UnsafeBufferPointer<UInt8>
  private let source: String
  private var position: Int
  private var line = 1
  private var output = Output()

  /// - Throws: `AnsatzError` naming file, line and cell at the first mistake.
  static func parse(_ bytes: [UInt8], source: String) throws -> Output {
    try checkSize(bytes.count, source: source)
    return try bytes.withUnsafeBufferPointer { buffer in
      let hasByteOrderMark = buffer.starts(with: [0xef, 0xbb, 0xbf])
      var parser = CSVParser(
        bytes: buffer, source: source, position: hasByteOrderMark ? 3 : 0)
      try parser.parseRecords()
      return parser.output
    }
  }

  /// - Throws: `AnsatzError` if positions in the text do not fit into a cell.
  static func checkSize(_ count: Int, source: String) throws {
    guard count < UInt32.max else {
      throw AnsatzError(.badData, "\(source) is larger than 4 GB; split it")
    }
  }

  private init(bytes: UnsafeBufferPointer<UInt8>, source: String, position: Int) {
    self.bytes = bytes
    self.source = source
    self.position = position
  }

  private mutating func parseRecords() throws {
    while position < bytes.count {
      if skipBlankLine() { continue }
      let startLine = line
      let firstCell = output.cells.count
      repeat { try parseCell(number: output.cells.count - firstCell + 1) } while takeComma()
      takeLineEnd()
      let count = output.cells.count - firstCell
      if output.lines.isEmpty {
        output.columnCount = count
      } else if count != output.columnCount {
        throw AnsatzError(
          .badData,
          "\(source), line \(startLine): expected \(output.columnCount) cells, as on line "
            + "\(output.lines[0]), but found \(count)")
      }
      output.lines.append(startLine)
    }
  }

  private mutating func parseCell(number: Int) throws {
    skipSpaces()
    if position < bytes.count, bytes[position] == .quote {
      try parseQuotedCell(number: number)
    } else {
      try parsePlainCell(number: number)
    }
  }

  private mutating func parsePlainCell(number: Int) throws {
    let start = position
    while position < bytes.count {
      let byte = bytes[position]
      if byte == .comma || byte == .lineFeed || byte == .carriageReturn { break }
      if byte == .quote {
        throw error(
          number,
          "a quote inside a cell that does not start with one; "
            + "quote the whole cell and double the quote")
      }
      position += 1
    }
    var end = position
    while end > start, bytes[end - 1] == .space || bytes[end - 1] == .tab { end -= 1 }
    append(start, end, hasDoubledQuotes: false)
  }

  private mutating func parseQuotedCell(number: Int) throws {
    let openingLine = line
    position += 1
    let start = position
    var hasDoubledQuotes = false
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
        hasDoubledQuotes = true
        position += 2
      } else if byte == .lineFeed || byte == .carriageReturn {
        takeLineEnd()
      } else {
        position += 1
      }
    }
    append(start, position, hasDoubledQuotes: hasDoubledQuotes)
    position += 1
    skipSpaces()
    if position < bytes.count {
      let byte = bytes[position]
      guard byte == .comma || byte == .lineFeed || byte == .carriageReturn else {
        throw error(
          number, "text after the closing quote; a quote inside a quoted cell must be doubled")
      }
    }
  }

  private mutating func append(_ start: Int, _ end: Int, hasDoubledQuotes: Bool) {
    output.cells.append(
      Cell(start: UInt32(start), end: UInt32(end), hasDoubledQuotes: hasDoubledQuotes))
  }

  private mutating func skipSpaces() {
    while position < bytes.count, bytes[position] == .space || bytes[position] == .tab {
      position += 1
    }
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

  private mutating func takeComma() -> Bool {
    guard position < bytes.count, bytes[position] == .comma else { return false }
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
  fileprivate static let quote = UInt8(ascii: "\"")
  fileprivate static let comma = UInt8(ascii: ",")
  fileprivate static let lineFeed = UInt8(ascii: "\n")
  fileprivate static let carriageReturn = UInt8(ascii: "\r")
  fileprivate static let space = UInt8(ascii: " ")
  fileprivate static let tab = UInt8(ascii: "\t")
}
