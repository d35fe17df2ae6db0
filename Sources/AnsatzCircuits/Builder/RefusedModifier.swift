/// What was done to an operation that cannot be done to it; the circuit refuses it and says why.
enum RefusedModifier: Hashable {
  case controlled
  case inverted

  /// - Parameter what: With its article, such as "a measurement".
  func problem(of what: String) -> String {
    switch self {
    case .controlled: "\(what) cannot be controlled; move it out of Controlled { }"
    case .inverted: "\(what) has no inverse; leave it out of the inverted part"
    }
  }
}
