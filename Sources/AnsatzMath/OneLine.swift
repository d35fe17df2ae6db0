extension String {
  /// The text on one line that a terminal shows as it is: a space for every line end, a replacement
  /// for other control characters.
  package var onOneLine: String {
    if utf8.allSatisfy({ (0x20..<0x7F).contains($0) }) { return self }
    return String(
      map { character in
        if character.isNewline { return " " }
        let isControl = character.unicodeScalars.contains {
          $0.properties.generalCategory == .control
        }
        return isControl ? "\u{FFFD}" : character
      })
  }

  /// The text with a gap for the middle of every long word, of every long text in quotation marks
  /// and, if that leaves more than 2,000 characters, of the whole: what it echoes may be a file.
  package var shortened: String {
    guard utf8.count > Self.longestWord else { return self }
    var text = Array(self)
    if text.count > 100_000 { text = Array(Self.withGap(text[...], first: 60_000, last: 9_000)) }
    let words = Self.shorteningQuotes(text).split(separator: " ", omittingEmptySubsequences: false)
      .map { $0.count > Self.longestWord ? Self.withGap($0, first: 80, last: 20) : $0 }
    text = Array(words.joined(separator: [" "]))
    return String(text.count > 2000 ? Self.withGap(text[...], first: 1400, last: 500) : text[...])
  }

  /// File names may be long, and name what to mend.
  private static let longestWord = 300
  private static let longestQuote = 100

  private static func withGap(
    _ text: ArraySlice<Character>, first: Int, last: Int
  ) -> ArraySlice<Character> {
    text.prefix(first) + ["…"] + text.suffix(last)
  }

  /// Shortens what stands between a mark that begins a word and one that ends it.
  private static func shorteningQuotes(_ text: [Character]) -> [Character] {
    var result: [Character] = []
    var rest = text[...]
    while let open = rest.firstIndex(of: "'") {
      let begins = open == text.startIndex || !(text[open - 1].isLetter || text[open - 1].isNumber)
      let inner = rest[(open + 1)...]
      guard begins else {
        result += rest[...open]
        rest = inner
        continue
      }
      let close = inner.indices.first {
        inner[$0] == "'" && ($0 + 1 == text.endIndex || " ;,:.)".contains(text[$0 + 1]))
      }
      guard let close else { break }
      let quoted = inner[..<close]
      result += rest[...open]
      result +=
        quoted.count > longestQuote && !quoted.contains("'")
        ? withGap(quoted, first: 40, last: 10) : quoted
      result.append("'")
      rest = rest[(close + 1)...]
    }
    return result + rest
  }
}
