/// A question about classical bits that has the answer yes or no.
///
///     c[0] && !c[1]
///     c == 3
public indirect enum Condition: Hashable, Sendable {
  /// Always or never.
  case constant(Bool)
  /// Whether the bit is 1.
  case bit(Bit)
  /// Compares the bits, the least significant first, with a number.
  case comparison([Bit], Relation, Int)
  /// True where the other is not.
  case not(Condition)
  /// True where both are.
  case and(Condition, Condition)
  /// True where one or both are.
  case or(Condition, Condition)
  /// Whether just one of the two holds.
  case xor(Condition, Condition)

  /// How two numbers may stand to each other.
  public enum Relation: String, CaseIterable, Hashable, Sendable {
    /// Equal to the number.
    case equal = "=="
    /// Not equal to the number.
    case notEqual = "!="
    /// Below the number.
    case less = "<"
    /// At most the number.
    case lessOrEqual = "<="
    /// Above the number.
    case greater = ">"
    /// At least the number.
    case greaterOrEqual = ">="
  }

  /// The bits it depends on, each once, in order of appearance.
  public var bits: [Bit] {
    var found: [Bit] = []
    var seen: Set<Bit> = []
    visitBits { if seen.insert($0).inserted { found.append($0) } }
    return found
  }

  private func visitBits(_ body: (Bit) -> Void) {
    switch self {
    case .constant: break
    case .bit(let bit): body(bit)
    case .comparison(let bits, _, _): bits.forEach(body)
    case .not(let a): a.visitBits(body)
    case .and(let a, let b), .or(let a, let b), .xor(let a, let b):
      a.visitBits(body)
      b.visitBits(body)
    }
  }

  /// The answer, given the value of every bit.
  public func holds(_ value: (Bit) -> Bool) -> Bool {
    switch self {
    case .constant(let answer): answer
    case .bit(let bit): value(bit)
    case .comparison(let bits, let relation, let number):
      relation.holds(Self.order(of: bits, value, against: number))
    case .not(let a): !a.holds(value)
    case .and(let a, let b): a.holds(value) && b.holds(value)
    case .or(let a, let b): a.holds(value) || b.holds(value)
    case .xor(let a, let b): a.holds(value) != b.holds(value)
    }
  }

  /// -1, 0 or 1 as the bits' number is less than, equal to or greater than the other.
  private static func order(of bits: [Bit], _ value: (Bit) -> Bool, against number: Int) -> Int {
    if number < 0 { return 1 }
    for place in stride(from: max(bits.count, Int.bitWidth) - 1, through: 0, by: -1) {
      let own = place < bits.count && value(bits[place])
      let other = place < Int.bitWidth && number >> place & 1 == 1
      if own != other { return own ? 1 : -1 }
    }
    return 0
  }
}

extension Condition.Relation {
  fileprivate func holds(_ order: Int) -> Bool {
    switch self {
    case .equal: order == 0
    case .notEqual: order != 0
    case .less: order < 0
    case .lessOrEqual: order <= 0
    case .greater: order > 0
    case .greaterOrEqual: order >= 0
    }
  }
}

extension Condition: CustomStringConvertible {
  /// As it is written in Swift, and in OpenQASM 3.
  public var description: String { text(binding: 0) }

  /// - Parameter strength: How tightly the place it stands in binds; weaker operators get brackets.
  private func text(binding strength: Int) -> String {
    func joined(_ a: Condition, _ sign: String, _ b: Condition, _ own: Int) -> String {
      let text = "\(a.text(binding: own)) \(sign) \(b.text(binding: own + 1))"
      return own < strength ? "(\(text))" : text
    }
    switch self {
    case .constant(let answer): return "\(answer)"
    case .bit(let bit): return bit.description
    case .comparison(let bits, let relation, let number):
      let text = "\(Self.name(of: bits)) \(relation.rawValue) \(number)"
      return strength > 3 ? "(\(text))" : text
    case .not(let a): return "!" + a.text(binding: 5)
    case .or(let a, let b): return joined(a, "||", b, 1)
    case .and(let a, let b): return joined(a, "&&", b, 2)
    case .xor(let a, let b): return joined(a, "^", b, 4)
    }
  }

  private static func name(of bits: [Bit]) -> String {
    if let register = bits.first?.register, bits == register.all { return register.name }
    return "{\(bits.map(\.description).joined(separator: ", "))}"
  }
}

/// What can stand in a condition: a bit, or another condition.
public protocol ClassicalExpression: Sendable {
  /// The expression as a condition.
  var condition: Condition { get }
}

extension Bit: ClassicalExpression {
  public var condition: Condition { .bit(self) }
}

extension Condition: ClassicalExpression {
  public var condition: Condition { self }
}

/// True where the expression is not.
public prefix func ! (a: some ClassicalExpression) -> Condition { .not(a.condition) }
/// True where both are.
public func && (a: some ClassicalExpression, b: some ClassicalExpression) -> Condition {
  .and(a.condition, b.condition)
}
/// True where one or both are.
public func || (a: some ClassicalExpression, b: some ClassicalExpression) -> Condition {
  .or(a.condition, b.condition)
}
/// True where just one is.
public func ^ (a: some ClassicalExpression, b: some ClassicalExpression) -> Condition {
  .xor(a.condition, b.condition)
}

// A register compared with a number; see `Condition.comparison`.
extension Bits {
  /// Whether the register, read as a number, is that number.
  public static func == (a: Bits, b: Int) -> Condition { .comparison(a.all, .equal, b) }
  /// Whether the register, read as a number, is another number.
  public static func != (a: Bits, b: Int) -> Condition { .comparison(a.all, .notEqual, b) }
  /// Whether the register, read as a number, is below that number.
  public static func < (a: Bits, b: Int) -> Condition { .comparison(a.all, .less, b) }
  /// Whether the register, read as a number, is at most that number.
  public static func <= (a: Bits, b: Int) -> Condition { .comparison(a.all, .lessOrEqual, b) }
  /// Whether the register, read as a number, is above that number.
  public static func > (a: Bits, b: Int) -> Condition { .comparison(a.all, .greater, b) }
  /// Whether the register, read as a number, is at least that number.
  public static func >= (a: Bits, b: Int) -> Condition { .comparison(a.all, .greaterOrEqual, b) }
}
