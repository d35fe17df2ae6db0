import AnsatzMath
import Numerics

// The functions and casts of both versions.
extension QASMEvaluator {
  /// The functions of one argument that the circuit's angles know, by their names in a program.
  private static let smooth: [String: Angle.Function] = [
    "sin": .sin, "cos": .cos, "tan": .tan, "exp": .exp, "ln": .log, "log": .log, "sqrt": .sqrt,
    "arcsin": .asin, "arccos": .acos, "arctan": .atan, "asin": .asin, "acos": .acos, "atan": .atan,
  ]

  static let functionNames: Set<String> = Set(smooth.keys).union([
    "ceiling", "floor", "mod", "pow", "popcount", "int", "uint", "float", "angle", "bool", "bit",
  ])

  func call(_ name: String, _ arguments: [QASMValue], at offset: Int) throws -> QASMValue {
    let wanted = name == "mod" || name == "pow" ? 2 : 1
    guard arguments.count == wanted else {
      throw source.error(
        "\(arguments.count) arguments given; \(name) takes \(wanted)", at: offset)
    }
    let value = arguments[0]
    if QASMParser.typeNames.contains(name) {
      return try cast(value, to: name, size: nil, at: offset)
    }
    if let measured = arguments.first(where: \.isMeasured) {
      throw notSupported("'\(name)'", of: measured, at: offset)
    }
    if let function = QASMEvaluator.smooth[name] { return try smooth(function, value, at: offset) }
    switch name {
    case "pow": return try binary(.power, value, arguments[1], at: offset)
    case "mod": return try modulus(value, arguments[1], at: offset)
    case "popcount":
      return .integer(try whole(value.real, name, at: offset).nonzeroBitCount)
    default:
      let number = try known(value.real, name, at: offset)
      return .integer(
        try whole(number.rounded(name == "floor" ? .down : .up), name, at: offset))
    }
  }

  private func smooth(
    _ function: Angle.Function, _ value: QASMValue, at offset: Int
  ) throws -> QASMValue {
    let angle: Angle =
      switch function {
      case .sin: .sin(value.angle)
      case .cos: .cos(value.angle)
      case .tan: .tan(value.angle)
      case .exp: .exp(value.angle)
      case .log: .log(value.angle)
      case .sqrt: .sqrt(value.angle)
      case .asin: .asin(value.angle)
      case .acos: .acos(value.angle)
      case .atan: .atan(value.angle)
      case .tanh: .tanh(value.angle)
      }
    return try symbolic(angle, of: [value], at: offset)
  }

  /// The remainder with the sign of the divisor.
  private func modulus(
    _ left: QASMValue, _ right: QASMValue, at offset: Int
  ) throws -> QASMValue {
    let a = try known(left.real, "mod", at: offset)
    let b = try known(right.real, "mod", at: offset)
    if b == 0 { throw source.error("division by zero", at: offset) }
    let rest = a.truncatingRemainder(dividingBy: b)
    let result = rest != 0 && (rest < 0) != (b < 0) ? rest + b : rest
    if case .integer = left, case .integer = right, let whole = Int(exactly: result) {
      return .integer(whole)
    }
    return .real(result)
  }

  func known(_ value: Double?, _ name: String, at offset: Int) throws -> Double {
    guard let value else {
      throw source.error("\(name) of an expression of inputs is not supported", at: offset)
    }
    return value
  }

  func whole(_ value: Double?, _ name: String, at offset: Int) throws -> Int {
    let number = try known(value, name, at: offset).rounded(.towardZero)
    guard let whole = Int(exactly: number) else {
      throw source.error("\(name): \(number) does not fit 64 bits", at: offset)
    }
    return whole
  }
}
