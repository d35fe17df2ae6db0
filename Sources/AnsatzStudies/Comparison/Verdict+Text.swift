import Foundation

extension Verdict {
  /// What the lines that follow are about.
  public var heading: String {
    comparisons.isEmpty
      ? "verdict on \(hybrid): none"
      : "verdict on \(hybrid), intervals and p-values adjusted by \(adjustment)'s method"
  }

  /// One line for each comparison, then the notes.
  public var lines: [String] { comparisons.map(\.text) + notes.map { "note: \($0)" } }

  /// The verdict, one comparison a line.
  public var text: String { lines.joined(separator: "\n") }
}

extension Verdict.Comparison {
  /// What the comparison found, as in `no significant difference from svm (…)`.
  public var text: String {
    let name = "\(role == .baseline ? "the best baseline, " : "")\(against)"
    return "\(finding) \(name) (\(numbers))"
  }

  /// The beginning of the text, up to the name.
  var finding: String {
    if !isSignificant { return "no significant difference from" }
    return test.meanDifference > 0 ? "significantly better than" : "significantly worse than"
  }

  /// The difference, its interval and the p-value, both adjusted, as in
  /// `+0.004 [-0.010, +0.018], p = 0.610`; with more digits where three would hide on which side of 0 an
  /// end is, or of the level the p-value.
  public var numbers: String {
    let ends = [adjusted.lower, adjusted.upper]
    let near = ends.map { abs($0) }.min() ?? 0
    let places = isSignificant ? Self.places { near >= 0.5 * pow(10, -Double($0)) } : 3
    let difference = ([test.meanDifference] + ends).map { String(format: "%+.*f", places, $0) }
    let p = adjusted.pValue
    let pPlaces = Self.places { places in
      let rounded = Double(String(format: "%.*f", places, p)) ?? p
      return (rounded < Verdict.level) == isSignificant && (rounded != Verdict.level)
        || p == Verdict.level
    }
    return "\(difference[0]) [\(difference[1]), \(difference[2])], "
      + (p < 0.001 ? "p < 0.001" : "p = " + String(format: "%.*f", pPlaces, p))
  }

  /// The fewest decimals from three on that show something.
  private static func places(_ isShown: (Int) -> Bool) -> Int {
    (3..<17).first(where: isShown) ?? 17
  }
}
