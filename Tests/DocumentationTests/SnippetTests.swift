import Ansatz
import Numerics
import Testing

/// The inverse that the example in docs/adding-a-gate.md names.
public struct SYdg: Gate {
  public let qubits: [Int]

  public init(_ qubit: Int) { qubits = [qubit] }

  public static let definition: GateDefinition = .init(
    name: "SYdg", summary: "the inverse of √Y", symbol: "√Y†", structure: .constant,
    inverse: .gate { _ in (SY.definition, []) }
  ) { _, _ in
    SY.definition.matrix([], 1).adjoint
  }
}

@Suite("Snippets do what their text says")
struct SnippetTests {
  @Test("The example gate squares to Y and its inverse undoes it")
  func exampleGate() throws {
    let twice = try Circuit(qubits: 1) {
      H(0)
      SY(0)
      SY(0)
      Y(0)
      H(0)
      SY(0)
      Inverse { SY(0) }
    }
    #expect(abs(try twice.probabilities()[0] - 1) < 1e-12)
  }

  @Test("The README's example trains and gives what it prints")
  func readme() throws {
    let result = try readmeExample()
    #expect(abs(result.energy - result.expected) < 1e-12)
    #expect(result.accuracy > 0.9)
  }
}

/// The README's expectation value from the state vector, term by term.
func referenceEnergy(of circuit: Circuit) throws -> Double {
  let state = try circuit.stateVector(
    inputs: [0.1, 0.2, 0.3, 0.4], weights: [Double](repeating: 0.7, count: 8))
  var total = 0.0
  for (index, amplitude) in state.enumerated() {
    total += (index & 8 == 0 ? 1 : -1) * amplitude.lengthSquared
    total += 0.5 * (state[index ^ 6].conjugate * amplitude).real
  }
  return total
}
