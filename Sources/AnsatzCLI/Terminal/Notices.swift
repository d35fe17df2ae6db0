import Ansatz

extension [Finding] {
  /// Writes each to standard error, in a line of its own.
  func note() {
    for finding in self { StandardStreams.notice("notice: \(finding.message)") }
  }
}

/// Steps of a preparation for people.
func stepsText(_ names: [String]) -> String {
  names.isEmpty ? "none" : names.joined(separator: ", ")
}
