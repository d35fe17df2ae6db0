/// A statement of a program as it stands there; nothing is known to make sense yet.
indirect enum QASMStatement: Sendable {
  case gate(QASMGate)
  case register(QASMRegister)
  case input(QASMInput)
  case constant(type: QASMType, name: String, value: QASMExpression, offset: Int)
  case alias(name: String, QASMOperand, offset: Int)
  case call(QASMCall)
  case loop(QASMLoop)
  case conditional(QASMConditional)
  case measure(QASMOperand, into: QASMOperand?, offset: Int)
  case reset(QASMOperand, offset: Int)
  case include(String, offset: Int)
  case barrier([QASMOperand])

  /// Where it starts; nil for a barrier.
  var offset: Int? {
    switch self {
    case .gate(let gate): gate.offset
    case .register(let register): register.offset
    case .input(let input): input.offset
    case .constant(_, _, _, let offset), .alias(_, _, let offset), .measure(_, _, let offset),
      .reset(_, let offset), .include(_, let offset):
      offset
    case .call(let call): call.offset
    case .loop(let loop): loop.offset
    case .conditional(let conditional): conditional.offset
    case .barrier: nil
    }
  }
}

/// A classical type, such as `int[8]`.
struct QASMType: Sendable {
  let name: String
  let size: QASMExpression?
}

/// A `gate` or `opaque` declaration.
struct QASMGate: Sendable {
  let name: String
  let parameters: [String]
  let qubits: [String]
  /// Nil for an opaque gate.
  let body: [QASMStatement]?
  let offset: Int
  /// The position among the program's gates: a body sees only gates declared before it.
  var order = 0
  /// How deeply its body nests other gates.
  var depth = 1
}

struct QASMRegister: Sendable {
  enum Kind: Sendable { case qubits, bits }
  let kind: Kind
  let name: String
  /// Nil for a single qubit or bit.
  let size: QASMExpression?
  /// `bit c = measure q;`
  var measured: QASMOperand?
  /// `bit c = 0;`
  var start: QASMExpression?
  let offset: Int
}

struct QASMInput: Sendable {
  let name: String
  /// The annotation in front of it that `QASMWriter` wrote, if any.
  let annotation: String?
  let offset: Int
}

/// Qubits or bits by name: `q`, `q[0]`, `q[1:3] ++ r`.
struct QASMOperand: Sendable {
  enum Index: Sendable {
    case item(QASMExpression)
    case range(start: QASMExpression?, step: QASMExpression?, end: QASMExpression?)
    case set([QASMExpression])
  }

  struct Part: Sendable {
    let name: String
    let indices: [Index]
    let offset: Int
  }

  let parts: [Part]
  var offset: Int { parts.first?.offset ?? 0 }
}

/// A gate applied: `ctrl @ rx(pi) q[0], q[1];`
struct QASMCall: Sendable {
  enum Modifier: Sendable {
    case control(QASMExpression?, on: Bool)
    case inverse
    case power(QASMExpression)
  }

  let modifiers: [(modifier: Modifier, offset: Int)]
  let name: String
  let arguments: [QASMExpression]
  let operands: [QASMOperand]
  let offset: Int
}

/// `for TYPE NAME in VALUES BODY`
struct QASMLoop: Sendable {
  let type: QASMType
  let variable: String
  let values: QASMOperand.Index
  let body: [QASMStatement]
  let offset: Int
}

/// `if (CONDITION) BODY else BODY`
struct QASMConditional: Sendable {
  let condition: QASMExpression
  let body: [QASMStatement]
  let otherwise: [QASMStatement]
  let offset: Int
}
