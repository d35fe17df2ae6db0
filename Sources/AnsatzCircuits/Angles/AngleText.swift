import Numerics

extension Angle: CustomStringConvertible {
  /// The expression as it would be typed, with multiples of π written as such: `2*θ[0] + π`.
  public var description: String {
    switch node {
    case .constant(let value): return Angle.text(of: value)
    case .symbol(let symbol): return symbol.description
    case .sum(let a, let b):
      let right = b.description
      return right.hasPrefix("-") ? "\(a) - \(right.dropFirst())" : "\(a) + \(right)"
    case .product(let a, let b):
      if a.constant == -1 { return "-\(b.factorText)" }
      return "\(a.factorText)*\(b.factorText)"
    case .power(let base, let exponent): return "\(base.factorText)^\(exponent)"
    case .function(let function, let x): return "\(function.rawValue)(\(x))"
    case .invalid(let message): return "(\(message))"
    }
  }

  private var factorText: String {
    if case .sum = node { return "(\(self))" }
    return description
  }

  /// A constant: as a multiple of π with a small denominator if it is one, else as a decimal.
  static func text(of value: Double) -> String {
    guard value.isFinite, value != 0 else { return value == 0 ? "0" : "\(value)" }
    for denominator in [1, 2, 3, 4, 6, 8, 16] {
      let numerator = value / .pi * Double(denominator)
      let rounded = numerator.rounded()
      guard rounded != 0, abs(rounded) <= 64, abs(numerator - rounded) < 1e-12 * abs(numerator)
      else { continue }
      let count = Int(rounded)
      let front = count == 1 ? "" : count == -1 ? "-" : "\(count)"
      return front + "π" + (denominator == 1 ? "" : "/\(denominator)")
    }
    if value == value.rounded(), abs(value) < 1e15 { return String(Int(value)) }
    return "\(value)"
  }
}
