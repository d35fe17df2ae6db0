/// Finds the candidate a misspelt name was probably meant to be.
///
/// - Returns: The nearest candidate by Damerau-Levenshtein distance (case ignored), or nil if none
///   is within a third of the name's length (at least 1, at most 3 edits).
public func nearestMatch(to name: String, in candidates: [String]) -> String? {
  let wanted = Array(name.lowercased())
  let limit = min(3, max(1, (wanted.count + 1) / 3))
  let ranked = candidates.compactMap { candidate in
    let other = Array(candidate.lowercased())
    // Lengths that differ by more than the limit leave no match, however long the name.
    return abs(other.count - wanted.count) <= limit
      ? (candidate, editDistance(wanted, other)) : nil
  }
  guard let best = ranked.min(by: { ($0.1, $0.0) < ($1.1, $1.0) }), best.1 <= limit else {
    return candidates.first { $0.lowercased().hasPrefix(name.lowercased()) && !name.isEmpty }
  }
  return best.0
}

/// The sentence that ends an "unknown name" error: the near miss, or every allowed name.
public func didYouMean(_ name: String, in candidates: [String]) -> String {
  if let match = nearestMatch(to: name, in: candidates) { return "did you mean '\(match)'?" }
  return "choose one of: \(candidates.joined(separator: ", "))"
}

private func editDistance(_ a: [Character], _ b: [Character]) -> Int {
  if a.isEmpty || b.isEmpty { return max(a.count, b.count) }
  var beforeLast = [Int](repeating: 0, count: b.count + 1)
  var last = Array(0...b.count)
  for i in 1...a.count {
    var row = [i] + [Int](repeating: 0, count: b.count)
    for j in 1...b.count {
      let cost = a[i - 1] == b[j - 1] ? 0 : 1
      row[j] = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + cost)
      if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] {
        row[j] = min(row[j], beforeLast[j - 2] + 1)
      }
    }
    (beforeLast, last) = (last, row)
  }
  return last[b.count]
}
