import AnsatzCircuits
import Testing

@Suite("Circuits with measurements")
struct DynamicCircuitTests {
  let c = Bits("c", 2)

  @Test("A measurement is terminal if nothing follows on its qubit and its bit")
  func terminal() throws {
    let last = try Circuit(qubits: 2) {
      H(0)
      Measure(0, into: c[0])
      H(1)
      Measure(1, into: c[1])
    }
    #expect(last.terminalMeasurements == [1, 3])
    #expect(!last.isDynamic)
    let reused = try Circuit(qubits: 2) {
      Measure(0, into: c[0])
      H(0)
      Measure(0, into: c[1])
    }
    #expect(reused.terminalMeasurements == [2])
    let overwritten = try Circuit(qubits: 2) {
      Measure(0, into: c[0])
      Measure(1, into: c[0])
    }
    #expect(overwritten.terminalMeasurements == [1])
    let read = try Circuit(qubits: 2) {
      Measure(0, into: c[0])
      If(c[0]) { X(1) }
    }
    #expect(read.terminalMeasurements.isEmpty)
    #expect(read.isDynamic)
  }

  @Test("Registers are those declared, then those that appear")
  func registers() throws {
    let d = Bits("d", 1)
    let unused = Bits("unused", 3)
    let circuit = try Circuit(qubits: 1, registers: [unused, d]) {
      Measure(0, into: c[1])
      If(d == 1) { X(0) }
    }
    #expect(circuit.registers == [unused, d, c])
    #expect(try circuit.withoutName.registers == circuit.registers)
  }

  @Test("Mistakes are named, each with its mend")
  func mistakes() {
    func message(
      _ operations: [CircuitOperation], registers: [Bits] = []
    ) -> String {
      do {
        _ = try Circuit(qubits: 2, registers: registers, operations: operations)
        return "accepted"
      } catch {
        return error.description
      }
    }
    #expect(
      message(Measure(0, into: c[2]).operations).contains(
        "gate 0 (Measure): bit c[2] is out of range; c[2] has bits 0...1"))
    #expect(message(Measure(5, into: c[0]).operations).contains("qubit 5 is out of range"))
    #expect(
      message(Controlled(by: 1) { Measure(0, into: c[0]) }.operations).contains(
        "a measurement cannot be controlled"))
    #expect(message(Inverse { Reset(0) }.operations).contains("a reset has no inverse"))
    #expect(
      message(Inverse { Postselect("0", on: [0]) }.operations).contains(
        "a postselection has no inverse"))
    #expect(message(Postselect("012", on: [0, 1]).operations).contains("3 letters for 2 qubits"))
    #expect(message(Postselect("0x", on: [0, 1]).operations).contains("'x' in the outcome"))
    #expect(message([], registers: [c, Bits("c", 3)]).contains("clash"))
    #expect(message([], registers: [Bits("e", 0)]).contains("is empty"))
    #expect(message([], registers: [Bits("e", .max)]).contains("too large"))
    #expect(message(If(c[7]) { X(0) }.operations).contains("bit c[7] is out of range"))
    #expect(message(If(c[0]) { X(3) }.operations).contains("X: qubit 3 is out of range"))
    let x = Inputs("x", 2)
    #expect(
      message(If(c[0]) { AmplitudeEmbedding(x, on: [0]) }.operations).contains(
        "a start state cannot depend on a measurement"))
    #expect(
      message(Controlled(by: [0], values: [2]) { X(1) }.operations).contains("control values [2]"))
    #expect(message(Controlled(whenZero: 0) { X(0) }.operations).contains("must differ"))
  }

  @Test("Controls and inverses go into the bodies of conditionals")
  func bodies() throws {
    let circuit = try Circuit(qubits: 2) {
      Controlled(by: 1) {
        If(c[0]) {
          S(0)
        } else: {
          T(0)
        }
      }
      Inverse {
        If(c[1]) {
          S(0); H(0)
        }
      }
    }
    let expected = try Circuit(qubits: 2) {
      If(c[0]) {
        Controlled(by: 1) { S(0) }
      } else: {
        Controlled(by: 1) { T(0) }
      }
      If(c[1]) {
        H(0); Sdg(0)
      }
    }
    #expect(circuit.operations == expected.operations)
  }
}

extension Circuit {
  fileprivate var withoutName: Circuit {
    get throws { try Circuit(qubits: qubitCount, registers: registers, operations: operations) }
  }
}
