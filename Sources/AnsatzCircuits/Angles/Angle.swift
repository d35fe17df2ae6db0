import AnsatzMath
import Numerics

/// A gate's argument in radians: an expression over inputs, weights and constants that evaluates,
/// prints and differentiates.
///
///     2 * θ[0] + .pi
///     x[0] * x[1]
///     Angle.acos(x[0])
public struct Angle: Hashable, Sendable {
  /// What an angle is made of.
  public indirect enum Node: Hashable, Sendable {
    /// A number, in radians.
    case constant(Double)
    /// An input or a weight.
    case symbol(Symbol)
    /// The sum of two angles.
    case sum(Angle, Angle)
    /// The product of two angles.
    case product(Angle, Angle)
    /// A whole power of an angle.
    case power(Angle, Int)
    /// A function of an angle.
    case function(Function, Angle)
    /// An expression that could not be formed; a circuit that holds it is refused with this text.
    case invalid(String)
  }

  /// The functions that an angle may go through.
  public enum Function: String, CaseIterable, Hashable, Sendable {
    /// A function of one number.
    case sin, cos, tan, asin, acos, atan, exp, log, sqrt, tanh

    /// The function's value; NaN outside its domain, whose ends a few roundings may overstep.
    public func value(_ x: Double) -> Double {
      let x = rounded(x)
      return switch self {
      case .sin: .sin(x)
      case .cos: .cos(x)
      case .tan: .tan(x)
      case .asin: .asin(x)
      case .acos: .acos(x)
      case .atan: .atan(x)
      case .exp: .exp(x)
      case .log: .log(x)
      case .sqrt: x.squareRoot()
      case .tanh: .tanh(x)
      }
    }

    func derivative(at x: Angle) -> Angle {
      switch self {
      case .sin: .cos(x)
      case .cos: -.sin(x)
      case .tan: 1 + Angle.pow(.tan(x), 2)
      // Not 1 - x², which loses half of its digits near ±1.
      case .asin: Angle.pow(.sqrt((1 - x) * (1 + x)), -1)
      case .acos: -Angle.pow(.sqrt((1 - x) * (1 + x)), -1)
      case .atan: Angle.pow(1 + x * x, -1)
      case .exp: .exp(x)
      case .log: Angle.pow(x, -1)
      case .sqrt: 0.5 * Angle.pow(.sqrt(x), -1)
      case .tanh: 1 - Angle.pow(.tanh(x), 2)
      }
    }
  }

  /// The outermost operation.
  public let node: Node

  init(_ node: Node) { self.node = node }
  init(invalid message: String) { node = .invalid(message) }
  /// A constant, in radians.
  public init(_ value: Double) { node = .constant(value) }

  /// Half a turn.
  public static let pi = Angle(Double.pi)

  /// The value if the expression is a constant.
  public var constant: Double? {
    if case .constant(let value) = node { return value }
    return nil
  }
}

extension Angle: ExpressibleByFloatLiteral, ExpressibleByIntegerLiteral {
  public init(floatLiteral value: Double) { self.init(value) }
  public init(integerLiteral value: Int) { self.init(Double(value)) }
}

// Forming expressions. Constants fold, and adding 0 or multiplying by 1 leaves no trace; nothing
// else is rearranged, so an expression prints as it was written.
extension Angle {
  /// The sum.
  public static func + (a: Angle, b: Angle) -> Angle {
    switch (a.node, b.node) {
    case (.constant(let x), .constant(let y)): Angle(x + y)
    case (.constant(0), _): b
    case (_, .constant(0)): a
    default: Angle(.sum(a, b))
    }
  }

  /// The product.
  public static func * (a: Angle, b: Angle) -> Angle {
    switch (a.node, b.node) {
    case (.constant(let x), .constant(let y)): return Angle(x * y)
    case (.constant(1), _): return b
    case (_, .constant(1)): return a
    case (.constant(0), _) where !b.isInvalid, (_, .constant(0)) where !a.isInvalid: return 0
    case (.constant(let x), .product(let c, let rest)):
      if let y = c.constant { return Angle(x * y) * rest }
      return Angle(.product(a, b))
    case (_, .constant): return b * a
    default: return Angle(.product(a, b))
    }
  }

  /// The angle with the other sign.
  public static prefix func - (a: Angle) -> Angle { Angle(-1) * a }
  /// The difference.
  public static func - (a: Angle, b: Angle) -> Angle { a + -b }
  /// The quotient.
  public static func / (a: Angle, b: Angle) -> Angle { a * pow(b, -1) }

  /// The sum.
  @_disfavoredOverload public static func + (a: Double, b: Angle) -> Angle { Angle(a) + b }
  /// The sum.
  @_disfavoredOverload public static func + (a: Angle, b: Double) -> Angle { a + Angle(b) }
  /// The difference.
  @_disfavoredOverload public static func - (a: Double, b: Angle) -> Angle { Angle(a) - b }
  /// The difference.
  @_disfavoredOverload public static func - (a: Angle, b: Double) -> Angle { a - Angle(b) }
  /// The product.
  @_disfavoredOverload public static func * (a: Double, b: Angle) -> Angle { Angle(a) * b }
  /// The product.
  @_disfavoredOverload public static func * (a: Angle, b: Double) -> Angle { a * Angle(b) }
  /// The quotient.
  @_disfavoredOverload public static func / (a: Double, b: Angle) -> Angle { Angle(a) / b }
  /// The quotient.
  @_disfavoredOverload public static func / (a: Angle, b: Double) -> Angle { a / Angle(b) }

  /// The base to a whole power.
  public static func pow(_ base: Angle, _ exponent: Int) -> Angle {
    if exponent == 1 { return base }
    if let value = base.constant { return Angle(Double.pow(value, exponent)) }
    return exponent == 0 ? 1 : Angle(.power(base, exponent))
  }

  /// The sine.
  public static func sin(_ x: Angle) -> Angle { apply(.sin, x) }
  /// The cosine.
  public static func cos(_ x: Angle) -> Angle { apply(.cos, x) }
  /// The tangent.
  public static func tan(_ x: Angle) -> Angle { apply(.tan, x) }
  /// The arc sine.
  public static func asin(_ x: Angle) -> Angle { apply(.asin, x) }
  /// The arc cosine.
  public static func acos(_ x: Angle) -> Angle { apply(.acos, x) }
  /// The arc tangent.
  public static func atan(_ x: Angle) -> Angle { apply(.atan, x) }
  /// The exponential.
  public static func exp(_ x: Angle) -> Angle { apply(.exp, x) }
  /// The natural logarithm.
  public static func log(_ x: Angle) -> Angle { apply(.log, x) }
  /// The square root.
  public static func sqrt(_ x: Angle) -> Angle { apply(.sqrt, x) }
  /// The hyperbolic tangent.
  public static func tanh(_ x: Angle) -> Angle { apply(.tanh, x) }

  private static func apply(_ function: Function, _ x: Angle) -> Angle {
    if let value = x.constant { return Angle(function.value(value)) }
    return Angle(.function(function, x))
  }

  private var isInvalid: Bool { invalidity != nil }
}

extension Angle {
  /// The value, given the value of every symbol.
  public func value(_ lookup: (Symbol) -> Double) -> Double {
    switch node {
    case .constant(let value): value
    case .symbol(let symbol): lookup(symbol)
    case .sum(let a, let b): a.value(lookup) + b.value(lookup)
    case .product(let a, let b): a.value(lookup) * b.value(lookup)
    case .power(let base, let exponent): Double.pow(base.value(lookup), exponent)
    case .function(let function, let x): function.value(x.value(lookup))
    case .invalid: .nan
    }
  }

  /// The partial derivative in one symbol, as an expression.
  public func derivative(in symbol: Symbol) -> Angle {
    switch node {
    case .constant, .invalid: 0
    case .symbol(let own): own == symbol ? 1 : 0
    case .sum(let a, let b): a.derivative(in: symbol) + b.derivative(in: symbol)
    case .product(let a, let b): a.derivative(in: symbol) * b + a * b.derivative(in: symbol)
    case .power(let base, let exponent):
      Angle(Double(exponent)) * Angle.pow(base, exponent - 1) * base.derivative(in: symbol)
    case .function(let function, let x): function.derivative(at: x) * x.derivative(in: symbol)
    }
  }

  /// The symbols in the expression, each once, in order of appearance.
  public var symbols: [Symbol] {
    var found: [Symbol] = []
    visitSymbols { if !found.contains($0) { found.append($0) } }
    return found
  }

  /// The message of the first part that could not be formed.
  var invalidity: String? {
    switch node {
    case .invalid(let message): message
    case .constant(let value):
      value.isFinite ? nil : "it holds the number \(value); numbers are finite"
    case .symbol: nil
    case .sum(let a, let b), .product(let a, let b): a.invalidity ?? b.invalidity
    case .power(let a, _), .function(_, let a): a.invalidity
    }
  }

  private func visitSymbols(_ body: (Symbol) -> Void) {
    switch node {
    case .constant, .invalid: break
    case .symbol(let symbol): body(symbol)
    case .sum(let a, let b), .product(let a, let b):
      a.visitSymbols(body)
      b.visitSymbols(body)
    case .power(let a, _), .function(_, let a): a.visitSymbols(body)
    }
  }
}
