import AnsatzCircuits
import AnsatzSimulator
import AnsatzTestSupport
import Testing

@Suite("Projectors")
struct ProjectorTests {
  @Test("The expectation value of a projector is the probability of its outcome")
  func probability() throws {
    var circuits = RandomCircuits(seed: 2)
    let circuit = try circuits.circuit(qubits: 3, gates: 12, usesInputs: false)
    let weights = circuits.values(circuit.weightCount)
    let marginal = try circuit.marginal(of: [2, 0], weights: weights)
    for (index, outcome) in ["00", "01", "10", "11"].enumerated() {
      let value = try circuit.expectation(
        of: Projector(outcome, on: [2, 0]), weights: weights)
      #expect(abs(value - marginal[index]) < 1e-13)
    }
  }

  @Test("What is no outcome is refused")
  func refusals() {
    for (outcome, qubits) in [("0", [0, 1]), ("02", [0, 1]), ("00", [1, 1]), ("", [])] {
      #expect(throws: CircuitError.self) { try Projector(outcome, on: qubits) }
    }
    #expect(throws: CircuitError.self) {
      try Projector(String(repeating: "0", count: 17), on: 0..<17)
    }
  }
}
