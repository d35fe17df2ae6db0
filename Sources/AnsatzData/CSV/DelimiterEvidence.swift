import AnsatzMath

/// What the head of a file says about the delimiter between its columns.
struct DelimiterEvidence {
  /// As much of a file as is looked at.
  static let headByteCount = 1 << 18

  private let delimiter: CSVDelimiter
  /// The cells of each record, cut as the delimiter cuts them; mistakes are left to the parser.
  private let records: [[Range<Int>]]
  private let bytes: UnsafeBufferPointer<UInt8>

  private init(_ delimiter: CSVDelimiter, _ bytes: UnsafeBufferPointer<UInt8>) {
    self.delimiter = delimiter
    self.bytes = bytes
    let head = bytes.prefix(Self.headByteCount)
    var records: [[Range<Int>]] = []
    var cells: [Range<Int>] = []
    var position = bytes.starts(with: [0xef, 0xbb, 0xbf]) ? 3 : 0
    while position < head.count {
      while position < head.count, bytes[position].isSpace(beside: delimiter) { position += 1 }
      let start = position
      var isQuoted = position < head.count && bytes[position] == .quote
      if isQuoted { position += 1 }
      while position < head.count {
        let byte = bytes[position]
        if byte == .quote { isQuoted.toggle() }
        if !isQuoted, byte == delimiter.byte || byte == .lineFeed || byte == .carriageReturn {
          break
        }
        position += 1
      }
      cells.append(start..<position)
      guard position == head.count || bytes[position] != delimiter.byte else {
        position += 1
        continue
      }
      position += 1
      if cells.count > 1 || !cells[0].isEmpty { records.append(cells) }
      cells = []
    }
    if !cells.isEmpty { records.append(cells) }
    // The head may end within a line.
    if head.count < bytes.count, records.count > 1 { records.removeLast() }
    self.records = records
  }

  /// The delimiter of a file whose columns nobody has named.
  ///
  /// It cuts every record of the head into the same number of cells, two or more. Where several do,
  /// the one that finds a name expected in the first line is taken, then the one that leaves the most
  /// numbers.
  ///
  /// - Throws: `AnsatzError` naming both readings and the option, if none of this decides.
  static func delimiter(
    of bytes: UnsafeBufferPointer<UInt8>, format: CSVFormat, expecting names: [String],
    source: String
  ) throws -> CSVDelimiter {
    if let given = format.delimiter { return given }
    let all = CSVDelimiter.allCases.map { DelimiterEvidence($0, bytes) }
      .filter { evidence in evidence.records.contains { $0.count > 1 } }
    let even = all.filter(\.isEven)
    var candidates = even.isEmpty ? all : even
    // Commas in numbers are no delimiters where decimal commas are known.
    let others = candidates.filter { $0.delimiter != .comma }
    let hasDecimalCommas = (format.decimalMark ?? format.fallback?.decimalMark) == .comma
    if hasDecimalCommas, even.isEmpty || format.decimalMark == .comma && !others.isEmpty {
      candidates = others
    }
    guard !candidates.isEmpty else {
      let known = format.fallback?.delimiter ?? .comma
      return hasDecimalCommas && known == .comma ? .semicolon : known
    }
    let expected = Set(names)
    let naming = candidates.filter { evidence in
      evidence.records[0].contains { expected.contains(evidence.text($0)) }
    }
    if !naming.isEmpty { candidates = naming }
    guard candidates.count > 1 else { return candidates[0].delimiter }
    let scores = candidates.map { even.isEmpty ? $0.evenness : $0.numberFraction }
    let best = zip(candidates, scores).filter { $0.1 == scores.max() }.map(\.0.delimiter)
    if best.count == 1 || even.isEmpty { return best[0] }
    if let fallback = format.fallback?.delimiter, best.contains(fallback) { return fallback }
    throw AnsatzError(
      .badData,
      "\(source) can be read with \(best[0].name)s or with \(best[1].name)s between its columns; "
        + "say which by --delimiter \(best[0].option) or --delimiter \(best[1].option)")
  }

  private var isEven: Bool {
    guard let first = records.first, first.count > 1 else { return false }
    return records.allSatisfy { $0.count == first.count }
  }

  /// The fraction of records with the most frequent number of cells above one.
  private var evenness: Double {
    let frequencies = Dictionary(grouping: records.map(\.count).filter { $0 > 1 }) { $0 }
    return Double(frequencies.values.map(\.count).max() ?? 0) / Double(max(1, records.count))
  }

  /// The fraction of cells below the first line that are numbers, with whichever decimal mark.
  private var numberFraction: Double {
    let cells = (records.count > 1 ? records.dropFirst() : records[...]).joined()
    let numbers = cells.count { range in
      let cell = inner(range)
      return DecimalMark.allCases.contains { CSVNumber(cell, $0) != nil }
    }
    return Double(numbers) / Double(max(1, cells.count))
  }

  /// A cell's bytes without surrounding spaces and quotes.
  private func inner(_ range: Range<Int>) -> UnsafeBufferPointer<UInt8> {
    var cell = bytes[range]
    while let last = cell.last, last.isSpace(beside: delimiter) { cell = cell.dropLast() }
    if cell.count > 1, cell.first == .quote, cell.last == .quote {
      cell = cell.dropFirst().dropLast()
    }
    return UnsafeBufferPointer(rebasing: cell)
  }

  private func text(_ range: Range<Int>) -> String { String(decoding: inner(range), as: UTF8.self) }
}
