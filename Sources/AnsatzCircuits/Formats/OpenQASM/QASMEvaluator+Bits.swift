import AnsatzMath

// Questions about classical bits, which are answered while the program runs.
extension QASMEvaluator {
  /// The value as a question: whether it is not 0.
  func condition(_ value: QASMValue, at offset: Int) throws -> Condition {
    switch value {
    case .condition(let condition, _, _): return condition
    case .bits(let bits, _):
      return bits.count == 1 ? .bit(bits[0]) : .comparison(bits, .notEqual, 0)
    case .integer, .real, .boolean: return .constant(value.real != 0)
    case .angle:
      throw source.error("a condition on an input of the program is not supported", at: offset)
    }
  }

  func notSupported(_ what: String, of value: QASMValue, at offset: Int) -> AnsatzError {
    source.error(
      "\(what) of \(value.isMeasured ? "classical bits" : "this value") is not supported",
      at: offset)
  }

  /// A condition that is not too large, so that nothing that walks through it runs out of stack.
  private func limited(
    _ condition: Condition, of parts: [QASMValue], at offset: Int
  ) throws -> QASMValue {
    if case .constant(let answer) = condition { return .boolean(answer) }
    let size = parts.reduce(1) { $0 + $1.size }
    let depth = 1 + (parts.map(\.depth).max() ?? 0)
    guard depth <= QASMEvaluator.maximumDepth else {
      throw source.error(
        "a condition has \(size) parts, \(depth) deep; at most "
          + "\(QASMEvaluator.maximumDepth) deep", at: offset)
    }
    return .condition(condition, size: size, depth: depth)
  }

  func measuredUnary(
    _ sign: QASMOperator, _ value: QASMValue, at offset: Int
  ) throws -> QASMValue {
    guard sign == .not || sign == .bitNot && isTruth(value) else {
      throw notSupported("'\(sign.rawValue)'", of: value, at: offset)
    }
    return try limited(negated(condition(value, at: offset)), of: [value], at: offset)
  }

  func measuredBinary(
    _ sign: QASMOperator, _ left: QASMValue, _ right: QASMValue, at offset: Int
  ) throws -> QASMValue {
    let result: Condition
    switch sign {
    case .and, .or:
      result = joined(
        sign, try condition(left, at: offset), try condition(right, at: offset))
    case .bitAnd, .bitOr, .bitXor:
      guard isTruth(left), isTruth(right) else {
        throw notSupported("'\(sign.rawValue)'", of: left, at: offset)
      }
      result = joined(
        sign, try condition(left, at: offset), try condition(right, at: offset))
    case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual:
      result = try compared(sign, left, right, at: offset)
    default: throw notSupported("'\(sign.rawValue)'", of: left, at: offset)
    }
    return try limited(result, of: [left, right], at: offset)
  }

  func measuredCast(_ value: QASMValue, to type: String, at offset: Int) throws -> QASMValue {
    switch type {
    case "bool": return try limited(condition(value, at: offset), of: [value], at: offset)
    case "int", "uint", "bit": return value
    default: throw notSupported("'\(type)'", of: value, at: offset)
    }
  }

  /// Whether it is a single bit, not a number.
  private func isTruth(_ value: QASMValue) -> Bool {
    switch value {
    case .condition, .boolean: true
    case .bits(let bits, _): bits.count == 1
    case .integer(let number): number == 0 || number == 1
    case .real, .angle: false
    }
  }

  private func negated(_ a: Condition) -> Condition {
    if case .constant(let answer) = a { return .constant(!answer) }
    return .not(a)
  }

  private func joined(_ sign: QASMOperator, _ a: Condition, _ b: Condition) -> Condition {
    guard case .constant(let answer) = a else {
      if case .constant = b { return joined(sign, b, a) }
      switch sign {
      case .and, .bitAnd: return .and(a, b)
      case .or, .bitOr: return .or(a, b)
      default: return .xor(a, b)
      }
    }
    switch sign {
    case .and, .bitAnd: return answer ? b : a
    case .or, .bitOr: return answer ? a : b
    default: return answer ? negated(b) : b
    }
  }

  private func compared(
    _ sign: QASMOperator, _ left: QASMValue, _ right: QASMValue, at offset: Int
  ) throws -> Condition {
    guard let relation = Condition.Relation(rawValue: sign.rawValue) else {
      throw notSupported("'\(sign.rawValue)'", of: left, at: offset)
    }
    switch (left, right) {
    case (.bits(let a, _), .bits(let b, _)) where a.count > 1 || b.count > 1:
      return try compared(relation, a, b, at: offset)
    case (.bits(let bits, let isRegister), .integer(let number))
    where isRegister || !(0...1).contains(number) || relation != .equal && relation != .notEqual:
      return .comparison(bits, relation, number)
    case (.integer, .bits), (.boolean, .bits), (.real, .bits):
      let mirrored = QASMOperator(rawValue: relation.mirrored.rawValue) ?? sign
      return try compared(mirrored, right, left, at: offset)
    default: break
    }
    guard isTruth(left), isTruth(right), relation == .equal || relation == .notEqual else {
      throw notSupported("'\(sign.rawValue)'", of: left, at: offset)
    }
    let (a, b) = (try condition(left, at: offset), try condition(right, at: offset))
    let differs = joined(.bitXor, a, b)
    if relation == .notEqual { return differs }
    if case .constant(let answer) = b { return answer ? a : negated(a) }
    if case .constant(let answer) = a { return answer ? b : negated(b) }
    return negated(differs)
  }

  /// Whether two registers of one size hold the same.
  private func compared(
    _ relation: Condition.Relation, _ a: [Bit], _ b: [Bit], at offset: Int
  ) throws -> Condition {
    guard a.count == b.count, relation == .equal || relation == .notEqual else {
      throw source.error(
        "two registers of bits are compared with '==' and '!=', and have the same size",
        at: offset)
    }
    var terms = zip(a, b).map { Condition.not(.xor(.bit($0), .bit($1))) }
    // In pairs, so that the tree is not deep.
    while terms.count > 1 {
      terms = stride(from: 0, to: terms.count, by: 2).map {
        $0 + 1 < terms.count ? .and(terms[$0], terms[$0 + 1]) : terms[$0]
      }
    }
    return relation == .equal ? terms[0] : .not(terms[0])
  }
}

extension Condition.Relation {
  /// The relation with its sides exchanged.
  fileprivate var mirrored: Condition.Relation {
    switch self {
    case .equal, .notEqual: self
    case .less: .greater
    case .lessOrEqual: .greaterOrEqual
    case .greater: .less
    case .greaterOrEqual: .lessOrEqual
    }
  }
}
