import AnsatzMath

/// The text of a program, as bytes that are known to be UTF-8 without NUL, and its positions.
struct QASMSource: Sendable {
  let name: String
  let bytes: [UInt8]

  static let maximumSize = 64 << 20

  init(bytes: [UInt8], name: String) throws {
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    let bytes = bytes.starts(with: mark) ? Array(bytes.dropFirst(3)) : bytes
    self.name = name
    self.bytes = bytes
    guard bytes.count <= QASMSource.maximumSize else {
      throw AnsatzError(
        .badData,
        "\(name): \(bytes.count) bytes; a program has at most \(QASMSource.maximumSize) bytes")
    }
    if let offset = QASMSource.firstFault(in: bytes) {
      let what = bytes[offset] == 0 ? "a NUL byte" : "a byte that is not UTF-8"
      throw error("\(what); a program is UTF-8 text", at: offset)
    }
  }

  /// The position of the first NUL or ill-formed byte.
  private static func firstFault(in bytes: [UInt8]) -> Int? {
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      if byte == 0 { return index }
      if byte < 0x80 {
        index += 1
        continue
      }
      let (length, least, most): (Int, UInt8, UInt8) =
        switch byte {
        case 0xC2...0xDF: (2, 0x80, 0xBF)
        case 0xE0: (3, 0xA0, 0xBF)
        case 0xED: (3, 0x80, 0x9F)
        case 0xE1...0xEF: (3, 0x80, 0xBF)
        case 0xF0: (4, 0x90, 0xBF)
        case 0xF1...0xF3: (4, 0x80, 0xBF)
        case 0xF4: (4, 0x80, 0x8F)
        default: (0, 0, 0)
        }
      guard length > 0, index + length <= bytes.count, (least...most).contains(bytes[index + 1])
      else { return index }
      for next in index + 1..<index + length where bytes[next] & 0xC0 != 0x80 { return index }
      index += length
    }
    return nil
  }

  func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

  /// The text in quotation marks, shortened if it is long.
  func quoted(_ range: Range<Int>) -> String {
    range.count <= 60 ? "'\(text(range))'" : "'\(text(range.lowerBound..<range.lowerBound + 40))…'"
  }

  /// Line and column of a byte, both from 1; a column is a character.
  func position(of offset: Int) -> (line: Int, column: Int) {
    var (line, column) = (1, 1)
    for byte in bytes.prefix(offset) {
      if byte == UInt8(ascii: "\n") {
        line += 1
        column = 1
      } else if byte & 0xC0 != 0x80 {
        column += 1
      }
    }
    return (line, column)
  }

  func error(_ message: String, at offset: Int) -> AnsatzError {
    let (line, column) = position(of: offset)
    return AnsatzError(.badData, "\(name):\(line):\(column): \(message)")
  }
}
