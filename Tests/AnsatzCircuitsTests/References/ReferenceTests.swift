import AnsatzCircuits
import AnsatzSimulator
import Foundation
import Numerics
import Testing

/// The files hold 13 digits after the point.
private let tolerance = 1e-10

private let gates = StandardGates.all + StandardGates.examples

/// Ours against two other simulators; the files name their versions and the scripts that wrote them.
@Suite("References")
struct ReferenceTests {
  @Test("Two simulators are on file, each with its version and a script that is there")
  func files() {
    #expect(Set(ReferenceFile.all.map(\.simulator)) == ["PennyLane", "Qiskit"])
    let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../..")
    for file in ReferenceFile.all {
      #expect(!file.version.isEmpty)
      let script = root.appending(path: file.script).standardizedFileURL.path
      #expect(FileManager.default.fileExists(atPath: script), "\(file.script)")
    }
  }

  @Test("Every gate has the matrix that two other simulators give it", arguments: gates.map(\.name))
  func gate(name: String) throws {
    let gate = try #require(gates.first { $0.name == name })
    for file in ReferenceFile.all {
      let record = try #require(
        file.gates.first { $0.name == name }, "\(file.script) has no \(name)")
      let own = gate.controlCount + (gate.targetCount ?? record.qubits)
      #expect(own == record.qubits)
      // A phase on no qubit still needs a circuit.
      let qubits = max(own, 1)
      let expected = complexNumbers(record.matrix)
      let order = 1 << own
      #expect(expected.count == order * order)
      for column in 0..<order {
        let circuit = try Circuit(qubits: qubits) {
          for q in 0..<own where column >> (own - 1 - q) & 1 == 1 { X(q) }
          OperationList([
            .gate(
              GateOperation(
                gate, angles: record.angles.map { Angle($0) }, qubits: Array(0..<own)))
          ])
        }
        let state = try circuit.stateVector()
        for row in 0..<order {
          let error = (state[row] - expected[row * order + column]).length
          #expect(error < tolerance, "\(name) row \(row) column \(column): \(file.simulator)")
        }
      }
    }
  }

  @Test(
    "Every template makes the state that two other simulators make",
    arguments: StandardTemplates.all.map(\.name))
  func template(name: String) throws {
    let template = try StandardTemplates.named(name)
    for file in ReferenceFile.all {
      let records = file.templates.filter { $0.name == name }
      #expect(records.count >= 2, "\(file.script) has too few sizes of \(name)")
      for record in records {
        let circuit = try Circuit(qubits: record.qubits) {
          if record.probe { probe(record.qubits) }
          try template.circuit(qubits: record.qubits, layers: record.layers)
        }
        #expect(circuit.inputCount == record.inputs.count, "\(name): \(file.simulator)")
        #expect(circuit.weightCount == record.weights.count, "\(name): \(file.simulator)")
        let state = try circuit.stateVector(inputs: record.inputs, weights: record.weights)
        var expected = complexNumbers(record.state)
        try #require(expected.count == state.count)
        if record.phase == .free {
          let overlap = zip(expected, state).reduce(Complex<Double>.zero) {
            $0 + $1.0.conjugate * $1.1
          }
          expected = expected.map { $0 * Complex(length: 1, phase: overlap.phase) }
        }
        let error = zip(state, expected).map { ($0 - $1).length }.max() ?? .infinity
        #expect(
          error < tolerance,
          "\(name) on \(record.qubits) qubits by \(file.simulator) (\(record.by)): \(error)")
      }
    }
  }

  @Test("The files hold nothing that is not in the registries")
  func stale() {
    for file in ReferenceFile.all {
      for record in file.gates {
        #expect(gates.contains { $0.name == record.name }, "\(file.simulator): \(record.name)")
      }
      for record in file.templates {
        let isKnown = StandardTemplates.all.contains { $0.name == record.name }
        #expect(isKnown, "\(file.simulator): \(record.name)")
      }
    }
  }

  /// The turns that the scripts start with.
  private func probe(_ n: Int) -> OperationList {
    var result: [CircuitOperation] = []
    for q in 0..<n {
      result += RY(0.4 + 0.3 * Double(q), on: q).operations
      result += RZ(0.2 + 0.5 * Double(q), on: q).operations
    }
    return OperationList(result)
  }
}
