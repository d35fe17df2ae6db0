import AnsatzMath
import Foundation

extension PauliSum {
  /// Reads an observable from text, such as `Z0 Z1 + 0.5 X2`.
  ///
  /// ```
  /// sum     = [sign] product { sign [sign] product }
  /// product = factor { factor | * [sign] factor }
  /// factor  = number | letter qubit | letter ( qubit ) | I | ( sum )
  /// ```
  ///
  /// Letters are X, Y and Z, and I with or without a qubit. Factors side by side are multiplied. The
  /// empty sum is 0. What `description` prints reads back as it was.
  ///
  /// - Throws: `AnsatzError` that names the column of what cannot be read, for a product that is not
  ///   Hermitian, for more than 100,000 terms or 1 MiB of text, and for brackets nested more than 100
  ///   deep.
  public init(parsing text: String) throws(AnsatzError) {
    var parser = try PauliSumParser(text)
    self = try parser.observable()
  }
}

/// Reads an observable byte by byte.
private struct PauliSumParser {
  private let bytes: [UInt8]
  private var place = 0
  private var depth = 0

  private static let maximumLength = 1 << 20
  private static let maximumDepth = 100
  private static let maximumTerms = 100_000
  /// Sums times products are what may take long.
  private var work = 0

  /// Terms with powers of i, before it is known whether they cancel.
  private typealias Terms = [PauliString: (real: Double, imaginary: Double, first: Int)]

  init(_ text: String) throws(AnsatzError) {
    // Minus signs as word processors write them.
    bytes = Array(
      text.utf8.count <= Self.maximumLength
        ? text.replacingOccurrences(of: "\u{2212}", with: "-").utf8 : "".utf8)
    guard text.utf8.count <= Self.maximumLength else {
      throw AnsatzError(
        .usage,
        "the observable is \(text.utf8.count) bytes long; at most \(Self.maximumLength) are read")
    }
  }

  mutating func observable() throws(AnsatzError) -> PauliSum {
    if bytes == Array("0".utf8) { return PauliSum([]) }
    let terms = try sum()
    guard place == bytes.count else { throw mistake("unexpected \(found)") }
    let sorted = terms.sorted { $0.value.first < $1.value.first }
    let largest = sorted.reduce(0) { max($0, abs($1.value.real), abs($1.value.imaginary)) }
    for (string, value) in sorted {
      guard value.real.isFinite, value.imaginary.isFinite else {
        throw AnsatzError(
          .usage, "the observable's coefficient of \(string) is not a finite number")
      }
      guard abs(value.imaginary) <= 1e-12 * largest else {
        throw AnsatzError(
          .usage,
          "the observable is not Hermitian: the coefficient of \(string) is imaginary; factors that "
            + "do not commute, such as X0 Y0, make it so")
      }
    }
    return PauliSum(sorted.map { ($0.value.real, $0.key) })
  }

  private mutating func sum() throws(AnsatzError) -> Terms {
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.maximumDepth else {
      throw mistake("brackets are nested more than \(Self.maximumDepth) deep")
    }
    var total: Terms = [:]
    var sign = 1.0
    while true {
      sign *= takeSign()
      let product = try product()
      for (string, value) in product.sorted(by: { $0.value.first < $1.value.first }) {
        var entry = total[string] ?? (0, 0, total.count)
        entry.real += sign * value.real
        entry.imaginary += sign * value.imaginary
        total[string] = entry
      }
      try checkSize(total.count, product.count)
      skipSpaces()
      if take(UInt8(ascii: "+")) {
        sign = 1
      } else if take(UInt8(ascii: "-")) {
        sign = -1
      } else {
        return total
      }
    }
  }

  private mutating func product() throws(AnsatzError) -> Terms {
    var total: Terms?
    while true {
      skipSpaces()
      var sign = 1.0
      if total != nil, take(UInt8(ascii: "*")) {
        sign = takeSign()
      } else if total != nil, !startsFactor {
        break
      }
      var factor = try factor()
      if sign < 0 { factor = factor.mapValues { (-$0.real, -$0.imaginary, $0.first) } }
      total = try total.map { (left) throws(AnsatzError) in try times(left, factor) } ?? factor
    }
    return total ?? [:]
  }

  private var startsFactor: Bool {
    guard let byte = current else { return false }
    return byte == UInt8(ascii: "(") || byte == UInt8(ascii: ".") || isDigit(byte) || isLetter(byte)
  }

  private mutating func times(_ a: Terms, _ b: Terms) throws(AnsatzError) -> Terms {
    try checkSize(a.count, b.count, product: true)
    var total: Terms = [:]
    for (left, x) in a.sorted(by: { $0.value.first < $1.value.first }) {
      for (right, y) in b.sorted(by: { $0.value.first < $1.value.first }) {
        let (string, power) = left.multiplied(by: right)
        var (real, imaginary) = (
          x.real * y.real - x.imaginary * y.imaginary, x.real * y.imaginary + x.imaginary * y.real
        )
        for _ in 0..<power { (real, imaginary) = (-imaginary, real) }
        var entry = total[string] ?? (0, 0, total.count)
        entry.real += real
        entry.imaginary += imaginary
        total[string] = entry
      }
    }
    return total
  }

  private mutating func factor() throws(AnsatzError) -> Terms {
    guard let byte = current else { throw mistake("the observable ends where a factor should be") }
    if byte == UInt8(ascii: "(") {
      place += 1
      let inner = try sum()
      guard take(UInt8(ascii: ")")) else {
        throw mistake("a closing bracket is missing before \(found)")
      }
      return inner
    }
    if isDigit(byte) || byte == UInt8(ascii: ".") {
      return [.identity: (try number(), 0, 0)]
    }
    guard isLetter(byte) else {
      throw mistake("unexpected \(found); use X0, Y1, Z2, numbers, + and *")
    }
    let letter = String(UnicodeScalar(byte))
    let start = place
    place += 1
    let isIdentity = letter == "I"
    guard isIdentity || Pauli(rawValue: letter) != nil else {
      place = start
      throw mistake("'\(letter)' is no Pauli operator; use X, Y, Z or I")
    }
    var qubit: Int?
    if let next = current, isDigit(next) {
      qubit = try self.qubit()
    } else if take(UInt8(ascii: "(")) {
      skipSpaces()
      qubit = try self.qubit()
      skipSpaces()
      guard take(UInt8(ascii: ")")) else {
        throw mistake("a closing bracket is missing before \(found)")
      }
    } else if !isIdentity {
      throw mistake("\(letter) needs a qubit, as in \(letter)0")
    }
    guard let pauli = Pauli(rawValue: letter), let qubit else { return [.identity: (1, 0, 0)] }
    return [PauliString([(pauli, qubit)]): (1, 0, 0)]
  }

  private mutating func qubit() throws(AnsatzError) -> Int {
    let start = place
    while let byte = current, isDigit(byte) { place += 1 }
    guard let value = Int(String(decoding: bytes[start..<place], as: UTF8.self)),
      value < Circuit.maximumQubitCount
    else {
      place = start
      throw mistake("a qubit is a number from 0 to \(Circuit.maximumQubitCount - 1), not \(found)")
    }
    return value
  }

  private mutating func number() throws(AnsatzError) -> Double {
    let start = place
    func skipDigits() { while let byte = current, isDigit(byte) { place += 1 } }
    skipDigits()
    if take(UInt8(ascii: ".")) { skipDigits() }
    let mantissa = place
    if take(UInt8(ascii: "e")) || take(UInt8(ascii: "E")) {
      if !take(UInt8(ascii: "-")) { _ = take(UInt8(ascii: "+")) }
      let digits = place
      skipDigits()
      if place == digits { place = mantissa }
    }
    let text = String(decoding: bytes[start..<place], as: UTF8.self)
    guard let value = Double(text), value.isFinite else {
      place = start
      throw mistake("'\(text.prefix(40))' is not a finite number")
    }
    return value
  }

  private mutating func checkSize(
    _ a: Int, _ b: Int, product: Bool = false
  ) throws(AnsatzError) {
    work += product ? a * b : b
    guard a <= Self.maximumTerms, b <= Self.maximumTerms, work <= 20 * Self.maximumTerms,
      !product || a * b <= Self.maximumTerms
    else { throw mistake("the observable has more than \(Self.maximumTerms) terms") }
  }

  private var current: UInt8? { place < bytes.count ? bytes[place] : nil }

  private mutating func take(_ byte: UInt8) -> Bool {
    guard current == byte else { return false }
    place += 1
    return true
  }

  /// A sign if there is one, and the spaces around it.
  private mutating func takeSign() -> Double {
    skipSpaces()
    let sign: Double = take(UInt8(ascii: "-")) ? -1 : 1
    if sign > 0 { _ = take(UInt8(ascii: "+")) }
    skipSpaces()
    return sign
  }

  private mutating func skipSpaces() {
    while let byte = current, byte == 32 || (9...13).contains(byte) { place += 1 }
  }

  private func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }

  private func isLetter(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
      || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
  }

  /// What stands at the place, for messages.
  private var found: String {
    guard place < bytes.count else { return "the end" }
    let rest = String(decoding: bytes[place..<min(bytes.count, place + 16)], as: UTF8.self)
    guard let first = rest.unicodeScalars.first else { return "the end" }
    if first.value < 32 || first.value == 127 { return "a control character" }
    if !first.isASCII { return "U+" + String(first.value, radix: 16, uppercase: true) }
    let word = rest.prefix { $0.isLetter || $0.isNumber }
    return "'\(word.isEmpty ? rest.prefix(1) : word)'"
  }

  private func mistake(_ message: String) -> AnsatzError {
    AnsatzError(.usage, "observable, column \(place + 1): \(message)")
  }
}
