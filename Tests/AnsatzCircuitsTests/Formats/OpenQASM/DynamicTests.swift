import AnsatzCircuits
import AnsatzMath
import Testing

@Suite("Measurements and conditionals in OpenQASM")
struct OpenQASMDynamicTests {
  private let c = Bits("c", 2)
  private let d = Bits("d", 3)

  private func second(_ text: String) throws -> Circuit {
    try OpenQASM.read(
      "OPENQASM 2.0; qreg q[2]; creg c[2]; creg d[3]; \(text)", name: "p"
    ).circuit
  }

  private func third(_ text: String) throws -> Circuit {
    try OpenQASM.read("OPENQASM 3; qubit[2] q; bit[2] c; bit[3] d; \(text)", name: "p").circuit
  }

  private func circuit(@CircuitBuilder _ body: () -> [CircuitOperation]) throws
    -> [CircuitOperation]
  {
    try Circuit(qubits: 2, registers: [c, d], operations: body()).operations
  }

  @Test("Registers are those declared, in order, used or not")
  func registers() throws {
    #expect(try second("").registers == [c, d])
    #expect(try third("d[0] = measure q[1];").registers == [c, d])
    #expect(try third("bit e = measure q[0];").registers == [c, d, Bits("e", 1)])
  }

  @Test("Measurements in both notations, of qubits and of registers")
  func measurements() throws {
    let expected = try circuit {
      Measure(0, into: c[0])
      Measure(1, into: c[1])
      Measure(1, into: d[2])
    }
    #expect(try second("measure q -> c; measure q[1] -> d[2];").operations == expected)
    #expect(try third("measure q -> c; measure q[1] -> d[2];").operations == expected)
    #expect(try third("c = measure q; d[2] = measure q[1];").operations == expected)
    #expect(try third("c[0:1] = measure q; d[-1] = measure q[1];").operations == expected)
    let crossed = try circuit {
      Measure(1, into: d[0])
      Measure(0, into: d[2])
    }
    #expect(try third("d[{0, 2}] = measure q[1] ++ q[0];").operations == crossed)
  }

  @Test("A measurement without a bit is skipped with a notice")
  func discarded() throws {
    let program = try OpenQASM.read("OPENQASM 3;\nqubit q; U(1, 2, 3) q; measure q;", name: "p")
    #expect(program.circuit.operations.count == 1)
    #expect(program.notices == ["p:2:24: a measurement whose result is not kept is skipped"])
    // Whoever resets or measures again does not ask what the first result was.
    #expect(
      try third("x q[0]; measure q[0]; reset q[0]; h q[0];").operations
        == circuit {
          X(0)
          Reset(0)
          H(0)
        })
    #expect(
      try third("x q[0]; measure q[0]; c[0] = measure q[0]; h q[0];").operations
        == circuit {
          X(0)
          Measure(0, into: c[0])
          H(0)
        })
  }

  @Test("A reset of a qubit in use is a step, of an unused one none")
  func resets() throws {
    let expected = try circuit {
      X(1)
      Reset(1)
    }
    #expect(try second("reset q; x q[1]; reset q[1]; reset q[0];").operations == expected)
    #expect(try third("reset q; x q[1]; reset q;").operations == expected)
  }

  @Test("Version 2 asks for the value of a register")
  func equality() throws {
    #expect(
      try second(
        "if (c == 3) x q[0]; if(d==0)cx q[0],q[1]; if (c==1) measure q -> c; if (d==7) reset q[0];"
      )
      .operations
        == circuit {
          If(c == 3) { X(0) }
          If(d == 0) { CNOT(control: 0, target: 1) }
          If(c == 1) {
            Measure(0, into: c[0])
            Measure(1, into: c[1])
          }
          If(d == 7) { Reset(0) }
        })
    #expect(
      try second("if (c == 1) h q;").operations
        == circuit {
          If(c == 1) {
            H(0); H(1)
          }
        })
  }

  @Test(
    "Conditions of version 3",
    arguments: [
      ("c[0]", "c[0]"), ("!c[1]", "!c[1]"), ("~c[1]", "!c[1]"), ("c", "c != 0"),
      ("c == 3", "c == 3"), ("3 == c", "c == 3"), ("2 < c", "c > 2"), ("c != 2", "c != 2"),
      ("c <= 2", "c <= 2"), ("c >= 2", "c >= 2"), ("c == \"10\"", "c == 2"),
      ("int[4](d) < 5", "d < 5"), ("bool(d)", "d != 0"), ("bool(c[0])", "c[0]"),
      ("c[0] == 1", "c[0]"), ("c[0] == 0", "!c[0]"), ("c[0] != true", "!c[0]"),
      ("false == c[0]", "!c[0]"), ("c[0] == c[1]", "!(c[0] ^ c[1])"),
      ("c[0] != d[1]", "c[0] ^ d[1]"), ("c[0] ^ d[1]", "c[0] ^ d[1]"),
      ("c[0] & d[1] | c[1]", "c[0] && d[1] || c[1]"),
      ("c[0] && !d[1] || c == 2", "c[0] && !d[1] || c == 2"),
      ("c[0] && (c[1] || d[0])", "c[0] && (c[1] || d[0])"),
      ("(c == 1) == (d == 2)", "!((c == 1) ^ (d == 2))"),
      ("d[0:1] == 2", "{d[0], d[1]} == 2"), ("d[{2, 0}] < 2", "{d[2], d[0]} < 2"),
      ("true && c[0]", "c[0]"), ("n == 2 && c[0]", "c[0]"), ("c[0] || n != 2", "c[0]"),
      ("c == d[1:2]", "!(c[0] ^ d[1]) && !(c[1] ^ d[2])"),
    ])
  func conditions(text: String, expected: String) throws {
    let operations = try third("const int n = 2; if (\(text)) x q[0];").operations
    guard case .conditional(let conditional)? = operations.first else {
      Issue.record("no conditional")
      return
    }
    #expect(conditional.condition.description == expected)
    #expect(conditional.operations == [.gate(GateOperation(X.definition, angles: [], qubits: [0]))])
  }

  @Test("Conditions on constants are decided while reading, in loops too")
  func decided() throws {
    let text =
      "for int i in [0:3] { if (i % 2 == 1) { x q[0]; } else if (i == 2) y q[0]; else z q[1]; }"
    #expect(
      try third(text).operations
        == circuit {
          Z(1)
          X(0)
          Y(0)
          X(0)
        })
    #expect(try third("if (c[0] && false) x q[0];").operations.isEmpty)
  }

  @Test("Branches, and conditionals in them")
  func branches() throws {
    #expect(
      try third(
        "if (c[0]) { x q[0]; if (d == 1) { c = measure q; } } else if (c[1]) h q[1]; else { reset q[0]; }"
      ).operations
        == circuit {
          If(c[0]) {
            X(0)
            If(d == 1) { MeasureAll(into: c) }
          } else: {
            If(c[1]) {
              H(1)
            } else: {
              Reset(0)
            }
          }
        })
  }

  @Test("negctrl asks for 0")
  func openControls() throws {
    let text = """
      OPENQASM 3; qubit[4] q; negctrl @ x q[0], q[1];
      ctrl @ negctrl(2) @ cz q[0], q[1], q[2], q[3], q[4];
      negctrl @ gphase(0.5) q[2]; ctrl @ negctrl @ gphase(0.5) q[0], q[1];
      """.replacing("qubit[4]", with: "qubit[5]")
    let expected = try Circuit(qubits: 5) {
      Controlled(whenZero: 0) { X(1) }
      Controlled(by: 0) { Controlled(whenZero: 1, 2) { CZ(3, 4) } }
      Controlled(whenZero: 2) { GlobalPhase(0.5) }
      Controlled(whenZero: 1) { Phase(0.5, on: 0) }
    }
    #expect(try OpenQASM.read(text, name: "p").circuit.operations == expected.operations)
  }

  @Test("A small dynamic program is written as expected")
  func written() throws {
    let odd = Bits("Odd name", 1)
    let circuit = try Circuit(qubits: 2, registers: [c]) {
      H(0)
      Measure(0, into: c[1])
      If(c == 2) {
        X(1)
      } else: {
        Reset(1)
      }
      If(c[0]) { Z(0) }
      Measure(1, into: odd[0])
      Controlled(whenZero: 0) { X(1) }
    }
    #expect(
      try OpenQASM.write(circuit, version: .v3) == """
        OPENQASM 3.0;
        include "stdgates.inc";
        qubit[2] q;
        bit[2] c;
        bit[1] Odd_name;
        h q[0];
        c[1] = measure q[0];
        if (c == 2) {
          x q[1];
        } else {
          reset q[1];
        }
        if (c[0]) {
          z q[0];
        }
        Odd_name[0] = measure q[1];
        negctrl @ x q[0], q[1];

        """)
    #expect(
      try OpenQASM.write(circuit, version: .v2) == """
        OPENQASM 2.0;
        include "qelib1.inc";
        qreg q[2];
        creg c[2];
        creg rOdd_name[1];
        h q[0];
        measure q[0] -> c[1];
        if (c == 2) x q[1];
        if (c == 0) reset q[1];
        if (c == 1) reset q[1];
        if (c == 3) reset q[1];
        if (c == 1) z q[0];
        if (c == 3) z q[0];
        measure q[1] -> rOdd_name[0];
        x q[0];
        cx q[0], q[1];
        x q[0];

        """)
  }

  @Test("What version 2 cannot ask says so")
  func unwritable() throws {
    func message(_ version: OpenQASM.Version, @CircuitBuilder _ body: () -> [CircuitOperation])
      -> String
    {
      do {
        return try OpenQASM.write(
          Circuit(qubits: 2, operations: body()), version: version)
      } catch {
        return "\(error)"
      }
    }
    #expect(
      message(.v2) { If(c[0] && d[0]) { X(0) } }
        == "OpenQASM 2 asks for the value of one register, so the condition c[0] && d[0] cannot be "
        + "written; write version 3")
    #expect(
      message(.v2) { If(c[0]) { MeasureAll(into: c) } }
        == "a conditional on c[0] that also measures into the same register cannot be written as "
        + "OpenQASM 2; write version 3")
    for version in OpenQASM.Version.allCases {
      #expect(
        message(version) { Postselect("0", on: [0]) }
          == "Postselect cannot be written as OpenQASM")
    }
  }
}
