/// A gate by its name in programs: a gate of the registry, perhaps with further controls.
struct QASMLibraryGate: Sendable {
  let name: String
  let definition: GateDefinition
  /// The controls beyond the gate's own; they come first.
  let controls: Int
  /// The number of angles in the program.
  let parameterCount: Int
  /// The gate's angles from the program's.
  let angles: @Sendable ([Angle]) -> [Angle]
  /// The place in the program's operands of each of the gate's qubits, if another order.
  let order: [Int]?
  /// The versions whose library file has the gate under this name, for export.
  let written: Set<OpenQASM.Version>

  init(
    _ name: String, _ definition: GateDefinition, controls: Int = 0, order: [Int]? = nil,
    written: Set<OpenQASM.Version> = []
  ) {
    self.init(
      name, definition, controls: controls, parameters: definition.parameterNames.count,
      order: order, written: written
    ) { $0 }
  }

  init(
    _ name: String, _ definition: GateDefinition, controls: Int = 0, parameters: Int,
    order: [Int]? = nil, written: Set<OpenQASM.Version> = [],
    angles: @escaping @Sendable ([Angle]) -> [Angle]
  ) {
    self.name = name
    self.definition = definition
    self.controls = controls
    parameterCount = parameters
    self.order = order
    self.written = written
    self.angles = angles
  }

  var qubitCount: Int { controls + definition.controlCount + (definition.targetCount ?? 1) }
}

/// The gates of `qelib1.inc` and `stdgates.inc`, and others that programs use under known names.
///
/// Another gate is one line: in `gates` if the registry has it, else in `definitions` as OpenQASM.
enum QASMLibrary {
  static let includes = ["qelib1.inc", "stdgates.inc"]

  private static let both: Set<OpenQASM.Version> = [.v2, .v3]

  static let gates: [QASMLibraryGate] = [
    .init("id", I.definition, written: both),
    .init("u0", I.definition, parameters: 1) { _ in [] },
    .init("h", H.definition, written: both),
    .init("x", X.definition, written: both),
    .init("y", Y.definition, written: both),
    .init("z", Z.definition, written: both),
    .init("s", S.definition, written: both),
    .init("sdg", Sdg.definition, written: both),
    .init("t", T.definition, written: both),
    .init("tdg", Tdg.definition, written: both),
    .init("sx", SX.definition, written: both),
    .init("sxdg", SXdg.definition, written: [.v2]),
    .init("rx", RX.definition, written: both),
    .init("ry", RY.definition, written: both),
    .init("rz", RZ.definition, written: both),
    .init("p", Phase.definition, written: both),
    .init("phase", Phase.definition),
    .init("u1", Phase.definition),
    .init("u2", U2.definition, written: both),
    .init("u3", U.definition, written: [.v2]),
    .init("u", U.definition),
    .init("U", U.definition, written: [.v3]),
    .init("cx", CNOT.definition, written: both),
    .init("CX", CNOT.definition),
    .init("cy", CY.definition, written: both),
    .init("cz", CZ.definition, written: both),
    .init("ch", CH.definition, written: both),
    .init("cs", CS.definition),
    .init("csdg", CSdg.definition),
    .init("csx", CSX.definition, written: [.v2]),
    .init("crx", CRX.definition, written: both),
    .init("cry", CRY.definition, written: both),
    .init("crz", CRZ.definition, written: both),
    .init("cp", CPhase.definition, written: both),
    .init("cu1", CPhase.definition),
    .init("cphase", CPhase.definition),
    .init("cu3", U.definition, controls: 1, written: [.v2]),
    .init("cu", CU.definition, written: both),
    .init("iswap", ISWAP.definition),
    .init("ecr", ECR.definition),
    .init("rzx", RZX.definition),
    .init("swap", SWAP.definition, written: both),
    .init("ccx", Toffoli.definition, written: both),
    .init("ccz", CCZ.definition),
    .init("cswap", CSWAP.definition, written: both),
    .init("rxx", RXX.definition),
    .init("ryy", RYY.definition),
    .init("rzz", RZZ.definition),
    .init("c3x", X.definition, controls: 3, written: [.v2]),
    .init("c4x", X.definition, controls: 4, written: [.v2]),
    .init("c3sqrtx", SX.definition, controls: 3, written: [.v2]),
  ]

  /// Gates that the registry lacks, from those above.
  static let definitions: [String] = [
    "gate dcx a, b { cx a, b; cx b, a; }",
    "gate r(t, f) a { rz(-f) a; rx(t) a; rz(f) a; }",
    "gate rccx a, b, c { h c; t c; cx b, c; tdg c; cx a, c; t c; cx b, c; tdg c; h c; }",
    """
    gate rc3x a, b, c, d { h d; t d; cx c, d; tdg d; h d; cx a, d; t d; cx b, d; tdg d;
    cx a, d; t d; cx b, d; tdg d; h d; t d; cx c, d; tdg d; h d; }
    """,
  ]

  /// The gates of the registry by name.
  static let byName: [String: QASMLibraryGate] = .init(
    gates.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })

  /// The definitions by name, read once. A definition sees those before it.
  static let defined: [String: QASMGate] = {
    var result: [String: QASMGate] = [:]
    for text in definitions {
      guard let source = try? QASMSource(bytes: Array(text.utf8), name: "the library"),
        var parser = try? QASMParser(source, version: .v3),
        let statement = try? parser.next(), case .gate(let gate) = statement
      else { continue }
      result[gate.name] = gate
    }
    return result
  }()

  /// Words of the language that cannot name anything.
  ///
  /// - Source: the appendix of Cross et al., arXiv:1707.03429, and the lexer of version 3.
  static func keywords(of version: OpenQASM.Version) -> Set<String> {
    version == .v2 ? secondKeywords : thirdKeywords
  }

  private static let secondKeywords: Set<String> = [
    "OPENQASM", "include", "qreg", "creg", "gate", "opaque", "reset", "measure", "barrier", "if",
    "pi", "sin", "cos", "tan", "exp", "ln", "sqrt",
  ]
  private static let thirdKeywords: Set<String> = [
    "OPENQASM", "include", "gate", "qreg", "creg", "qubit", "bit", "int", "uint", "float", "angle",
    "bool", "complex", "array", "void", "const", "input", "output", "readonly", "mutable", "let",
    "for", "in", "if", "else", "while", "switch", "case", "default", "break", "continue", "end",
    "return", "def", "extern", "cal", "defcal", "defcalgrammar", "box", "delay", "duration",
    "durationof", "stretch", "measure", "reset", "barrier", "ctrl", "negctrl", "inv", "pow",
    "gphase", "pragma", "true", "false",
  ]

  /// Words that the writer gives to no gate, register or input.
  static let reservedWords: Set<String> = Set(names).union(secondKeywords).union(thirdKeywords)
    .union(["nop", "sizeof", "tau", "euler", "π", "τ", "ℇ", "q"])
    .union(QASMEvaluator.functionNames)

  static var names: [String] { Array(byName.keys) + Array(defined.keys) }

  /// Names for gates of the registry with controls added, for export.
  private static let controlled: [QASMLibraryGate] = [
    .init("cx", X.definition, controls: 1, written: both),
    .init("cy", Y.definition, controls: 1, written: both),
    .init("cz", Z.definition, controls: 1, written: both),
    .init("ch", H.definition, controls: 1, written: both),
    .init("crx", RX.definition, controls: 1, written: both),
    .init("cry", RY.definition, controls: 1, written: both),
    .init("crz", RZ.definition, controls: 1, written: both),
    .init("cp", Phase.definition, controls: 1, written: both),
    .init("csx", SX.definition, controls: 1, written: [.v2]),
    .init("ccx", X.definition, controls: 2, written: both),
    .init("ccx", CNOT.definition, controls: 1, written: both),
    .init("cswap", SWAP.definition, controls: 1, written: both),
    .init("c3x", CNOT.definition, controls: 2, written: [.v2]),
    .init("c3x", Toffoli.definition, controls: 1, written: [.v2]),
    .init("c4x", CNOT.definition, controls: 3, written: [.v2]),
    .init("c4x", Toffoli.definition, controls: 2, written: [.v2]),
  ]

  /// The name that a library file has for a registry gate with further controls.
  static func name(
    of definition: GateDefinition, controls: Int, in version: OpenQASM.Version
  ) -> QASMLibraryGate? {
    (gates + controlled).first {
      $0.written.contains(version) && $0.definition == definition && $0.controls == controls
    }
  }
}
