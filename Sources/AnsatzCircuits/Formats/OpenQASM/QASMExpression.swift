/// An expression as instructions for a stack machine: flat, so a long expression needs no deep
/// recursion to run or to free.
struct QASMExpression: Sendable {
  enum Instruction: Sendable {
    case push(QASMValue)
    case name(String, at: Int)
    case unary(QASMOperator, at: Int)
    case binary(QASMOperator, at: Int)
    case call(String, arguments: Int, at: Int)
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

  init(symbol angle: Angle) { self = .angle(angle, size: 1, depth: 1) }

  /// The number as an angle.
  var angle: Angle {
    switch self {
    case .integer(let value): Angle(Double(value))
    case .real(let value): Angle(value)
    case .boolean(let value): Angle(value ? 1 : 0)
    case .angle(let angle, _, _): angle
    }
  }

  /// The number, unless it depends on an input.
  var real: Double? { angle.constant }

  var size: Int { if case .angle(_, let size, _) = self { size } else { 1 } }
  var depth: Int { if case .angle(_, _, let depth) = self { depth } else { 1 } }
}
