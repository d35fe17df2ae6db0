import AnsatzCircuits
import AnsatzMath
import AnsatzSimulator
import AnsatzTestSupport
import Numerics
import Testing

/// Gates made from data, beyond the sizes that random circuits draw.
@Suite("Gates made from data")
struct DataGateTests {
  /// Some hundred operations on numbers below 1.
  private let tolerance = 1e-12

  private func start(_ qubits: Int) -> OperationList {
    OperationList(
      (0..<qubits).flatMap { q in
        U(0.4 + Double(q), 0.3 * Double(q), -0.2, on: q).operations
      })
  }

  private func expectEqualsReference(_ circuit: Circuit) throws {
    let state = try circuit.stateVector()
    let expected = ReferenceSimulator(circuit).state()
    for (a, b) in zip(state, expected) { #expect((a - b).length < tolerance) }
    var source = RandomCircuits(seed: 3)
    let observable = source.observable(qubits: circuit.qubitCount)
    let value = try circuit.expectation(of: observable)
    #expect(abs(value - ReferenceSimulator(circuit).expectation(of: observable)) < tolerance)
  }

  @Test("A unitary on any number of qubits, in any order, controlled or not", arguments: 1...6)
  func unitaries(count: Int) throws {
    var source = RandomCircuits(seed: UInt64(count))
    let unitary = UnitaryGate(
      source.unitary(qubits: count), on: [4, 0, 6, 2, 5, 1].prefix(count))
    try expectEqualsReference(
      Circuit(qubits: 7) {
        start(7)
        unitary
        for q in 0..<7 { RY(0.3 + Double(q), on: q) }
        Controlled(by: 3) { Inverse { unitary } }
      })
  }

  @Test("A diagonal on any number of qubits, in any order, controlled or not", arguments: 1...6)
  func diagonals(count: Int) throws {
    var source = RandomCircuits(seed: UInt64(count))
    let diagonal = DiagonalGate(
      (0..<1 << count).map { _ in source.random.uniform(in: -9..<9) },
      on: [4, 0, 6, 2, 5, 1].prefix(count))
    try expectEqualsReference(
      Circuit(qubits: 7) {
        start(7)
        diagonal
        for q in 0..<7 { RY(0.3 + Double(q), on: q) }
        Controlled(by: 3) { Inverse { diagonal } }
      })
  }

  @Test("A diagonal of ten qubits multiplies each amplitude by its phase")
  func diagonalPhases() throws {
    let phases = (0..<1024).map { 0.01 * Double($0 * $0 % 317) }
    let circuit = try Circuit(qubits: 10) {
      for q in 0..<10 { H(q) }
      DiagonalGate(phases, on: 0..<10)
    }
    for (amplitude, phase) in zip(try circuit.stateVector(), phases) {
      #expect((amplitude - Complex(length: 1 / 32, phase: phase)).length < tolerance)
    }
  }

  @Test("Rotations about long words, controlled or not")
  func longWords() throws {
    try expectEqualsReference(
      Circuit(qubits: 7) {
        start(7)
        PauliRotation(0.7, "XYZIYX", on: [5, 3, 0, 1, 6, 2])
        MultiRZ(-1.1, on: 0..<7)
        for q in 0..<7 { RY(0.3 + Double(q), on: q) }
        Controlled(by: 1) {
          PauliRotation(0.4, "YYXZ", on: [2, 6, 0, 4])
          PauliRotation(0.9, "III", on: [2, 6, 0])
          MultiRZ(0.8, on: [6, 0, 3])
        }
      })
  }

  @Test("A global phase is seen under a control alone")
  func globalPhase() throws {
    let phase = try Circuit(qubits: 1) { GlobalPhase(0.6) }
    #expect((try phase.stateVector()[0] - Complex(length: 1, phase: 0.6)).length < tolerance)
    #expect(abs(try phase.densityMatrix().probabilities[0] - 1) < tolerance)
    let controlled = try Circuit(qubits: 1) {
      H(0)
      Controlled(by: 0) { GlobalPhase(0.6) }
    }
    // ⟨X⟩ of (|0⟩ + e^{iφ}|1⟩)/√2 is cos φ.
    #expect(abs(try controlled.expectation(of: X(0)) - Double.cos(0.6)) < tolerance)
    #expect(
      abs(try controlled.densityMatrix().expectation(of: X(0)) - Double.cos(0.6)) < tolerance)
  }
}
