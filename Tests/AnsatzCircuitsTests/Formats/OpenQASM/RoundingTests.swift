import AnsatzCircuits
import Testing

@Suite("Whole numbers that divide, in OpenQASM 3")
struct OpenQASMRoundingTests {
  private func program(_ text: String) throws -> OpenQASMProgram {
    try OpenQASM.read(
      "OPENQASM 3.0;\ninclude \"stdgates.inc\";\nqubit[2] q;\n\(text)", name: "p",
      weights: text.contains("input") ? ["a"] : [])
  }

  /// A notice for each place, without its advice.
  private func places(_ program: OpenQASMProgram) -> [String] {
    program.notices.compactMap { $0.split(separator: ";").first.map(String.init) }
  }

  private static let text = "whole numbers divide to a whole number, here "

  @Test(
    "A division that rounds on the way to a gate's argument gets a notice, wherever it stands",
    arguments: [
      ("rx(1/2) q[0];", "p:4:5: ", "1/2 to 0"),
      ("rx(1/2*pi) q[0];", "p:4:5: ", "1/2 to 0"),
      ("rx(-7/2) q[0];", "p:4:6: ", "-7/2 to -3"),
      ("rx(pi - (3/2)) q[0];", "p:4:11: ", "3/2 to 1"),
      ("rx(sin(3/2)) q[0];", "p:4:9: ", "3/2 to 1"),
      ("input float a;\nrx(1/2*a) q[0];", "p:5:5: ", "1/2 to 0"),
      ("const float h = 3/2;\nrx(h) q[0];", "p:4:18: ", "3/2 to 1"),
      ("const int n = 3/2;\nrx(n*pi) q[0];", "p:4:16: ", "3/2 to 1"),
      ("const float h = 3/2;\nconst float g = h + 1;\nrx(g) q[0];", "p:4:18: ", "3/2 to 1"),
      ("for float f in {1/2} rx(f) q[0];", "p:4:18: ", "1/2 to 0"),
      ("for int i in [3/2:2] rx(i) q[0];", "p:4:16: ", "3/2 to 1"),
      ("for int i in [1:3] rx(i/2) q[0];", "p:4:24: ", "1/2 to 0"),
      ("for int i in [1:3] { const float h = i/2; rx(h) q[0]; }", "p:4:39: ", "1/2 to 0"),
      ("gate g(t) a { rx(1/2*t) a; }\ng(pi) q[0];", "p:4:19: ", "1/2 to 0"),
      ("gate g(t) a { rx(t) a; }\ng(1/2) q[0];", "p:5:4: ", "1/2 to 0"),
      ("gphase(1/2);", "p:4:9: ", "1/2 to 0"),
      ("ctrl @ rx(1/2) q[0], q[1];", "p:4:12: ", "1/2 to 0"),
      ("const float h = 1/2;\npow(h) @ x q[0];", "p:4:18: ", "1/2 to 0"),
      ("bit c; c = measure q[0];\nif (c) rx(1/2) q[1];", "p:5:12: ", "1/2 to 0"),
    ])
  func notices(text: String, place: String, division: String) throws {
    #expect(try places(program(text)) == ["\(place)\(Self.text)\(division)"])
  }

  @Test(
    "What divides exactly, is rounded on purpose or reaches no gate's argument gets none",
    arguments: [
      "rx(4/2) q[0];", "rx(1.0/2) q[0];", "rx(pi/2) q[0];", "rx(floor(7/2)) q[0];",
      "rx(int(7/2)) q[0];", "const int n = 7/2; for int i in [0:n] { x q[0]; }",
      "const float unused = 1/2; x q[0];", "pow(1/2) @ x q[0];", "x q[1/2];",
      "input float a; rx(a/2) q[0];", "gate g(t) a { rx(t/2) a; } g(1) q[0];",
    ])
  func silence(text: String) throws {
    #expect(try program(text).notices.isEmpty)
  }

  @Test("Every place has its notice, once")
  func places() throws {
    let program = try program(
      "for int i in [1:4] { rx(1/2*pi) q[0]; ry(1/2*pi) q[0]; }\nrx(1/2) q[1];")
    #expect(
      places(program) == ["p:4:26: ", "p:4:43: ", "p:5:5: "].map { "\($0)\(Self.text)1/2 to 0" })
    let many = try self.program(String(repeating: "rx(1/2) q[0];\n", count: 25))
    #expect(many.notices.count == 21)
    #expect(many.notices.last?.hasSuffix("5 further notices are left out") == true)
  }

  @Test(
    "A parameter of a program's own gate is a real number",
    arguments: [
      ("g(1) q[0];", [0.5]), ("g(true) q[0];", [0.5]), ("g(3) q[0];", [1.5]),
      ("for int k in [1:3] { g(k) q[0]; }", [0.5, 1, 1.5]),
      ("gate h2(s) a { g(s/3) a; } h2(1) q[0];", [1.0 / 6]),
      ("const int n = 5; g(n) q[0];", [2.5]),
    ] as [(String, [Double])])
  func parameters(text: String, expected: [Double]) throws {
    let circuit = try program("gate g(t) a { rx(t/2) a; }\n\(text)").circuit
    let angles = circuit.operations.compactMap { $0.angles[0].constant }
    #expect(zip(angles, expected).allSatisfy { abs($0 - $1) < 1e-15 }, "\(angles)")
    #expect(angles.count == expected.count)
  }
}
