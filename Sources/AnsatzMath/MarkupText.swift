extension String {
  /// As text of an SVG or HTML document; characters that these have no words for are replaced.
  package var inMarkup: String {
    var result = ""
    // Scalar by scalar: a sign with a combining mark after it is another character, but not another
    // sign to a parser.
    for scalar in unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "\n", "\t": result.unicodeScalars.append(scalar)
      case "\u{FFFE}", "\u{FFFF}": result += "\u{FFFD}"
      case _ where scalar.properties.generalCategory == .control: result += "\u{FFFD}"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
