import Numerics

/// Angles as OpenQASM expressions.
struct QASMAngleText {
  /// The program's name of each input and weight.
  let names: [Symbol: String]

  func text(_ angle: Angle) -> String {
    switch angle.node {
    case .constant(let value): return QASMAngleText.text(value)
    case .symbol(let symbol): return names[symbol] ?? "0.0"
    case .sum(let a, let b): return "\(text(a)) + \(factor(b))"
    case .product(let a, let b): return "\(factor(a))*\(factor(b))"
    case .power(let base, let exponent):
      let copies = Array(repeating: factor(base), count: min(Int(exponent.magnitude), 8))
      let product =
        exponent.magnitude <= 8
        ? "(\(copies.joined(separator: "*")))" : "\(factor(base))**\(exponent.magnitude)"
      return exponent < 0 ? "1.0/\(product)" : product
    case .function(let function, let x):
      let argument = text(x)
      switch function {
      case .asin: return "arcsin(\(argument))"
      case .acos: return "arccos(\(argument))"
      case .atan: return "arctan(\(argument))"
      // The language has no tanh.
      case .tanh: return "1.0 - 2.0/(exp(2.0*(\(argument))) + 1.0)"
      case .sin, .cos, .tan, .exp, .log, .sqrt: return "\(function.rawValue)(\(argument))"
      }
    case .invalid: return "0.0"
    }
  }

  /// The text where it must bind tightly.
  private func factor(_ angle: Angle) -> String {
    switch angle.node {
    case .symbol: return text(angle)
    case .constant(let value)
    where value >= 0 && angle.constant == Double(Int(exactly: value) ?? -1):
      return text(angle)
    case .function(let function, _) where function != .tanh: return text(angle)
    default: return "(\(text(angle)))"
    }
  }

  /// A number that reads back bit by bit, as a fraction of pi where that is exact.
  static func text(_ value: Double) -> String {
    if value == 0 { return "0.0" }
    let sign = value < 0 ? "-" : ""
    for denominator in [1.0, 2, 3, 4, 6, 8, 16, 32] {
      let numerator = (value.magnitude / .pi * denominator).rounded()
      guard (1...64).contains(numerator), numerator * .pi / denominator == value.magnitude else {
        continue
      }
      let front = numerator == 1 ? "pi" : "\(Int(numerator))*pi"
      return sign + front + (denominator == 1 ? "" : "/\(Int(denominator))")
    }
    return "\(value)"
  }
}
