import Numerics

// Where an angle has a value: the numbers that functions take, and what is wrong with those that
// they are given.

extension Angle {
  /// The largest angle, in radians: the numbers beside it are a whole radian away, so of a larger one
  /// nobody knows where in the turn it is.
  public static let largest = 0x1p52
}

extension Angle.Function {
  /// The least and the largest number that the function takes.
  public var domain: ClosedRange<Double> {
    switch self {
    case .asin, .acos: -1...1
    case .log: Double.leastNonzeroMagnitude ... .infinity
    case .sqrt: 0 ... .infinity
    case .sin, .cos, .tan, .atan, .exp, .tanh: -.infinity ... .infinity
    }
  }

  /// The domain as text.
  var domainText: String {
    switch self {
    case .asin, .acos: "-1...1"
    case .log: "numbers above 0"
    case .sqrt: "0 and numbers above"
    case .sin, .cos, .tan, .atan, .exp, .tanh: "any number"
    }
  }

  /// A number that oversteps an end of the domain by no more than a few roundings, at that end.
  ///
  /// - Parameter roundings: By how many units in the last place of 1 of the numbers in use.
  package func rounded(_ x: Double, roundings: Double = 4 * 0x1p-52) -> Double {
    switch self {
    case .asin, .acos:
      if x > 1, x <= 1 + roundings { return 1 }
      if x < -1, x >= -1 - roundings { return -1 }
      return x
    case .sqrt: return x < 0 && x >= -roundings ? 0 : x
    default: return x
    }
  }

  func problem(of value: Double, as text: String) -> String {
    domain.contains(value)
      ? "\(rawValue)(\(text)) is not finite"
      : "\(rawValue)(\(text)) has no value; \(rawValue) takes \(domainText)"
  }
}

extension Angle {
  /// What is wrong with the angle at these values, naming the symbol to change; nil if nothing is.
  ///
  /// - Parameters:
  ///   - roundings: How far a value may overstep a domain, as `Function.rounded` has it.
  ///   - lookup: The value of each symbol.
  package func problem(roundings: Double, _ lookup: (Symbol) -> Double) -> String? {
    switch evaluate(roundings, lookup) {
    case .failure(let fault): return fault.text
    case .success(let value):
      guard !(abs(value) <= Angle.largest) else { return nil }
      return named(lookup)
        + "the angle \(shortText) is \(value) radians, of which no digit says where in the turn; "
        + "angles are at most \(Angle.largest)"
    }
  }

  private struct Fault: Error { let text: String }

  private func evaluate(
    _ roundings: Double, _ lookup: (Symbol) -> Double
  ) -> Result<Double, Fault> {
    do {
      let value = try checked(roundings, lookup)
      return .success(value)
    } catch { return .failure(error) }
  }

  private func checked(
    _ roundings: Double, _ lookup: (Symbol) -> Double
  ) throws(Fault) -> Double {
    let value: Double
    switch node {
    case .constant(let number): value = number
    case .symbol(let symbol): value = lookup(symbol)
    case .sum(let a, let b): value = try a.checked(roundings, lookup) + b.checked(roundings, lookup)
    case .product(let a, let b):
      value = try a.checked(roundings, lookup) * b.checked(roundings, lookup)
    case .power(let base, let exponent):
      value = Double.pow(try base.checked(roundings, lookup), exponent)
    case .function(let function, let x):
      let argument = function.rounded(try x.checked(roundings, lookup), roundings: roundings)
      value = function.value(argument)
      if !value.isFinite {
        let isPlain = if case .symbol = x.node { true } else { false }
        throw Fault(
          text: x.named(lookup)
            + (isPlain ? "" : "\(x.shortText) is \(argument), and ")
            + function.problem(of: argument, as: x.shortText))
      }
    case .invalid(let message): throw Fault(text: message)
    }
    guard value.isFinite else {
      throw Fault(text: named(lookup) + "\(shortText) is \(value), not a finite number")
    }
    return value
  }

  /// `x[0] is 1.2, and `, of the symbols that there are.
  private func named(_ lookup: (Symbol) -> Double) -> String {
    let list = symbols
    guard !list.isEmpty else { return "" }
    return list.prefix(3).map {
      "\($0.bundle.role == .inputs ? "input" : "weight") \($0) is \(lookup($0))"
    }
    .joined(separator: ", ") + (list.count > 3 ? ", …" : "") + ": "
  }

  /// The expression, cut where it is long.
  private var shortText: String {
    let text = description
    return text.count > 60 ? text.prefix(59) + "…" : text
  }
}

extension Circuit {
  /// From where to draw a value for a symbol that is not given, for those that go into a function as they
  /// are and not every number of a full turn is in its domain.
  public var drawingRanges: [Symbol: Range<Double>] {
    var ranges: [Symbol: Range<Double>] = [:]
    for operation in operations {
      guard case .gate(let gate) = operation else { continue }
      for angle in gate.angles {
        angle.visitFunctions { function, argument in
          guard case .symbol(let symbol) = argument.node else { return }
          switch function {
          case .asin, .acos: ranges[symbol] = -1..<1
          case .log where ranges[symbol] == nil: ranges[symbol] = 0x1p-10..<2 * .pi
          default: break
          }
        }
      }
    }
    return ranges
  }
}

extension Angle {
  fileprivate func visitFunctions(_ body: (Function, Angle) -> Void) {
    switch node {
    case .constant, .symbol, .invalid: break
    case .sum(let a, let b), .product(let a, let b):
      a.visitFunctions(body)
      b.visitFunctions(body)
    case .power(let a, _): a.visitFunctions(body)
    case .function(let function, let a):
      body(function, a)
      a.visitFunctions(body)
    }
  }
}
