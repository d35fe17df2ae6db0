import AnsatzMath

/// One word, number, string or sign of a program.
struct QASMToken: Sendable {
  enum Kind: Sendable {
    case identifier, integer, real, string, sign, hardwareQubit, annotation, pragma, end
  }

  let kind: Kind
  let range: Range<Int>
  /// The bytes of a sign in one number; 0 for other kinds.
  var code: UInt32 = 0

  var offset: Int { range.lowerBound }

  func isSign(_ text: StaticString) -> Bool { kind == .sign && code == QASMToken.code(text) }

  static func code(_ text: StaticString) -> UInt32 {
    text.withUTF8Buffer { $0.reduce(0) { $0 << 8 | UInt32($1) } }
  }
}

/// Cuts a program into tokens, one when asked, so a long program needs no list of them.
struct QASMLexer {
  let source: QASMSource
  private(set) var position: Int
  private let end: Int
  private let version: OpenQASM.Version

  private static let maximumNumberLength = 400

  /// - Parameter range: The place of the file to read.
  init(_ source: QASMSource, _ range: Range<Int>, version: OpenQASM.Version) {
    self.source = source
    position = range.lowerBound
    end = range.upperBound
    self.version = version
  }

  private func byte(_ distance: Int = 0) -> UInt8 {
    position + distance < end ? source.bytes[position + distance] : 0
  }

  private static func startsWord(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20) && byte >= 0x41
      || byte == UInt8(ascii: "_") || byte >= 0x80
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }

  private static func continuesWord(_ byte: UInt8) -> Bool { startsWord(byte) || isDigit(byte) }

  mutating func next() throws -> QASMToken {
    try skipBlanks()
    let start = position
    guard start < end else {
      return QASMToken(kind: .end, range: start..<start)
    }
    let first = byte()
    if QASMLexer.startsWord(first) {
      skipWord()
      let isPragma = version == .v3 && source.bytes[start..<position].elementsEqual("pragma".utf8)
      return isPragma ? line(.pragma, from: start) : token(.identifier, from: start)
    }
    if QASMLexer.isDigit(first) || first == UInt8(ascii: ".") && QASMLexer.isDigit(byte(1)) {
      return try number()
    }
    switch first {
    case UInt8(ascii: "\""), UInt8(ascii: "'"): return try string(closedBy: first)
    case UInt8(ascii: "#"): return line(.pragma, from: start)
    case UInt8(ascii: "$") where QASMLexer.isDigit(byte(1)):
      position += 1
      skipWord()
      return token(.hardwareQubit, from: start)
    default: return try sign()
    }
  }

  /// The rest of the line behind a token, with the token.
  mutating func annotation(from token: QASMToken) -> QASMToken {
    line(.annotation, from: token.offset)
  }

  private func token(_ kind: QASMToken.Kind, from start: Int) -> QASMToken {
    QASMToken(kind: kind, range: start..<position)
  }

  private mutating func skipWord() {
    while position < end, QASMLexer.continuesWord(byte()) { position += 1 }
  }

  private mutating func line(_ kind: QASMToken.Kind, from start: Int) -> QASMToken {
    while position < end, byte() != UInt8(ascii: "\n") { position += 1 }
    return token(kind, from: start)
  }

  private mutating func skipBlanks() throws {
    while position < end {
      switch (byte(), byte(1)) {
      case (UInt8(ascii: " "), _), (UInt8(ascii: "\t"), _), (UInt8(ascii: "\r"), _),
        (UInt8(ascii: "\n"), _):
        position += 1
      case (UInt8(ascii: "/"), UInt8(ascii: "/")):
        while position < end, byte() != UInt8(ascii: "\n") { position += 1 }
      case (UInt8(ascii: "/"), UInt8(ascii: "*")):
        let start = position
        position += 2
        while byte() != UInt8(ascii: "*") || byte(1) != UInt8(ascii: "/") {
          guard position < end else {
            throw source.error("a comment is opened and never closed", at: start)
          }
          position += 1
        }
        position += 2
      default: return
      }
    }
  }

  private mutating func string(closedBy quote: UInt8) throws -> QASMToken {
    let start = position
    position += 1
    while byte() != quote {
      guard position < end, byte() != UInt8(ascii: "\n") else {
        throw source.error("a string is opened and not closed on its line", at: start)
      }
      position += 1
    }
    position += 1
    return token(.string, from: start)
  }

  private mutating func number() throws -> QASMToken {
    let start = position
    var isReal = false
    if byte() == UInt8(ascii: "0"), "xXbBoO".utf8.contains(byte(1)) {
      position += 2
      skipWord()
      return token(.integer, from: start)
    }
    skipDigits()
    if byte() == UInt8(ascii: ".") {
      isReal = true
      position += 1
      skipDigits()
    }
    if byte() | 0x20 == UInt8(ascii: "e") {
      let signed = byte(1) == UInt8(ascii: "+") || byte(1) == UInt8(ascii: "-")
      if QASMLexer.isDigit(byte(signed ? 2 : 1)) {
        isReal = true
        position += signed ? 2 : 1
        skipDigits()
      }
    }
    if QASMLexer.startsWord(byte()) {
      let suffix = position
      skipWord()
      throw source.error(
        "\(source.quoted(start..<position)): a number with the suffix "
          + "\(source.quoted(suffix..<position)), such as a duration or an imaginary number, "
          + "is not supported", at: start)
    }
    guard position - start <= QASMLexer.maximumNumberLength else {
      throw source.error(
        "a number of \(position - start) characters; at most \(QASMLexer.maximumNumberLength)",
        at: start)
    }
    return token(isReal ? .real : .integer, from: start)
  }

  private mutating func skipDigits() {
    while QASMLexer.isDigit(byte()) || byte() == UInt8(ascii: "_") && version == .v3 {
      position += 1
    }
  }

  private static let longSigns: [UInt32] = [
    "->", "==", "!=", "<=", ">=", "&&", "||", "<<", ">>", "**", "++", "+=", "-=", "*=", "/=", "%=",
    "&=", "|=", "^=", "~=",
  ].map { (text: StaticString) in QASMToken.code(text) }
  private static let shortSigns = Set("()[]{};,:=+-*/%^&|~!<>@".utf8)

  private mutating func sign() throws -> QASMToken {
    let start = position
    let pair = UInt32(byte()) << 8 | UInt32(byte(1))
    if QASMLexer.longSigns.contains(pair) {
      position += 2
      return QASMToken(kind: .sign, range: start..<position, code: pair)
    }
    guard QASMLexer.shortSigns.contains(byte()) else {
      throw source.error("unexpected character \(source.quoted(start..<start + 1))", at: start)
    }
    position += 1
    return QASMToken(kind: .sign, range: start..<position, code: pair >> 8)
  }
}
