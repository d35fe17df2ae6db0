/// A real weighted sum of Pauli strings: a Hermitian observable, such as
/// `0.5 * X(0) - Z(0) * Z(1)`.
public struct PauliSum: Hashable, Sendable, Observable, CustomStringConvertible {
  /// A string with its factor.
  public struct Term: Hashable, Sendable {
    /// The factor of the term.
    public let coefficient: Double
    /// The Pauli string.
    public let string: PauliString
  }

  /// Distinct strings in order of first appearance.
  public let terms: [Term]

  /// The sum of these strings with their factors; equal strings are added up.
  public init(_ terms: [(Double, PauliString)]) {
    var order: [PauliString] = []
    var coefficients: [PauliString: Double] = [:]
    for (coefficient, string) in terms {
      if coefficients[string] == nil { order.append(string) }
      coefficients[string, default: 0] += coefficient
    }
    self.terms = order.map { Term(coefficient: coefficients[$0] ?? 0, string: $0) }
  }

  public var pauliSum: PauliSum { self }

  /// The highest qubit any term acts on, or nil for multiples of the identity.
  public var highestQubit: Int? {
    terms.compactMap { $0.string.factors.last?.qubit }.max()
  }

  public var description: String {
    if terms.isEmpty { return "0" }
    var text = ""
    for (index, term) in terms.enumerated() {
      let size = abs(term.coefficient)
      let sign = term.coefficient < 0 ? (index == 0 ? "-" : " - ") : (index == 0 ? "" : " + ")
      text += sign + (size == 1 ? "" : "\(size)*") + term.string.description
    }
    return text
  }
}

/// The sum of two observables.
public func + (a: some Observable, b: some Observable) -> PauliSum {
  PauliSum((a.pauliSum.terms + b.pauliSum.terms).map { ($0.coefficient, $0.string) })
}

/// The difference of two observables.
public func - (a: some Observable, b: some Observable) -> PauliSum { a + (-1.0 * b) }

/// The observable with the other sign.
public prefix func - (a: some Observable) -> PauliSum { -1.0 * a }

/// The observable times a number.
public func * (scale: Double, a: some Observable) -> PauliSum {
  PauliSum(a.pauliSum.terms.map { (scale * $0.coefficient, $0.string) })
}

/// The product of two observables that commute.
///
/// A product whose anti-Hermitian part does not cancel (such as `X(0) * Y(0)`) is not an
/// observable; only its Hermitian part is kept, which is (AB + BA)/2.
public func * (a: some Observable, b: some Observable) -> PauliSum {
  var terms: [(Double, PauliString)] = []
  for left in a.pauliSum.terms {
    for right in b.pauliSum.terms {
      let (string, power) = left.string.multiplied(by: right.string)
      let sign: Double = power == 0 ? 1 : power == 2 ? -1 : 0
      terms.append((sign * left.coefficient * right.coefficient, string))
    }
  }
  return PauliSum(terms.filter { $0.0 != 0 })
}
