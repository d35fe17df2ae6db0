import AnsatzCircuits
import AnsatzMath
import Testing

@Suite("Keywords of OpenQASM")
struct OpenQASMKeywordTests {
  private func complaint(_ text: String) -> String? {
    do {
      _ = try OpenQASM.read(text, name: "p")
      return nil
    } catch { return "\(error)" }
  }

  @Test(
    "No keyword of version 2 names anything",
    arguments: [
      "OPENQASM", "include", "qreg", "creg", "gate", "opaque", "reset", "measure", "barrier", "if",
      "pi", "sin", "cos", "tan", "exp", "ln", "sqrt",
    ])
  func second(word: String) {
    for (text, what) in [
      ("qreg \(word)[2];", "a register's name"), ("creg \(word)[2];", "a register's name"),
      ("gate \(word) a { }", "a gate's name"), ("gate g(\(word)) a { }", "a parameter's name"),
      ("gate g \(word) { }", "a qubit's name"), ("opaque \(word) a;", "a gate's name"),
    ] {
      let message = complaint("OPENQASM 2.0;\n\(text)\nqreg q[1];")
      #expect(
        message?.hasSuffix("'\(word)' is a keyword of OpenQASM 2 and cannot be \(what)") == true,
        "\(text): \(message ?? "read")")
    }
  }

  @Test(
    "No keyword of version 3 names anything",
    arguments: [
      "gate", "qubit", "bit", "int", "float", "const", "input", "let", "for", "in", "if", "else",
      "while", "switch", "case", "default", "def", "return", "measure", "reset", "ctrl", "inv",
      "pow",
      "gphase", "box", "delay", "duration", "stretch", "true", "false", "mutable", "array",
    ])
  func third(word: String) {
    for (text, what) in [
      ("qubit[2] \(word);", "a register's name"), ("bit \(word);", "a register's name"),
      ("qreg \(word)[2];", "a register's name"), ("input float \(word);", "an input's name"),
      ("const int \(word) = 1;", "a constant's name"), ("let \(word) = q;", "an alias's name"),
      ("gate \(word) a { }", "a gate's name"), ("gate g(\(word)) a { }", "a parameter's name"),
      ("for int \(word) in [0:1] { }", "a loop variable"),
    ] {
      let message = complaint("OPENQASM 3.0;\nqubit[2] q;\n\(text)")
      #expect(
        message?.hasSuffix("'\(word)' is a keyword of OpenQASM 3 and cannot be \(what)") == true,
        "\(text): \(message ?? "read")")
    }
  }

  @Test("A word that only version 3 keeps for itself is a name in version 2")
  func laterWords() throws {
    for word in ["for", "bit", "qubit", "input", "int", "let", "ctrl"] {
      let program = try OpenQASM.read(
        "OPENQASM 2.0; qreg \(word)[1]; U(0,0,0) \(word)[0];", name: "p")
      #expect(program.qubitNames == ["\(word)[0]"])
    }
  }
}
