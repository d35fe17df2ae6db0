import AnsatzCircuits
import AnsatzMath
import Testing

@Suite("Errors of OpenQASM programs")
struct OpenQASMErrorTests {
  /// The error of a program, without the file's name.
  private func fault(_ bytes: [UInt8]) -> String {
    do {
      let program = try OpenQASM.read(bytes: bytes, name: "p")
      return "read \(program.circuit.operations.count) gates"
    } catch {
      let text = "\(error)"
      return text.hasPrefix("p:") ? String(text.dropFirst(2)) : "no position: \(text)"
    }
  }

  private func fault(_ text: String) -> String { fault(Array(text.utf8)) }

  private static let second = "OPENQASM 2.0;\nqreg q[2]; creg c[2];\n"
  private static let third = "OPENQASM 3.0;\nqubit[2] q; bit[2] c;\n"

  @Test(
    "A mistake is named with its line and column",
    arguments: [
      (second + "h q[2];", "3:5: index 2 is out of range; 'q' has 0...1"),
      (second + "h q[0]", "3:7: ';' expected, not the end of the program"),
      (second + "  hh q[0];", "3:3: gate 'hh' is not declared; did you mean 'ch'?"),
      (second + "cx q[0], q[0];", "3:1: 'cx' is given a qubit twice"),
      (second + "cx q[0];", "3:1: 1 qubits given; 'cx' takes 2"),
      (second + "rx q[0];", "3:1: 0 angles given; 'rx' takes 1"),
      (second + "rx(1/0) q[0];", "3:5: division by zero"),
      (second + "rx(0^(-1)) q[0];", "3:5: division by zero"),
      (second + "rx(ln(0)) q[0];", "3:4: the result is -inf; numbers are finite"),
      (second + "rx(1e999) q[0];", "3:4: '1e999' is not a finite number"),
      (
        second + "rx(a) q[0];",
        "3:4: 'a' is not a number known here; an angle is made of numbers, pi, a gate's parameters"
      ),
      (
        second + "rx(flor(1)) q[0];",
        "3:4: function 'flor' is not known; did you mean 'floor'?"
      ),
      (second + "h r[0];", "3:3: qubit or register 'r' is not declared; did you mean 'q'?"),
      (second + "h c[0];", "3:3: 'c' is not a qubit"),
      (second + "qreg q[1];", "3:6: 'q' is declared twice"),
      (second + "qreg r[0];", "3:6: r has 0 elements; a register has at least 1"),
      (
        second + "qreg r[1000000000];",
        "3:6: 1000000000 qubits more than 2; a circuit has at most 62"
      ),
      (second + "gate g a { g a; }", "3:12: gate 'g' calls itself; gates cannot be recursive"),
      (second + "gate f a { g a; }\ngate g a { f a; }", "3:12: gate 'g' is not declared"),
      (
        second + "opaque g(a) b; g(1) q[0];",
        "3:16: gate 'g' is opaque: it has no definition to run"
      ),
      (second + "gate g a, a { }", "3:11: 'a' is declared twice"),
      (second + "gate g a { h a; ", "3:17: '}' expected, not the end of the program"),
      (second + "if (c) x q[0];", "3:6: '==' expected, not ')'"),
      (second + "if (d == 1) x q[0];", "3:5: 'd' is not declared as bits"),
      (
        second + "if (c == 1) barrier q;", "3:13: a gate, 'measure' or 'reset' stands behind 'if'"
      ),
      (second + "if (c == 1) { x q[0]; }", "3:13: a statement expected, not '{'"),
      (
        second + "measure q[0];\n\nh q[0];",
        "5:1: 'h' acts on q[0] after its measurement in line 3, whose result is not kept; measure "
          + "into a bit"
      ),
      (second + "gate g a { x q[0]; } g q[0];", "3:14: qubit or register 'q' is not declared"),
      (second + "gate g a { measure a -> c[0]; }", "3:12: only gates stand in the body of a gate"),
      (second + "barrier r;", "3:9: qubit or register 'r' is not declared; did you mean 'q'?"),
      (second + "measure q -> c[0];", "3:14: 2 qubits are measured into 1 bits of 'c'"),
      (
        second + "include \"/etc/passwd\";",
        "3:1: include \"/etc/passwd\" is not supported here; only qelib1.inc and stdgates.inc, which "
          + "are built in"
      ),
      (second + "qubit[2] r;", "3:1: 'qubit' is OpenQASM 3; this is read as version 2"),
      (
        second + "x q[0]; OPENQASM 2.0;",
        "3:9: a version line that is not the first statement is not supported"
      ),
      (second + "x \u{1F600} q;", "3:5: ';' expected, not 'q'"),
      (second + "/* é */ h q[3];", "3:13: index 3 is out of range; 'q' has 0...1"),
      (second + "/* open", "3:1: a comment is opened and never closed"),
      (second + "include \"qelib1", "3:9: a string is opened and not closed on its line"),
      (second + "x q[0]; ?", "3:9: unexpected character '?'"),
      (
        "qubit[4] q; ctrl @ negctrl(2) @ x;",
        "1:33: 0 qubits given; the modifiers alone take 3"
      ),
      ("OPENQASM 4.0;", "1:10: version '4.0' is not known; use 2.0 or 3.0"),
      ("OPENQASM 2.0;\n", "2:1: the program declares no qubits"),
      (third + "while (true) { }", "3:1: 'while' loops are not supported"),
      (third + "def f() { }", "3:1: 'def' (subroutines) is not supported"),
      (third + "int n = 3;", "3:1: a classical variable (only 'const int') is not supported"),
      (third + "c[0] = 1;", "3:1: assignment to a classical variable is not supported"),
      (third + "delay[10ns] q;", "3:1: 'delay' is not supported"),
      (
        third + "rx(10ns) q;",
        "3:4: '10ns': a number with the suffix 'ns', such as a duration or an imaginary number, is "
          + "not supported"
      ),
      (third + "const int n = 9223372036854775807 + 1;", "3:35: whole numbers overflow 64 bits"),
      (
        third + "const int n = 9223372036854775808;",
        "3:15: '9223372036854775808' is not a whole number of 64 bits"
      ),
      (third + "const int n = 1 % 0;", "3:17: division by zero"),
      (third + "const uint n = -1;", "3:16: -1 is negative; 'uint' is not"),
      (third + "const int n = 1 << 64;", "3:17: a shift by 64 bits; 0...63 are allowed"),
      (
        third + "input float a; rx(a ** 0.3) q;",
        "3:21: the power 0.3 of an expression of inputs is not supported; use a whole number or sqrt"
      ),
      (third + "input float a; qubit[a] r;", "3:22: a register's size is a whole number"),
      (third + "for int i in [0:0:3] { }", "3:1: a range's step is 0"),
      (third + "for int i in q { }", "3:14: a loop runs over a range [a:b] or a set {a, b}"),
      (third + "for int i in [0:1] { qubit r; }", "3:28: a register is declared inside a block"),
      (third + "ctrl @ x q[0];", "3:8: 0 qubits given; 'x' takes 1"),
      (third + "ctrl(100) @ x q;", "3:1: 100 controls; 1...62 are allowed"),
      (
        third + "pow(0.5) @ iswap q[0], q[1];",
        "read 1 gates"
      ),
      (
        third + "input float a; pow(0.5) @ ry(a) q[0];",
        "3:27: pow(0.5) of a gate with an input in its angle is not supported; use a whole number"
      ),
      (
        third + "input float a; if (a > 1) x q[0];",
        "3:22: '>' of an expression of inputs is not supported"
      ),
      (third + "if (c + 1 == 2) x q[0];", "3:7: '+' of classical bits is not supported"),
      (third + "if (sin(c) == 2) x q[0];", "3:5: 'sin' of classical bits is not supported"),
      (third + "if (c[2]) x q[0];", "3:7: index 2 is out of range; 'c' has 0...1"),
      (third + "if (c[0:0:1]) x q[0];", "3:5: a range's step is 0"),
      (third + "rx(c) q[0];", "3:4: a number that depends on classical bits is not supported here"),
      (third + "else { }", "3:1: 'else' without an 'if' before it is not supported"),
      (third + "if (c[0]) { bit d; }", "3:17: a register is declared inside a block"),
      (third + "if (c[0]) { gate g a { } }", "3:13: a gate is declared inside a block"),
      (
        third + "bit[2] d = \"01\";", "3:12: bits with a start value other than 0 are not supported"
      ),
      (third + "const int[4] n = 8;", "3:18: 8 does not fit int[4]"),
      (third + "const uint[4] n = 16;", "3:19: 16 does not fit uint[4]"),
      (
        third + "const int[65] n = 1;",
        "3:19: int[65] is not supported; a int has 1...64 bits"
      ),
      (
        third + "const bit n = \"012\";",
        "3:15: '\"012\"' is not a bit string of 1 to 63 digits 0 and 1"
      ),
      (third + "pow(1000000000) @ h q;", "read 0 gates"),
      (third + "pow(1000000000) @ ecr q[0], q[1];", "read 0 gates"),
      (
        third + "pow(1000000001) @ iswap q[0], q[1];",
        "3:19: the program has more than 1000000 gates"
      ),
      (third + "gate g a { qubit r; }", "3:18: only gates stand in the body of a gate"),
      (third + "let r = q[0] ++ q;", "3:9: a concatenation names a qubit twice"),
      (third + "let r = q[{0, 0}];", "3:9: an index of 'q' is repeated"),
      (
        third + "cx q[0:1], q[0:0];",
        "3:1: registers of 2 and 1 qubits in one gate; their sizes must agree"
      ),
      (third + "h $0;", "3:3: a program has registers or hardware qubits, not both"),
    ] as [(String, String)])
  func mistakes(text: String, message: String) {
    #expect(fault(text) == message)
  }

  @Test("Bytes that are no text are named with their place")
  func bytes() {
    let start = Array("OPENQASM 2.0;\nqreg ".utf8)
    #expect(fault(start + [0] + Array("[1];".utf8)) == "2:6: a NUL byte; a program is UTF-8 text")
    for wrong: [UInt8] in [
      [0xFF], [0xC3], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF5, 0x80, 0x80, 0x80],
    ] {
      #expect(
        fault(start + wrong + [0x20])
          == "2:6: a byte that is not UTF-8; a program is UTF-8 text")
    }
  }

  /// Programs that a careless reader dies of. The time is a bound on hanging, not a measurement.
  private static let attacks: [(name: String, text: String, fragment: String)] = [
    (
      "a long line", second + String(repeating: "x q[0];", count: 1_500_000),
      "more than 1000000 gates"
    ),
    (
      "a long name", second + String(repeating: "a", count: 10_000_000) + " q[0];",
      "a name of 10000000 bytes"
    ),
    (
      "a long number", second + "rx(" + String(repeating: "1", count: 10_000_000) + ") q;",
      "a number of 10000000"
    ),
    ("a long comment", second + "/*" + String(repeating: "*", count: 10_000_000), "never closed"),
    (
      "a long string", second + "include \"" + String(repeating: "a", count: 10_000_000),
      "not closed"
    ),
    (
      "a long sum", second + "rx(0" + String(repeating: "+1", count: 5_000_000) + ") q;",
      "more than 100000 parts"
    ),
    (
      "parentheses", second + "rx(" + String(repeating: "(", count: 100_000), "nested more than 200"
    ),
    ("signs", second + "rx(" + String(repeating: "-", count: 1_000_000), "signs in a row"),
    (
      "powers", second + "rx(" + String(repeating: "2^", count: 100_000) + "1) q;",
      "nested more than 200"
    ),
    (
      "blocks", third + String(repeating: "for int i in [0:1] {", count: 100_000),
      "nested more than 200"
    ),
    ("brackets", second + "x q" + String(repeating: "[", count: 100_000), "a number expected"),
    (
      "modifiers", third + String(repeating: "inv @ ", count: 100_000) + "x q;",
      "more than 64 modifiers"
    ),
    ("an endless loop", third + "for int i in [0:1000000000] { }", "more than 5000000 steps"),
    (
      "loops in loops", third + String(repeating: "for int i in [0:1000] ", count: 5) + "x q[0];",
      "more than"
    ),
    ("a huge range", third + "let a = q[0:1000000000000];", "out of range"),
    (
      "huge registers", second + "creg d[1000000000]; measure q -> d;",
      "1000000000 bits more than 2"
    ),
    (
      "gates that double",
      second + "gate g0 a { x a; x a; }"
        + (1...60).map { "gate g\($0) a { g\($0 - 1) a; g\($0 - 1) a; }" }.joined()
        + "g60 q[0];", "more than"
    ),
    (
      "gates that nest",
      second + "gate g0 a { x a; }"
        + (1...100_000).map { "gate g\($0) a { g\($0 - 1) a; }" }.joined(), "more than 100 deep"
    ),
    (
      "angles that square",
      third + "input float w; gate g0(t) a { rx(t) a; }"
        + (1...60).map { "gate g\($0)(t) a { g\($0 - 1)(t*t + t) a; }" }.joined()
        + "g60(w) q[0];", "an expression of inputs has"
    ),
    (
      "angles that are long",
      third + "input float w;"
        + String(
          repeating: "rx(" + Array(repeating: "w", count: 300).joined(separator: "*") + ") q;",
          count: 70_000), "too long"
    ),
    (
      "many inputs", third + (0..<20_000).map { "input float w\($0);" }.joined(),
      "more than 10000 inputs"
    ),
    (
      "many statements", second + "gate g a {" + String(repeating: "x a;", count: 2_000_000),
      "more than 300000 statements"
    ),
    ("many bits", third + (0..<100_000).map { "bit b\($0);" }.joined(), "10000 registers"),
    (
      "many questions",
      third + (0..<5000).map { "bit b\($0);" }.joined()
        + "for int i in [0:900000] { if (b4999) x q[0]; }", "more than 1000000 gates"
    ),
    (
      "long questions", third + "bit[1000000] d; for int i in [0:9] { if (d == 1) x q[0]; }",
      "more than 5000000 steps"
    ),
    (
      "a deep question",
      third + "if (" + String(repeating: "c[0] ^ ", count: 40_000) + "c[1]) x q[0];",
      "deep; at most 400 deep"
    ),
    (
      "conditionals in conditionals", third + String(repeating: "if (c[0]) ", count: 150) + "x q;",
      "nested more than 32"
    ),
    (
      "else after else", third + String(repeating: "if (c[0]) x q; else ", count: 1000) + "x q;",
      "nested more than 200"
    ),
    (
      "gates under conditionals",
      third + String(repeating: "if (c[0]) ", count: 30)
        + "for int i in [0:1000000] x q[0];", "more than 1000000 gates"
    ),
    (
      "a huge matrix power", third + "pow(1000000000001) @ iswap q[0], q[1];",
      "more than 1000000 gates"
    ),
    ("a huge exponent", third + "const int n = 2 ** 1000000000;", "overflow"),
    ("quotes", third + "x '" + String(repeating: "'", count: 100_000), "3:"),
  ]

  @Test("A hostile program ends in an error with a position", arguments: 0..<32)
  func hostile(index: Int) {
    let (name, text, fragment) = OpenQASMErrorTests.attacks[index]
    let clock = ContinuousClock()
    var message = ""
    let time = clock.measure { message = fault(text) }
    #expect(message.contains(fragment), "\(name): \(message.prefix(200))")
    #expect(
      message.split(separator: ":").prefix(2).allSatisfy { Int($0) != nil },
      "\(name): \(message.prefix(200))")
    #expect(message.count < 400)
    #expect(time < .seconds(60), "\(name)")
  }
}
