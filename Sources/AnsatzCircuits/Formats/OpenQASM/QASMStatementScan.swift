/// A quick look over a long program for more gate calls than a circuit may have, so that it is
/// refused before it is read. A call of a library gate is one, and so is a call of a gate whose body
/// has one.
struct QASMStatementScan {
  private let names: Set<UInt64> = Set(
    QASMLibrary.byName.keys.map { QASMStatementScan.key(Array($0.utf8)[...]) })
  private var declared: Set<UInt64> = []
  /// Those of the program's own gates that are known to have a gate in them.
  private var filled: Set<UInt64> = []
  /// The gate whose body is being read.
  private var gateInBody: UInt64?
  private var place = 0
  private var depth = 0

  /// Where the first call stands that is one too many, at the top of the program;
  /// nil if there is none, or if a file that is included may declare the gate anew.
  static func overflow(in source: QASMSource, limit: Int) -> Int? {
    // The shortest call has four characters.
    guard source.end / 4 > limit else { return nil }
    return source.bytes.withUnsafeBufferPointer { bytes in
      var scan = QASMStatementScan()
      return scan.overflow(in: bytes[..<source.end], limit: limit)
    }
  }

  /// The first eight bytes of a word; no name of a library gate is longer.
  private static func key(_ word: some Collection<UInt8>) -> UInt64 {
    word.count > 8 ? 0 : word.reduce(0) { $0 << 8 | UInt64($1) }
  }

  private mutating func overflow(
    in bytes: Slice<UnsafeBufferPointer<UInt8>>, limit: Int
  ) -> Int? {
    var count = 0
    var isStart = true
    while place < bytes.endIndex {
      let byte = bytes[place]
      switch byte {
      case UInt8(ascii: " "), UInt8(ascii: "\n"), UInt8(ascii: "\r"), UInt8(ascii: "\t"):
        place += 1
      case UInt8(ascii: "/"): skipComment(bytes)
      case UInt8(ascii: "\""), UInt8(ascii: "'"):
        place += 1
        skip(bytes) { $0 == byte || $0 == UInt8(ascii: "\n") }
        place += 1
      case UInt8(ascii: "#"),
        UInt8(ascii: "@") where isStart:
        skip(bytes) { $0 == UInt8(ascii: "\n") }
      case UInt8(ascii: "{"), UInt8(ascii: "}"):
        depth += byte == UInt8(ascii: "{") ? 1 : -1
        if depth == 0 { gateInBody = nil }
        isStart = true
        place += 1
      case UInt8(ascii: ";"):
        isStart = true
        place += 1
      default:
        guard isStart, depth == 0 || depth == 1 && gateInBody != nil else {
          place += 1
          continue
        }
        isStart = false
        let start = place
        let key = word(bytes)
        if key == Self.gate || key == Self.opaque {
          skip(bytes) { $0 > 32 }
          let name = word(bytes)
          declared.insert(name)
          gateInBody = key == Self.gate ? name : nil
        } else if key == Self.include {
          guard includesLibrary(bytes) else { return nil }
        } else if !declared.isEmpty && declared.contains(key)
          ? filled.contains(key) : names.contains(key)
        {
          if let gateInBody {
            filled.insert(gateInBody)
          } else {
            count += 1
            if count > limit { return start }
          }
        } else if place == start {
          place += 1
        }
      }
    }
    return nil
  }

  private static let gate = key("gate".utf8)
  private static let opaque = key("opaque".utf8)
  private static let include = key("include".utf8)

  private mutating func skip(
    _ bytes: Slice<UnsafeBufferPointer<UInt8>>, until isEnd: (UInt8) -> Bool
  ) {
    while place < bytes.endIndex, !isEnd(bytes[place]) { place += 1 }
  }

  private mutating func word(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) -> UInt64 {
    let start = place
    skip(bytes) {
      !(($0 | 0x20) >= 0x61 && ($0 | 0x20) <= 0x7A && $0 >= 0x41
        || $0 >= 0x30 && $0 <= 0x39 || $0 == 0x5F || $0 >= 0x80)
    }
    return Self.key(bytes[start..<place])
  }

  private mutating func skipComment(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) {
    place += 1
    guard place < bytes.endIndex else { return }
    if bytes[place] == UInt8(ascii: "/") {
      skip(bytes) { $0 == UInt8(ascii: "\n") }
    } else if bytes[place] == UInt8(ascii: "*") {
      var last: UInt8 = 0
      place += 1
      skip(bytes) {
        let isEnd = last == UInt8(ascii: "*") && $0 == UInt8(ascii: "/")
        last = $0
        return isEnd
      }
      place += 1
    }
  }

  private mutating func includesLibrary(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
    skip(bytes) { $0 > 32 }
    place += 1
    let start = min(place, bytes.endIndex)
    skip(bytes) { $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "\n") }
    let name = String(decoding: bytes[start..<max(start, place)], as: UTF8.self)
    place += 1
    return QASMLibrary.includes.contains(name)
  }
}
