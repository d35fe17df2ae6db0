import AnsatzCircuits
import AnsatzMath
import Testing

@Suite("Depolarizing")
struct DepolarizingTests {
  @Test("The Kraus operators sum to the identity", arguments: [0, 0.2, 0.75, 1])
  func complete(p: Double) {
    let sum = Depolarizing.definition.krausOperators([p]).map { $0.adjoint * $0 }
      .reduce(ComplexMatrix.diagonal([0, 0])) { $0 + $1 }
    #expect(sum.maximumDifference(from: .identity(2)) < 1e-15)
  }

  @Test("A probability outside 0...1 is a problem", arguments: [-0.1, 1.5, .nan, .infinity])
  func probability(p: Double) {
    #expect(
      throws: CircuitError([
        .init(index: 0, name: "Depolarizing", message: "probability \(p) is not in 0...1")
      ])
    ) { try Circuit(qubits: 1) { Depolarizing(probability: p, on: 0) } }
  }

  @Test("A channel is neither controlled nor inverted, and needs a qubit that exists")
  func misuse() throws {
    func problem(_ body: [CircuitOperation]) -> String? {
      do {
        _ = try Circuit(qubits: 2, operations: body)
        return nil
      } catch {
        return error.problems.first?.message
      }
    }
    let noise = Depolarizing(probability: 0.1, on: 1)
    #expect(
      problem(Controlled(by: 0) { noise }.operations)
        == "a channel cannot be controlled; move it out of Controlled { }")
    #expect(
      problem(Inverse { noise }.operations)
        == "a channel has no inverse; leave it out of the inverted part")
    #expect(
      problem(Depolarizing(probability: 0.1, on: 2).operations)?.contains("out of range") == true)
    let circuit = try Circuit(qubits: 2) { noise }
    #expect(throws: CircuitError.self) { try circuit.inverse() }
  }

  @Test("A drawing shows the probability")
  func drawing() throws {
    let circuit = try Circuit(qubits: 1) {
      H(0)
      Depolarizing(probability: 0.01, on: 0)
    }
    #expect(TextDiagram(circuit).description == "0: ─H──D(0.01)──")
  }
}
