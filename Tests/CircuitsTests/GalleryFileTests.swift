import Ansatz
import Circuits
import Foundation
import Testing

@Suite("The files of the gallery")
struct GalleryFileTests {
  /// What another simulator computed; see scripts/references/gallery.py.
  private struct Expected: Decodable {
    let simulator: String
    let inputs: [Double]
    let weights: [Double]
    let qubits: Int
    let probabilities: [String: Double]
    let z: [Double]
    let outcomes: [String: Double]?
  }

  private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("circuits")

  private func close(_ a: [String: Double], _ b: [String: Double]) -> Bool {
    Set(a.keys).union(b.keys).allSatisfy { abs((a[$0] ?? 0) - (b[$0] ?? 0)) < 1e-11 }
  }

  /// Compares within the 13 decimals of the files and the rounding of some dozens of gates.
  private func compare(_ circuit: Circuit, _ expected: Expected) throws {
    let n = circuit.qubitCount
    #expect(n == expected.qubits)
    let result = try BranchingProgram(circuit).run(
      (0..<n).map { Z($0) }, inputs: expected.inputs, weights: expected.weights)
    var probabilities: [String: Double] = [:]
    for (index, probability) in result.probabilities.enumerated() where probability > 1e-13 {
      // Qubit 0 rightmost.
      let text = String((0..<n).map { index >> $0 & 1 == 1 ? "1" : "0" as Character })
      probabilities[text] = probability
    }
    #expect(close(probabilities, expected.probabilities), "\(circuit.name)")
    for (a, b) in zip(result.expectations, expected.z) {
      #expect(abs(a - b) < 1e-11, "\(circuit.name)")
    }
    #expect((result.outcomes == nil) == (expected.outcomes == nil), "\(circuit.name)")
    #expect(close(result.outcomes ?? [:], expected.outcomes ?? [:]), "\(circuit.name)")
  }

  @Test("Every circuit and its OpenQASM file give what Qiskit gives")
  func expectedValues() throws {
    let circuits = try Gallery.all()
    for circuit in circuits {
      let data = try Data(
        contentsOf: Self.folder.appendingPathComponent("Expected/\(circuit.name).json"))
      let expected = try JSONDecoder().decode(Expected.self, from: data)
      #expect(expected.simulator.hasPrefix("Qiskit"))
      try compare(circuit, expected)
      let path = Self.folder.appendingPathComponent("OpenQASM/\(circuit.name).qasm").path
      try compare(OpenQASM.read(file: path).circuit, expected)
    }
    let files = try FileManager.default.contentsOfDirectory(
      atPath: Self.folder.appendingPathComponent("OpenQASM").path)
    #expect(Set(files) == Set(circuits.map { "\($0.name).qasm" }))
  }

  @Test("Every file is what the circuit is written as today")
  func current() throws {
    for circuit in try Gallery.all() {
      let path = Self.folder.appendingPathComponent("OpenQASM/\(circuit.name).qasm")
      let text = try String(contentsOf: path, encoding: .utf8)
      #expect(
        try OpenQASM.write(circuit, version: .v3).split(separator: "\n")
          == text.split(separator: "\n"),
        "ansatz convert \(circuit.name) -o circuits/OpenQASM/\(circuit.name).qasm")
    }
  }
}
