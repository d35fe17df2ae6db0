import AnsatzCircuits
import Testing

@Suite("Types of OpenQASM 3")
struct OpenQASMTypeTests {
  /// The angle that an expression gives.
  private func angle(_ declarations: String, _ text: String) throws -> Double? {
    try OpenQASM.read(
      "OPENQASM 3; qubit q; \(declarations) rx(\(text)) q;", name: "p"
    ).circuit.operations[0].angles[0].constant
  }

  @Test(
    "Constants take the value of their type",
    arguments: [
      ("const int[8] a = -128;", "a", -128), ("const uint[8] a = 255;", "a", 255),
      ("const int a = 7.9;", "a", 7), ("const float a = 3;", "a / 2", 1.5),
      ("const float[32] a = 0.1;", "a", Double(Float(0.1))),
      ("const float[16] a = 0.1;", "a", Double(Float16(0.1))),
      ("const bool a = 2;", "a", 1), ("const bit a = 1;", "a", 1),
      ("const bit[4] a = \"0110\";", "a", 6), ("const bit[4] a = \"0110\";", "a[1] + 2 * a[3]", 1),
      ("const int a = 5;", "a[2]", 1),
      // 3 bits of angle are steps of π/4; π/3 is nearest to the first of them.
      ("const angle[3] a = pi / 3;", "a", .pi / 4),
      ("const angle[3] a = -pi / 4;", "a", 7 * .pi / 4), ("const angle[3] a = 1.99 * pi;", "a", 0),
      ("const angle a = -pi / 3;", "a", -.pi / 3),
      ("const int n = 3; const float b = n * 2 + 1;", "b", 7),
      ("", "int[8](3.7) / 2", 1), ("", "float(3) / 2", 1.5),
      ("", "float[32](0.1)", Double(Float(0.1))),
      ("", "angle[2](0.4 * pi)", .pi / 2), ("", "uint(true) + bool(7)", 2),
      ("", "0x1F + 0b11 + 0o17 + 1_000", 1049), ("", "popcount(7) + mod(-1, 3)", 5),
      ("", "2 ** 3 ** 2 + (7 & 3) + (1 << 3) + (6 ^ 3) + ~0", 527),
      ("", "arctan(1) + arcsin(1) + arccos(1)", .pi / 4 + .pi / 2),
      ("", "ceiling(1.2) + floor(-1.2)", 0), ("", "log(exp(2.0)) + pow(2, 3)", 10),
      ("", "tau / 2 + π - ℇ + euler", 2 * .pi),
    ] as [(String, String, Double)])
  func constants(declarations: String, text: String, expected: Double) throws {
    let value = try #require(try angle(declarations, text))
    #expect(abs(value - expected) < 1e-14, "\(declarations) \(text)")
  }

  @Test("Loops run over values of any type")
  func loops() throws {
    func angles(_ loop: String) throws -> [Double] {
      try OpenQASM.read("OPENQASM 3; qubit q; \(loop) rx(a) q;", name: "p").circuit.operations
        .compactMap { $0.angles[0].constant }
    }
    #expect(try angles("for float[64] a in {1.5, -2, pi}") == [1.5, -2, .pi])
    #expect(try angles("for int a in [3:-1:1]") == [3, 2, 1])
    #expect(try angles("for uint[4] a in [0:4:9]") == [0, 4, 8])
    #expect(try angles("for int a in [2:1]").isEmpty)
    #expect(try angles("for angle[2] a in {0.4 * pi}") == [.pi / 2])
  }
}
