/// A statement of a program as it stands there; nothing is known to make sense yet.
indirect enum QASMStatement: Sendable {
  case gate(QASMGate)
  case register(QASMRegister)
  case input(QASMInput)
  case constant(type: String, name: String, value: QASMExpression, offset: Int)
  case alias(name: String, QASMOperand, offset: Int)
  case call(QASMCall)
  case loop(QASMLoop)
  case measure(QASMOperand, into: QASMOperand?, offset: Int)
  case reset(QASMOperand, offset: Int)
  case include(String, offset: Int)
  case barrier
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
  let variable: String
  let values: QASMOperand.Index
  let body: [QASMStatement]
  let offset: Int
}
