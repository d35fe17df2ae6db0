import Ansatz
import Foundation
import Testing

@Suite("The page on OpenQASM")
struct OpenQASMPageTests {
  private func page() throws -> String {
    let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../..")
    return try String(
      contentsOf: root.appending(path: "docs/openqasm.md").standardizedFileURL, encoding: .utf8)
  }

  @Test("Its example measures two equal bits, each way with probability 1/2")
  func example() throws {
    let result = try openQASMExample()
    #expect(result.outcomes.keys.sorted() == ["00", "11"])
    #expect(abs((result.outcomes["11"] ?? 0) - 0.5) < 1e-15)
    #expect(result.text.hasPrefix("OPENQASM 2.0;"))
  }

  @Test("Its programs are what writing gives again")
  func programs() throws {
    let blocks = try page().components(separatedBy: "```qasm\n").dropFirst().map {
      $0.components(separatedBy: "```")[0]
    }
    #expect(!blocks.isEmpty)
    for block in blocks {
      let program = try OpenQASM.read(block, name: "docs/openqasm.md")
      #expect(try OpenQASM.write(program.circuit, version: .v3) == block)
    }
  }

  @Test("It counts the programs of MQT Bench as they are")
  func counts() throws {
    let folder = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../AnsatzCircuitsTests/Fixtures/mqt-bench").standardizedFileURL
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    let (second, third) = (
      names.filter { $0.hasSuffix("_v2.qasm") }.count,
      names.filter { $0.hasSuffix("_v3.qasm") }.count
    )
    #expect(
      try page().contains(
        "\(second + third) programs that MQT Bench 2.3.0 generates and Qiskit 2.6.2 exports, "
          + "\(second) in version 2 and \(third) in\n  version 3"))
  }
}
