/// Conditions as OpenQASM 3 expressions.
struct QASMConditionText {
  /// What the program calls a register.
  let name: (Bits) -> String

  func text(_ condition: Condition) -> String {
    switch condition {
    case .constant(let answer): return answer ? "true" : "false"
    case .bit(let bit): return "\(name(bit.register))[\(bit.index)]"
    case .not(let a): return "!" + factor(a)
    case .and(let a, let b): return "\(factor(a)) && \(factor(b))"
    case .or(let a, let b): return "\(factor(a)) || \(factor(b))"
    case .xor(let a, let b): return "\(factor(a)) ^ \(factor(b))"
    case .comparison(let bits, let relation, let number):
      if let register = bits.first?.register, bits == register.all, number >= 0 {
        return "\(name(register)) \(relation.rawValue) \(number)"
      }
      return text(QASMConditionText.bitwise(bits, relation, number))
    }
  }

  /// The text where it must bind tightly.
  private func factor(_ condition: Condition) -> String {
    switch condition {
    case .constant, .bit, .not: text(condition)
    case .comparison, .and, .or, .xor: "(\(text(condition)))"
    }
  }

  /// The comparison of bits that are no whole register, bit by bit.
  private static func bitwise(
    _ bits: [Bit], _ relation: Condition.Relation, _ number: Int
  ) -> Condition {
    switch relation {
    case .notEqual: return .not(bitwise(bits, .equal, number))
    case .greater: return .not(bitwise(bits, .lessOrEqual, number))
    case .greaterOrEqual: return .not(bitwise(bits, .less, number))
    case .lessOrEqual:
      return .or(bitwise(bits, .less, number), bitwise(bits, .equal, number))
    case .equal, .less: break
    }
    // A number that the bits cannot reach.
    if number < 0 || bits.count < Int.bitWidth - 1 && number >> bits.count != 0 {
      return .constant(relation == .less && number > 0)
    }
    var result = Condition.constant(relation == .equal)
    for (place, bit) in bits.enumerated() {
      let wanted = place < Int.bitWidth - 1 && number >> place & 1 == 1
      switch (relation, wanted) {
      case (.equal, true): result = .and(.bit(bit), result)
      case (.equal, false): result = .and(.not(.bit(bit)), result)
      // Less is decided by the highest bit that differs.
      case (_, true): result = .or(.not(.bit(bit)), result)
      case (_, false): result = .and(.not(.bit(bit)), result)
      }
    }
    return result
  }
}
