import AnsatzCircuits
import AnsatzSimulator
import Foundation
import Testing

/// The programs of `Fixtures/mqt-bench` and what Qiskit computes for them.
private struct BenchmarkPrograms: Decodable {
  struct Expected: Decodable {
    let qubits: Int
    let probabilities: [String: Double]
    let outcomes: [String: Double]?
  }

  let programs: [String: Expected]

  static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../../Fixtures/mqt-bench").standardizedFileURL

  static let all: [String: Expected] = {
    guard let data = try? Data(contentsOf: folder.appending(path: "expected.json")),
      let read = try? JSONDecoder().decode(BenchmarkPrograms.self, from: data)
    else { return [:] }
    return read.programs
  }()
}

@Suite("Programs of MQT Bench")
struct BenchmarkProgramTests {
  @Test("There are at least 100 of them, in both versions")
  func count() {
    let names = BenchmarkPrograms.all.keys
    #expect(names.count >= 100)
    #expect(names.filter { $0.hasSuffix("_v2.qasm") }.count >= 40)
    #expect(names.filter { $0.hasSuffix("_v3.qasm") }.count >= 40)
  }

  @Test(
    "A program gives Qiskit's probabilities and outcomes, read as it is and after writing it anew",
    arguments: BenchmarkPrograms.all.keys.sorted())
  func results(name: String) throws {
    let expected = try #require(BenchmarkPrograms.all[name])
    let path = BenchmarkPrograms.folder.appending(path: name).path
    let program = try OpenQASM.read(file: path)
    #expect(program.version == (name.hasSuffix("_v2.qasm") ? .v2 : .v3))
    let rewritten = try OpenQASM.write(program.circuit, version: .v3)
    for circuit in [
      program.circuit, try OpenQASM.read(rewritten, name: "\(name), written anew").circuit,
    ] {
      #expect(circuit.qubitCount == expected.qubits)
      let result = try BranchingProgram(circuit).run()
      let n = circuit.qubitCount
      for (index, probability) in result.probabilities.enumerated() {
        // Qubit 0 is the most significant bit of the index and Qiskit's last letter.
        let text = String(
          (0..<n).map { index >> $0 & 1 == 1 ? "1" : "0" as Character })
        // The programs have angles of 12 digits or more.
        #expect(abs(probability - expected.probabilities[text, default: 0]) < 1e-9, "\(text)")
      }
      let (found, wanted) = (result.outcomes ?? [:], expected.outcomes ?? [:])
      for text in Set(found.keys).union(wanted.keys).sorted() {
        #expect(abs(found[text, default: 0] - wanted[text, default: 0]) < 1e-9, "\(text)")
      }
    }
  }
}
