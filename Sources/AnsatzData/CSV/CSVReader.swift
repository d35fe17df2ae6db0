import AnsatzMath

/// Reads single cells out of parsed bytes and decides about the header line.
struct CSVReader: Sendable {
  /// The text, and a zero byte at its end.
  let bytes: [UInt8]
  let parsed: CSVParser.Output
  var dialect: CSVDialect

  /// Calls `body` with the bytes of a cell, without quotes and surrounding spaces.
  func withCell<Result>(
    _ record: Int, _ column: Int, _ body: (UnsafeBufferPointer<UInt8>, _ isQuoted: Bool) -> Result
  ) -> Result {
    bytes.withUnsafeBufferPointer { buffer in
      let start = Int(parsed.starts[record * parsed.columnCount + column])
      let (range, isQuoted) = cell(buffer, start)
      return body(UnsafeBufferPointer(rebasing: buffer[range]), isQuoted)
    }
  }

  /// The cell that starts there; the parser has seen that it ends.
  private func cell(
    _ bytes: UnsafeBufferPointer<UInt8>, _ start: Int
  ) -> (range: Range<Int>, isQuoted: Bool) {
    let count = bytes.count - 1
    var end = start
    if start < count, bytes[start] == .quote {
      end += 1
      while end < count {
        if bytes[end] == .quote {
          guard bytes[end + 1] == .quote else { break }
          end += 1
        }
        end += 1
      }
      return (start + 1..<end, true)
    }
    while end < count, bytes[end] != dialect.delimiter.byte, bytes[end] != .lineFeed,
      bytes[end] != .carriageReturn
    { end += 1 }
    while end > start, bytes[end - 1].isSpace(beside: dialect.delimiter) { end -= 1 }
    return (start..<end, false)
  }

  func value(_ record: Int, _ column: Int) -> CSVValue {
    withCell(record, column) { cell, _ in CSVValue(cell, dialect.decimalMark) }
  }

  func values(column: Int, from firstRecord: Int) -> [CSVValue] {
    (firstRecord..<parsed.recordCount).map { value($0, column) }
  }

  /// The cell's text, nil for a missing value.
  func presentText(_ record: Int, _ column: Int) -> String? {
    value(record, column) == .missing ? nil : text(record, column)
  }

  func text(_ record: Int, _ column: Int) -> String {
    withCell(record, column) { cell, isQuoted in
      guard isQuoted, cell.contains(.quote) else { return String(decoding: cell, as: UTF8.self) }
      var single: [UInt8] = []
      var skipsQuote = false
      for byte in cell {
        if byte == .quote {
          skipsQuote.toggle()
          if !skipsQuote { continue }
        }
        single.append(byte)
      }
      return String(decoding: single, as: UTF8.self)
    }
  }

  /// The line on which a cell starts, counted from 1.
  func line(_ record: Int, _ column: Int) -> Int {
    bytes.withUnsafeBufferPointer {
      let start = Int(parsed.starts[record * parsed.columnCount + column])
      return CSVText.lineEnds(in: $0[..<start]) + 1
    }
  }

  func isHeader(_ header: CSVHeader, expecting names: [String]) -> Bool {
    switch header {
    case .present: return true
    case .absent: return false
    case .detected: break
    }
    let columns = 0..<parsed.columnCount
    let first = columns.map { text(0, $0) }
    if !Set(names).isDisjoint(with: first) { return true }
    if columns.contains(where: { value(0, $0).isNumeric }) || first.allSatisfy(\.isEmpty) {
      return false
    }
    // Text over text: names differ from each other, values of a row need not.
    let isTextBelow = parsed.recordCount > 1 && !columns.contains { value(1, $0).isNumeric }
    return !isTextBelow || Set(first).count == first.count
  }

  /// The names in the first record, or `column1`, `column2`, … where there are none.
  func columnNames(hasHeader: Bool, source: String) throws -> [String] {
    let names = (0..<parsed.columnCount).map { column in
      let name = hasHeader ? text(0, column) : ""
      return name.isEmpty ? "column\(column + 1)" : name
    }
    var seen: Set<String> = []
    for (column, name) in names.enumerated() where !seen.insert(name).inserted {
      throw AnsatzError(
        .badData,
        "\(source), line \(line(0, 0)), column \(column + 1): the name '\(abbreviated(name))' is "
          + "used twice; column names must differ")
    }
    return names
  }
}
