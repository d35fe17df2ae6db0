import Foundation

/// A number as a cell writes it.
struct CSVNumber: Equatable {
  /// Infinite if it is beyond the range of `Double`.
  let value: Double
  /// Whether marks stand between its thousands.
  let isGrouped: Bool

  /// Reads a decimal number that fills the cell, with or without an exponent or marks between
  /// thousands: the other decimal mark, a space, an apostrophe.
  ///
  /// A grouped number begins with 1 to 3 digits, not with 0, and goes on in groups of three: 0,123 has
  /// a decimal comma.
  ///
  /// - Precondition: The byte after the cell can be read and is no part of a number.
  init?(_ cell: UnsafeBufferPointer<UInt8>, _ mark: DecimalMark) {
    var hasMark = false
    var isPlain = !cell.isEmpty
    for byte in cell where isPlain {
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "+"),
        UInt8(ascii: "e"), UInt8(ascii: "E"):
        continue
      case mark.byte: hasMark = true
      default: isPlain = false
      }
    }
    let value: Double?
    if isPlain {
      value =
        hasMark && mark != .point
        ? withPoint(cell, mark) { parsed($0) } : parsed(cell)
    } else {
      value = ungrouped(cell, mark)
    }
    guard let value else { return nil }
    self.value = value
    isGrouped = !isPlain
  }
}

/// `strtod` of what is a number but for its digits' order. It stops at the byte after the cell.
///
/// It also reads hexadecimal, `nan` and leading spaces, so the characters were checked before.
private func parsed(_ cell: UnsafeBufferPointer<UInt8>) -> Double? {
  guard let start = cell.baseAddress, !cell.isEmpty else { return nil }
  return start.withMemoryRebound(to: CChar.self, capacity: cell.count) { characters in
    var end: UnsafeMutablePointer<CChar>?
    let value = strtod(characters, &end)
    return end.map { UnsafePointer($0) } == characters + cell.count ? value : nil
  }
}

/// Calls `body` with the cell's bytes, a point for its decimal mark, and a zero byte after them.
private func withPoint(
  _ cell: UnsafeBufferPointer<UInt8>, _ mark: DecimalMark,
  _ body: (UnsafeBufferPointer<UInt8>) -> Double?
) -> Double? {
  withUnsafeTemporaryAllocation(of: UInt8.self, capacity: cell.count + 1) { buffer in
    for (index, byte) in cell.enumerated() {
      buffer[index] = byte == mark.byte ? DecimalMark.point.byte : byte
    }
    buffer[cell.count] = 0
    return body(UnsafeBufferPointer(rebasing: UnsafeBufferPointer(buffer)[..<cell.count]))
  }
}

/// The value of a number with marks between its thousands, or nil if it is none.
private func ungrouped(_ cell: UnsafeBufferPointer<UInt8>, _ mark: DecimalMark) -> Double? {
  guard let text = ungroupedText(cell, mark) else { return nil }
  return text.withUnsafeBufferPointer { parsed(UnsafeBufferPointer(rebasing: $0.dropLast())) }
}

/// The digits of a number without the marks between its thousands, with a point before the fraction
/// and a zero byte at the end; nil if it has no such marks, or they stand elsewhere.
func ungroupedText(_ cell: UnsafeBufferPointer<UInt8>, _ mark: DecimalMark) -> [UInt8]? {
  var digits: [UInt8] = []
  var rest = cell[...]
  func isDigit(_ byte: UInt8?) -> Bool {
    byte.map { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) } ?? false
  }
  func takeDigits(atMost limit: Int) -> Int {
    var count = 0
    while count < limit, isDigit(rest.first) {
      digits.append(rest.removeFirst())
      count += 1
    }
    return count
  }
  if let sign = rest.first, sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") {
    digits.append(rest.removeFirst())
  }
  // Most cells that come here are text.
  guard isDigit(rest.first), rest.first != UInt8(ascii: "0"), takeDigits(atMost: 3) > 0,
    let separator = groupSeparators(mark).first(where: { rest.starts(with: $0) })
  else { return nil }
  while rest.starts(with: separator) {
    rest = rest.dropFirst(separator.count)
    guard takeDigits(atMost: 3) == 3, !isDigit(rest.first) else { return nil }
  }
  if rest.first == mark.byte {
    rest = rest.dropFirst()
    digits.append(DecimalMark.point.byte)
    _ = takeDigits(atMost: rest.count)
  }
  return rest.isEmpty ? digits + [0] : nil
}

/// What may stand between thousands: the other mark, a space, an apostrophe; the spaces of Unicode
/// that do not break, and its apostrophe, in UTF-8.
private func groupSeparators(_ mark: DecimalMark) -> [[UInt8]] {
  [[mark.other.byte]] + otherSeparators
}

private let otherSeparators: [[UInt8]] = [" ", "'", "\u{a0}", "\u{202f}", "’"].map {
  Array($0.utf8)
}
