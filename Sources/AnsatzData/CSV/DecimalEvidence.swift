import AnsatzMath

/// What the head of a file says about the mark before the fraction of its numbers.
///
/// A cell such as `1,5` or `0.125` can be read with one mark only and tells it; `1,234` can be a
/// thousand or a little more than one and does not. Only columns of numbers have a say.
struct DecimalEvidence {
  private struct Place {
    let record: Int
    let column: Int
  }

  /// The first cell of each kind.
  private struct Places {
    /// A fraction that can be read with this mark only.
    var telling: [DecimalMark: Place] = [:]
    /// Two or more marks between thousands, so that this must be the mark of fractions.
    var hinting: [DecimalMark: Place] = [:]
    /// A cell with this mark that can be read with either, to different values.
    var ambiguous: [DecimalMark: Place] = [:]
    /// A number with something between its thousands, if this is the mark.
    var grouped: [DecimalMark: Place] = [:]

    mutating func merge(_ other: Places) {
      telling.merge(other.telling) { first, _ in first }
      hinting.merge(other.hinting) { first, _ in first }
      ambiguous.merge(other.ambiguous) { first, _ in first }
      grouped.merge(other.grouped) { first, _ in first }
    }

    mutating func note(_ cell: UnsafeBufferPointer<UInt8>, _ place: Place, _ readings: Readings) {
      for mark in DecimalMark.allCases where readings[mark]?.isGrouped == true {
        grouped[mark] = grouped[mark] ?? place
      }
      guard let present = DecimalMark.allCases.last(where: { cell.contains($0.byte) }) else {
        return
      }
      switch (readings.point, readings.comma) {
      case (let point?, let comma?):
        guard point.value != comma.value else { return }
        ambiguous[present] = ambiguous[present] ?? place
      case (nil, nil): return
      case (let point, _):
        let mark: DecimalMark = point == nil ? .comma : .point
        if cell.contains(mark.byte) {
          telling[mark] = telling[mark] ?? place
        } else {
          hinting[mark] = hinting[mark] ?? place
        }
      }
    }
  }

  private struct Readings {
    let point: CSVNumber?
    let comma: CSVNumber?

    init(_ cell: UnsafeBufferPointer<UInt8>) {
      point = CSVNumber(cell, .point)
      let hasMark = DecimalMark.allCases.contains { cell.contains($0.byte) }
      comma = hasMark ? CSVNumber(cell, .comma) : point
    }

    var isNumber: Bool { point != nil || comma != nil }
    subscript(mark: DecimalMark) -> CSVNumber? { mark == .point ? point : comma }
  }

  private let reader: CSVReader
  private let source: String
  private var places = Places()

  /// About this many cells are looked at.
  private static let cellCount = 100_000

  /// - Parameter ignored: Columns that have no say, by the name in the first line.
  init(_ reader: CSVReader, ignoring ignored: [String], source: String) {
    self.reader = reader
    self.source = source
    let ignored = Set(ignored)
    let width = reader.parsed.columnCount
    let records = min(reader.parsed.recordCount, max(2, Self.cellCount / max(1, width)))
    for column in 0..<width
    where ignored.isEmpty || !ignored.contains(reader.text(0, column)) {
      look(at: column, upTo: records)
    }
  }

  private mutating func look(at column: Int, upTo records: Int) {
    var found = Places()
    var (present, numbers) = (0, 0)
    // The first line may hold names.
    for record in (records > 1 ? 1 : 0)..<records {
      reader.withCell(record, column) { cell, _ in
        let readings = Readings(cell)
        guard readings.isNumber else {
          if CSVValue(cell, .point) != .missing { present += 1 }
          return
        }
        present += 1
        numbers += 1
        found.note(cell, Place(record: record, column: column), readings)
      }
    }
    // A text here and there is a mistake that is named later.
    guard numbers > 0, numbers * 10 >= present * 9 else { return }
    places.merge(found)
  }

  /// The decimal mark of the file, and whether there are marks between thousands.
  ///
  /// - Throws: `AnsatzError` naming the cells and both readings, if the file can be read either way.
  func mark(_ format: CSVFormat) throws -> (mark: DecimalMark, hasGroups: Bool) {
    let mark = try format.decimalMark ?? detected(format)
    return (mark, places.grouped[mark] != nil)
  }

  private func detected(_ format: CSVFormat) throws -> DecimalMark {
    let delimiter = reader.dialect.delimiter
    var hints = places.hinting
    // 1.234.567 is as good as any text where fractions would have to be quoted.
    if delimiter == .comma { hints[.comma] = nil }
    for evidence in [places.telling, hints] {
      switch (evidence[.point], evidence[.comma]) {
      case (.some, nil): return .point
      case (nil, .some): return .comma
      case (let point?, let comma?):
        if let fallback = format.fallback { return fallback.decimalMark }
        throw AnsatzError(
          .badData,
          "\(source) has decimal points (\(text(point))) and decimal commas (\(text(comma))); say "
            + "which by --decimal '.' or --decimal ',', or leave a column out by --drop")
      case (nil, nil): continue
      }
    }
    // Between unquoted commas a lone point stands before a fraction, and so it is among tabs and bars
    // unless something else is known.
    let doubtful = places.ambiguous[.comma] ?? places.ambiguous[.point]
    if doubtful != nil, places.ambiguous[.comma] == nil, delimiter == .comma { return .point }
    if let fallback = format.fallback { return fallback.decimalMark }
    guard let doubtful, places.ambiguous[.comma] != nil || delimiter == .semicolon else {
      return .point
    }
    throw AnsatzError(
      .badData,
      "\(source): the mark in \(text(doubtful)) can stand before a fraction or between thousands; "
        + "say which by --decimal '.' or --decimal ','")
  }

  /// `line 2, column 3: '1,5'`.
  private func text(_ place: Place) -> String {
    "line \(reader.line(place.record, place.column)), column \(place.column + 1): "
      + "'\(abbreviated(reader.text(place.record, place.column)))'"
  }
}
