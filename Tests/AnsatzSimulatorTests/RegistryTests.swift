import AnsatzCircuits
import AnsatzMath
import AnsatzSimulator
import AnsatzTestSupport
import Numerics
import Testing

/// Rounding of some hundred multiplications of numbers up to 1.
private let tolerance = 1e-12

@Suite("Every gate of the registry, wherever it stands")
struct RegistryTests {
  /// All ordered choices of `count` of the qubits below `total`.
  private func placements(_ count: Int, of total: Int) -> [[Int]] {
    (0..<count).reduce([[]]) { lists, _ in
      lists.flatMap { list in (0..<total).filter { !list.contains($0) }.map { list + [$0] } }
    }
  }

  @Test(
    "Kernels and plans equal the dense matrix at every position, controlled on 1, on 0 and not at all",
    arguments: (StandardGates.all + StandardGates.examples).map(\.name))
  func everyPosition(name: String) throws {
    let gate = try #require(
      (StandardGates.all + StandardGates.examples).first { $0.name == name })
    let own = gate.controlCount + (gate.targetCount ?? 2)
    let qubits = own + 2
    var random = RandomStream(seed: 7, stream: name)
    // All placements of gates on up to three qubits; of larger ones as many as three have.
    var places = placements(own, of: qubits)
    if places.count > 60 {
      places = random.permutation(places.count).prefix(60).map { places[$0] }
    }
    let θ = Weights("θ", max(1, gate.parameterNames.count))
    for place in places {
      let operation = OperationList([
        .gate(
          GateOperation(
            gate, angles: gate.parameterNames.indices.map { θ[$0] }, qubits: place))
      ])
      let free = (0..<qubits).filter { !place.contains($0) }
      let forms: [[CircuitOperation]] = [
        operation.operations, Controlled(by: free[0]) { operation }.operations,
        Controlled(whenZero: free[0]) { operation }.operations,
        Controlled(by: free, values: [0, 1]) { operation }.operations,
        Inverse { operation }.operations,
      ]
      for form in forms {
        let circuit = try Circuit(qubits: qubits) {
          for q in 0..<qubits {
            RY(random.uniform(in: 0..<3), on: q)
            RZ(random.uniform(in: 0..<3), on: q)
          }
          OperationList(form)
          for q in 0..<qubits { RX(0.3 + 0.1 * Double(q), on: q) }
        }
        let weights = (0..<circuit.weightCount).map { _ in random.uniform(in: -4..<4) }
        let reference = ReferenceSimulator(circuit, weights: weights)
        let expected = reference.state()
        let state = try circuit.stateVector(weights: weights)
        #expect(zip(state, expected).allSatisfy { ($0 - $1).length < tolerance }, "\(place)")
        let buffer = try StateBuffer<Double>(qubitCount: qubits)
        try buffer.run(Program(circuit), weights: weights)
        #expect(
          expected.indices.allSatisfy { (buffer[$0] - expected[$0]).length < tolerance },
          "\(place)")
        let observable = X(place.first ?? 0) * Z(free[0]) + 0.5 * Y(free[1])
        let value = try circuit.expectation(of: observable, weights: weights)
        #expect(abs(value - reference.expectation(of: observable)) < tolerance, "\(place)")
      }
    }
  }
}
