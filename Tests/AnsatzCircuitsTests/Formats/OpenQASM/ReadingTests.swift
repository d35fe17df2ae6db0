import AnsatzCircuits
import AnsatzMath
import AnsatzTestSupport
import Testing

@Suite("Reading OpenQASM")
struct OpenQASMReadingTests {
  private func read(_ text: String, weights: [String] = []) throws -> OpenQASMProgram {
    try OpenQASM.read(text, name: "p.qasm", weights: weights)
  }

  private func lines(_ text: String) throws -> [String] {
    try read(text).circuit.operations.map { operation in
      let angles = operation.angles.map { "\($0)" }.joined(separator: ", ")
      return operation.name + (angles.isEmpty ? "" : "(\(angles))")
        + operation.qubits.map { " \($0)" }.joined()
    }
  }

  @Test("Registers are numbered in order of declaration, the first qubit is qubit 0")
  func order() throws {
    let program = try read("OPENQASM 2.0; qreg a[2]; qreg b[1]; x a[1]; x b[0];")
    #expect(program.circuit.qubitCount == 3)
    #expect(program.qubitNames == ["a[0]", "a[1]", "b[0]"])
    #expect(program.circuit.operations.map(\.qubits) == [[1], [2]])
  }

  @Test("A gate on registers is broadcast")
  func broadcasting() throws {
    let text =
      "OPENQASM 2.0; include \"qelib1.inc\"; qreg a[2]; qreg b[2]; h a; cx a, b; cx a[0], b;"
    #expect(
      try lines(text) == [
        "H 0", "H 1", "CNOT 0 2", "CNOT 1 3", "CNOT 0 2", "CNOT 0 3",
      ])
  }

  @Test("A program's own definition wins over the library's, before and after the include")
  func ownDefinition() throws {
    let own = "gate h a { U(0, 0, pi) a; }"
    for text in ["\(own) include \"qelib1.inc\";", "include \"qelib1.inc\"; \(own)"] {
      #expect(try lines("OPENQASM 2.0; \(text) qreg q[1]; h q[0];") == ["U(0, 0, π) 0"])
    }
    // A definition means the gates that were there when it was made.
    let late = "gate g a { h a; } gate h a { g a; } qreg q[1]; h q[0];"
    #expect(try lines("OPENQASM 2.0; \(late)") == ["H 0"])
  }

  @Test("Version 2 expressions are real numbers")
  func realExpressions() throws {
    let text =
      "OPENQASM 2.0; qreg q[1]; rx(1/2) q[0]; rx(-2^2) q[0]; rx(2^3^2) q[0]; rx(ln(exp(2))+sqrt(4)*sin(pi/2)) q[0]; rx(3-2-1) q[0]; rx(1e-1+.5+1.) q[0];"
    let angles = try read(text).circuit.operations.compactMap { $0.angles[0].constant }
    #expect(angles == [0.5, -4, 512, 4, 0, 1.6])
  }

  @Test("Version 3 constants, loops, aliases, slices and sets")
  func classical() throws {
    let text = """
      OPENQASM 3.0;
      include "stdgates.inc";
      const int n = 2 + 7 / 2;
      const float turn = pi / n;
      const bool yes = n == 5 && !(1 > 2);
      qubit[n] q;
      let ends = q[0] ++ q[4:-1:3];
      let odd = q[{1, 3}];
      for int i in [0:2:4] { rz(turn * i) q[i]; }
      for uint i in {4, 1} x q[i];
      h ends;
      y odd[1];
      cz q[0:1], q[-2:-1];
      z q[1:][0];
      """
    #expect(
      try lines(text)
        == [
          "RZ(0) 0", "RZ(2π/5) 2", "RZ(4π/5) 4", "X 4", "X 1", "H 0", "H 4", "H 3", "Y 3", "CZ 0 3",
          "CZ 1 4", "Z 1",
        ].map {
          $0.replacing("2π/5", with: "\(2 * Double.pi / 5)").replacing(
            "4π/5", with: "\(4 * Double.pi / 5)")
        })
  }

  @Test("Inputs become inputs, or weights if asked")
  func inputs() throws {
    let text =
      "OPENQASM 3; input float[64] a; input angle b; input float unused; qubit q; rx(2*a+b) q;"
    let program = try read(text, weights: ["b"])
    #expect(program.inputs.map(\.name) == ["a", "unused"])
    #expect(program.weights.map(\.name) == ["b"])
    #expect(program.circuit.inputs.map(\.name) == ["a"])
    let state = ReferenceSimulator(program.circuit, inputs: [0.3], weights: [0.5]).state()
    let direct = ReferenceSimulator(try Circuit(qubits: 1) { RX(1.1, on: 0) }).state()
    #expect((state[0] - direct[0]).length < 1e-15)
    #expect((state[1] - direct[1]).length < 1e-15)
  }

  @Test("Without a version line a program is read as the version it fits")
  func version() throws {
    #expect(try read("qreg q[1]; h q[0]; rx(1/2) q[0];").version == .v2)
    #expect(try read("qubit q; h q;").version == .v3)
    #expect(try read("qreg q[2]; ctrl @ x q[0], q[1];").version == .v3)
  }

  @Test("Byte-order mark, CRLF, comments, barriers, annotations and pragmas are passed over")
  func trivia() throws {
    let text =
      "\u{FEFF}// first\r\nOPENQASM 3.0;\r\n/* a\r\n b */ qubit[2] q;\r\npragma some thing\r\n#pragma x\r\n@note 1 ;\r\nh q[0];\r\nbarrier q; barrier;\r\nctrl@x q[0], q[1];"
    let program = try read(text)
    #expect(program.circuit.operations.count == 2)
    #expect(program.notices.contains("p.qasm:5:1: a pragma is skipped"))
    #expect(program.notices.contains("p.qasm:7:1: an annotation is skipped"))
  }

  @Test("Hardware qubits count from 0")
  func hardwareQubits() throws {
    #expect(try lines("OPENQASM 3; h $2; cx $0, $2;") == ["H 2", "CNOT 0 2"])
  }

  @Test("Names that OpenQASM cannot have come back from the annotation")
  func oddNames() throws {
    let (x, w) = (Inputs("my data", 2), Weights("gate"))
    let circuit = try Circuit(qubits: 1) {
      RX(x[1], on: 0)
      RY(w[0], on: 0)
    }
    let program = try read(try OpenQASM.write(circuit, version: .v3))
    #expect(program.circuit.operations == circuit.operations)
  }

  @Test("What cannot be written says so")
  func unwritable() throws {
    let x = Inputs("x", 2)
    let data = try Circuit(qubits: 1) { RX(x[0], on: 0) }
    #expect(
      throws: AnsatzError(
        .usage,
        "OpenQASM 2 has no inputs, and the circuit has 2 inputs; give their values or write version 3"
      )
    ) {
      try OpenQASM.write(data, version: .v2)
    }
    #expect(throws: AnsatzError(.usage, "1 inputs given; the circuit takes 2")) {
      try OpenQASM.write(data, version: .v3, inputs: [1])
    }
    let start = try Circuit(qubits: 1) { AmplitudeEmbedding(x, on: 0..<1) }
    #expect(
      throws: AnsatzError(
        .unavailable, "AmplitudeEmbedding, a start state from data, cannot be written as OpenQASM")
    ) {
      try OpenQASM.write(start, version: .v3)
    }
    let noise = try Circuit(qubits: 1) { Depolarizing(probability: 0.1, on: 0) }
    #expect(
      throws: AnsatzError(.unavailable, "the channel Depolarizing cannot be written as OpenQASM")
    ) {
      try OpenQASM.write(noise, version: .v3)
    }
  }
}
