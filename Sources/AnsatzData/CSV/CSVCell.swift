import Foundation

/// What the text of one CSV cell says.
enum CSVValue: Equatable, Sendable {
  /// Empty, or one of `NA`, `N/A`, `NaN`, `null` (in any case) and `?`.
  case missing
  case number(Double)
  /// `inf`, `infinity`, or a number beyond the range of `Double`.
  case infinite
  case text

  /// Classifies a cell.
  ///
  /// - Precondition: The byte after the cell can be read and is no part of a number; `strtod` stops
  ///   there.
  init(_ cell: UnsafeBufferPointer<UInt8>) {
    if isMissing(cell) {
      self = .missing
    } else if let number = decimalNumber(cell) {
      self = number.isFinite ? .number(number) : .infinite
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

/// A decimal number that fills the cell, or nil. `strtod` also reads hexadecimal, `nan` and leading
/// spaces, so the characters are checked first.
private func decimalNumber(_ cell: UnsafeBufferPointer<UInt8>) -> Double? {
  guard let start = cell.baseAddress, !cell.isEmpty else { return nil }
  for byte in cell {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "-"),
      UInt8(ascii: "+"), UInt8(ascii: "e"), UInt8(ascii: "E"):
      continue
    default: return nil
    }
  }
  return start.withMemoryRebound(to: CChar.self, capacity: cell.count) { characters in
    var end: UnsafeMutablePointer<CChar>?
    let value = strtod(characters, &end)
    return end.map { UnsafePointer($0) } == characters + cell.count ? value : nil
  }
}
