/// An expression as instructions for a stack machine: flat, so a long expression needs no deep
/// recursion to run or to free.
struct QASMExpression: Sendable {
  enum Instruction: Sendable {
    case push(QASMValue)
    case name(String, at: Int)
    case unary(QASMOperator, at: Int)
    case binary(QASMOperator, at: Int)
    case call(String, arguments: Int, at: Int)
    /// To a type with a size, which lies below the value.
    case cast(String, at: Int)
    /// `c[0]`
    case element(QASMOperand.Part)
  }

  var instructions: [Instruction] = []
  let offset: Int

  static let maximumLength = 100_000
}

enum QASMOperator: String, Sendable {
  case add = "+"
  case subtract = "-"
  case multiply = "*"
  case divide = "/"
  case remainder = "%"
  case power = "**"
  case bitAnd = "&"
  case bitOr = "|"
  case bitXor = "^"
  case bitNot = "~"
  case shiftLeft = "<<"
  case shiftRight = ">>"
  case equal = "=="
  case notEqual = "!="
  case less = "<"
  case lessOrEqual = "<="
  case greater = ">"
  case greaterOrEqual = ">="
  case and = "&&"
  case or = "||"
  case not = "!"

  /// How tightly a binary operator binds.
  var precedence: Int {
    switch self {
    case .or: 1
    case .and: 2
    case .bitOr: 3
    case .bitXor: 4
    case .bitAnd: 5
    case .equal, .notEqual: 6
    case .less, .lessOrEqual, .greater, .greaterOrEqual: 7
    case .shiftLeft, .shiftRight: 8
    case .add, .subtract: 9
    case .multiply, .divide, .remainder: 10
    case .power: 12
    case .bitNot, .not: 11
    }
  }
}

/// What an expression is worth.
enum QASMValue: Sendable {
  case integer(Int)
  case real(Double)
  case boolean(Bool)
  /// An expression in the program's inputs, with its size and depth as a tree.
  case angle(Angle, size: Int, depth: Int)
  /// Classical bits, the least significant first; a register, or one of its bits.
  case bits([Bit], isRegister: Bool)
  /// A question about classical bits, with the size and depth of its tree.
  case condition(Condition, size: Int, depth: Int)

  init(symbol angle: Angle) { self = .angle(angle, size: 1, depth: 1) }

  /// The number as an angle.
  var angle: Angle {
    switch self {
    case .integer(let value): Angle(Double(value))
    case .real(let value): Angle(value)
    case .boolean(let value): Angle(value ? 1 : 0)
    case .angle(let angle, _, _): angle
    // What is known only while the program runs goes another way, see `isMeasured`.
    case .bits, .condition: Angle(0)
    }
  }

  /// The number, unless it depends on an input.
  var real: Double? { angle.constant }

  /// Whether it depends on classical bits.
  var isMeasured: Bool {
    switch self {
    case .bits, .condition: true
    case .integer, .real, .boolean, .angle: false
    }
  }

  var size: Int {
    switch self {
    case .angle(_, let size, _), .condition(_, let size, _): size
    case .bits(let bits, _): bits.count
    case .integer, .real, .boolean: 1
    }
  }
  var depth: Int {
    switch self {
    case .angle(_, _, let depth), .condition(_, _, let depth): depth
    case .bits, .integer, .real, .boolean: 1
    }
  }
}
