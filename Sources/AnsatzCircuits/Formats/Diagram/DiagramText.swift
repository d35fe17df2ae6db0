extension String {
  /// Without characters that would break a line or a terminal; names may hold any.
  var printable: String {
    guard unicodeScalars.contains(where: \.isUnprintable) else { return self }
    var scalars = UnicodeScalarView()
    scalars.append(contentsOf: unicodeScalars.map { $0.isUnprintable ? "\u{FFFD}" : $0 })
    return String(scalars)
  }

  /// How many columns of a terminal it takes.
  var columnCount: Int {
    reduce(0) { $0 + ($1.unicodeScalars.first?.isWide == true ? 2 : 1) }
  }

  /// Lines of a few words each, broken after commas between angles where it is long.
  var brokenAtCommas: [String] {
    guard pixelWidth > 200 else { return [self] }
    var lines: [String] = []
    var line = ""
    var depth = 0
    for character in self {
      // Inside the brackets of a gate, but of no subscript.
      if character == "(" || character == "[" { depth += 1 }
      if character == ")" || character == "]" { depth -= 1 }
      if character == " ", depth == 1, line.hasSuffix(",") {
        lines.append(line)
        line = ""
      } else {
        line.append(character)
      }
    }
    return lines + [line]
  }

  /// How many pixels it takes at a font size of 13: no less than in DejaVu Sans, the widest of the
  /// usual fonts.
  var pixelWidth: Double { reduce(0) { $0 + ($1.unicodeScalars.first?.pixelWidth ?? 0) } }
}

extension Unicode.Scalar {
  fileprivate var isUnprintable: Bool {
    switch properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .unassigned, .surrogate: true
    default: false
    }
  }

  /// East Asian scripts and pictures, which take two columns.
  fileprivate var isWide: Bool {
    switch value {
    case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F,
      0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1FAFF, 0x20000...0x3FFFD:
      true
    default: false
    }
  }

  fileprivate var pixelWidth: Double {
    switch self {
    case "i", "j", "l", "I", ".", ",", ":", ";", "'", "|", " ", "(", ")", "[", "]", "!", "-", "f",
      "t", "r", "⟨", "⟩":
      5.4
    case "m", "M", "W", "%", "@": 13
    case "w", "+", "=", "<", ">", "^", "~", "&", "O", "Q", "G", "D", "N", "H", "U":
      11
    case "0"..."9", "a"..."z", "*", "/": 8.4
    case "A"..."Z": 9.3
    case "\u{370}"..."\u{3FF}": 11
    default: 15
    }
  }
}
