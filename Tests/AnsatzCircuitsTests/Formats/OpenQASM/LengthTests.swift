import AnsatzCircuits
import AnsatzMath
import Foundation
import Testing

@Suite("Long OpenQASM programs", .serialized)
struct OpenQASMLengthTests {
  private static let head = "OPENQASM 3.0;\nqubit[5] q; bit c;\n"

  /// The error of a program in a file, and the most gates that the reader told of on the way.
  private func reading(_ text: String) throws -> (complaint: String, gates: Int) {
    let path = FileManager.default.temporaryDirectory.appending(path: "\(UUID()).qasm").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    try text.write(toFile: path, atomically: false, encoding: .utf8)
    var most = 0
    do {
      _ = try OpenQASM.read(file: path) { most = max(most, $1) }
      return ("read", most)
    } catch { return ("\(error)".replacing(path, with: "p"), most) }
  }

  private static func nested(_ levels: Int) -> String {
    (1...levels).map { "gate g\($0) a { \(String(repeating: "g\($0 - 1) a; ", count: 10))}\n" }
      .joined()
  }

  @Test(
    "More than 1,000,000 gates are refused before the first is expanded",
    arguments: [
      ("for int i in [1:1000001] { h q[0]; }", 3),
      ("for int i in [0:1000] { for int j in [0:1000] { h q[0]; } }", 3),
      ("for int i in [1:1500] { for int j in [1:i] { h q[0]; } }", 3),
      ("for int i in [-9223372036854775807:9223372036854775807] { h q[0]; }", 3),
      ("for int i in [1:200001] { h q; }", 3),
      ("gate g0 a { h a; t a; }\n\(nested(6))g6 q[0];", 10),
      ("gate g a { h a; t a; }\npow(500001) @ g q[0];", 4),
      ("gate g a { h a; t a; }\nctrl @ inv @ pow(-500001) @ g q[0], q[1];", 4),
      ("gate g a { pow(1001) @ u2(0.1, 0.2) a; }\nfor int i in [1:1000] { g q[0]; }", 4),
      ("c = measure q[0];\nfor int i in [1:1000001] { if (c) { x q[0]; } }", 4),
      (String(repeating: "for int i in [1:1000] { h q[0]; }\n", count: 1001), 1003),
    ])
  func tooMany(text: String, line: Int) throws {
    let (complaint, gates) = try reading(Self.head + text)
    #expect(complaint.hasPrefix("p:\(line):"), "\(complaint)")
    #expect(complaint.hasSuffix(": the program has more than 1000000 gates"), "\(complaint)")
    #expect(gates == 0)
  }

  @Test("So is a long list of calls, in its line, and gates that do nothing do not count")
  func tooManyCalls() throws {
    let calls = String(repeating: "h q[0];\n", count: 1_000_001)
    let (complaint, gates) = try reading("OPENQASM 2.0;\nqreg q[1]; // {\n\(calls)")
    #expect(complaint == "p:1000003:1: the program has more than 1000000 gates")
    #expect(gates == 0)
    let own = "gate h a { x a; }\n"
    #expect(try reading("OPENQASM 2.0;\nqreg q[1]; /* \" */\n\(own)\(calls)").gates == 0)
    let (verdict, _) = try reading("OPENQASM 2.0;\nqreg q[1];\ngate h a { }\n\(calls)")
    #expect(verdict == "read")
  }

  @Test(
    "What only looks like too much is read",
    arguments: [
      ("for int i in [1:1200000] { if (i == 3) { h q[0]; } }", 1),
      ("gate g a { h a; }\npow(2000000) @ g q[0];", 0),
      ("pow(2000000) @ rx(0.1) q[0];", 1),
      ("const int n = 3; gate g(n) a { h a; }\nfor int i in [1:n] { g(5000000) q[0]; }", 3),
      ("for int i in [5:1] { for int j in [1:3000000] { h q[0]; } }", 0),
      ("for int i in [1:3] { const int k = 3 - i; for int j in [1:k] { h q[0]; } }", 3),
    ])
  func notTooMany(text: String, gates: Int) throws {
    let program = try OpenQASM.read(Self.head + text, name: "p")
    #expect(program.circuit.operations.count == gates)
  }

  @Test("Reading tells how far it has come")
  func progress() throws {
    let path = FileManager.default.temporaryDirectory.appending(path: "\(UUID()).qasm").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    try (Self.head + "for int i in [1:50000] { h q[0]; }").write(
      toFile: path, atomically: false, encoding: .utf8)
    var told: [(fraction: Double, gates: Int)] = []
    _ = try OpenQASM.read(file: path) { told.append(($0, $1)) }
    #expect(told.count > 5)
    #expect(zip(told, told.dropFirst()).allSatisfy { $0.fraction <= $1.fraction })
    #expect(told.allSatisfy { abs($0.fraction - Double($0.gates) / 50_000) < 1e-12 })
  }
}
