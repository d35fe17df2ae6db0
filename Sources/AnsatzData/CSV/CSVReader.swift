import AnsatzMath

/// Reads single cells out of parsed bytes and decides about the header line.
struct CSVReader {
  let bytes: [UInt8]
  let parsed: CSVParser.Output

  func cell(_ record: Int, _ column: Int) -> CSVParser.Cell {
    parsed.cells[record * parsed.columnCount + column]
  }

  func value(_ record: Int, _ column: Int) -> CSVValue {
    let cell = cell(record, column)
    return bytes.withUnsafeBufferPointer {
      CSVValue(UnsafeBufferPointer(rebasing: $0[Int(cell.start)..<Int(cell.end)]))
    }
  }

  func values(column: Int, from firstRecord: Int) -> [CSVValue] {
    bytes.withUnsafeBufferPointer { buffer in
      (firstRecord..<parsed.lines.count).map { record in
        let cell = cell(record, column)
        return CSVValue(UnsafeBufferPointer(rebasing: buffer[Int(cell.start)..<Int(cell.end)]))
      }
    }
  }

  func text(_ record: Int, _ column: Int) -> String {
    let cell = cell(record, column)
    let text = String(decoding: bytes[Int(cell.start)..<Int(cell.end)], as: UTF8.self)
    guard cell.hasDoubledQuotes else { return text }
    var single = ""
    var skipsQuote = false
    for scalar in text.unicodeScalars {
      if scalar == "\"" {
        if !skipsQuote { single.unicodeScalars.append(scalar) }
        skipsQuote.toggle()
      } else {
        single.unicodeScalars.append(scalar)
      }
    }
    return single
  }

  func isHeader(_ header: CSVHeader, expecting names: [String]) -> Bool {
    switch header {
    case .present: return true
    case .absent: return false
    case .detected: break
    }
    let columns = 0..<parsed.columnCount
    let first = columns.map { text(0, $0) }
    if names.contains(where: first.contains) { return true }
    if columns.contains(where: { value(0, $0).isNumeric }) || first.allSatisfy(\.isEmpty) {
      return false
    }
    // Text over text: names differ from each other, values of a row need not.
    let isTextBelow = parsed.lines.count > 1 && !columns.contains { value(1, $0).isNumeric }
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
        "\(source), line \(parsed.lines[0]), column \(column + 1): the name '\(name)' is used "
          + "twice; column names must differ")
    }
    return names
  }

  /// The number of line ends (LF, CRLF or CR) in a piece of text.
  static func lineEnds(in bytes: ArraySlice<UInt8>) -> Int {
    var count = 0
    var previous: UInt8 = 0
    for byte in bytes {
      if byte == UInt8(ascii: "\r") || byte == UInt8(ascii: "\n") && previous != UInt8(ascii: "\r")
      {
        count += 1
      }
      previous = byte
    }
    return count
  }
}
