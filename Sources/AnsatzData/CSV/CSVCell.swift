/// What the text of one CSV cell says.
enum CSVValue: Equatable, Sendable {
  /// Empty, or one of `NA`, `N/A`, `NaN`, `null` (in any case) and `?`.
  case missing
  case number(Double)
  /// `inf`, `infinity`, or a number beyond the range of `Double`.
  case infinite
  case text

  /// Classifies a cell of a file with that decimal mark.
  ///
  /// - Precondition: The byte after the cell can be read and is no part of a number.
  init(_ cell: UnsafeBufferPointer<UInt8>, _ mark: DecimalMark) {
    if isMissing(cell) {
      self = .missing
    } else if let number = CSVNumber(cell, mark) {
      self = number.value.isFinite ? .number(number.value) : .infinite
    } else {
      self = isInfinity(cell) ? .infinite : .text
    }
  }

  var isNumeric: Bool {
    switch self {
    case .number, .infinite: true
    case .missing, .text: false
    }
  }
}

/// Whether the lower-case form of the cell is the given ASCII word.
private func matches(_ cell: some Collection<UInt8>, _ word: StaticString) -> Bool {
  guard cell.count == word.utf8CodeUnitCount else { return false }
  return word.withUTF8Buffer { word in
    zip(cell, word).allSatisfy { byte, letter in
      (0x41...0x5a).contains(byte) ? byte + 0x20 == letter : byte == letter
    }
  }
}

private func isMissing(_ cell: UnsafeBufferPointer<UInt8>) -> Bool {
  switch cell.count {
  case 0: true
  case 1: matches(cell, "?")
  case 2: matches(cell, "na")
  case 3: matches(cell, "nan") || matches(cell, "n/a")
  case 4: matches(cell, "null")
  default: false
  }
}

private func isInfinity(_ cell: UnsafeBufferPointer<UInt8>) -> Bool {
  guard let first = cell.first else { return false }
  let unsigned =
    first == UInt8(ascii: "-") || first == UInt8(ascii: "+")
    ? cell.dropFirst() : cell[...]
  return matches(unsigned, "inf") || matches(unsigned, "infinity")
}
