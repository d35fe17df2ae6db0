import AnsatzMath

/// The text of a program and of the files it includes, as bytes that are known to be UTF-8 without
/// NUL. Offsets count through all files, so that one number names a file, a line and a column.
final class QASMSource {
  private(set) var bytes: [UInt8] = []
  private var files: [(name: String, range: Range<Int>)] = []

  static let maximumSize = 64 << 20

  init(bytes: [UInt8], name: String) throws {
    _ = try append(bytes, name: name)
  }

  /// The program's own name.
  var name: String { files.first?.name ?? "" }
  /// Where the program itself ends.
  var end: Int { files.first?.range.upperBound ?? 0 }

  /// Adds a file and returns the place of its text.
  func append(_ added: [UInt8], name: String) throws -> Range<Int> {
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    let text = added.starts(with: mark) ? added[3...] : added[...]
    guard bytes.count + text.count <= QASMSource.maximumSize else {
      throw AnsatzError(
        .badData,
        "\(name): \(bytes.count + text.count) bytes; a program has at most "
          + "\(QASMSource.maximumSize) bytes")
    }
    let start = bytes.count
    bytes += text
    let range = start..<bytes.count
    // The end of a file is a place of its own.
    bytes.append(UInt8(ascii: "\n"))
    files.append((name, range))
    if let offset = QASMSource.firstFault(in: Array(text)) {
      let what = text[text.startIndex + offset] == 0 ? "a NUL byte" : "a byte that is not UTF-8"
      throw error("\(what); a program is UTF-8 text", at: start + offset)
    }
    return range
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

  /// The file that holds a byte, and the byte's line and column, both from 1; a column is a
  /// character.
  func position(of offset: Int) -> (file: String, line: Int, column: Int) {
    let file = files.last { $0.range.lowerBound <= offset } ?? (name, 0..<0)
    var (line, column) = (1, 1)
    for byte in bytes[file.range.lowerBound..<max(file.range.lowerBound, min(offset, bytes.count))]
    {
      if byte == UInt8(ascii: "\n") {
        line += 1
        column = 1
      } else if byte & 0xC0 != 0x80 {
        column += 1
      }
    }
    return (file.name, line, column)
  }

  /// The place in front of a message.
  func place(_ offset: Int) -> String {
    let (file, line, column) = position(of: offset)
    return "\(file):\(line):\(column)"
  }

  func error(_ message: String, at offset: Int) -> AnsatzError {
    AnsatzError(.badData, "\(place(offset)): \(message)")
  }
}
