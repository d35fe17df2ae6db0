/// A word as the shell reads it back: quoted if it needs to be.
func shellQuoted(_ word: String) -> String {
  let isPlain = word.allSatisfy {
    $0.isASCII && ($0.isLetter || $0.isNumber) || "-_./=:,+@%".contains($0)
  }
  if isPlain, !word.isEmpty { return word }
  return "'" + word.replacing("'", with: "'\\''") + "'"
}

/// Text with a space for every line end, and a replacement for other control characters: names from
/// a data file must not break a line or steer the terminal.
func onOneLine(_ text: String) -> String {
  String(
    text.map { character in
      if character.isNewline { return " " }
      let isControl = character.unicodeScalars.contains {
        $0.properties.generalCategory == .control
      }
      return isControl ? "\u{FFFD}" : character
    })
}
