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

  @Test("The example channel shrinks ⟨Z⟩ by 1 - p and lifts it to X by p")
  func exampleChannel() throws {
    let circuit = try Circuit(qubits: 1) { HadamardFlip(probability: 0.3, on: 0) }
    let density = try circuit.densityMatrix()
    #expect(abs(try density.expectation(of: Z(0)) - 0.7) < 1e-12)
    #expect(abs(try density.expectation(of: X(0)) - 0.3) < 1e-12)
    #expect(try !TrajectoryProgram(circuit).hasPauliNoiseOnly)
  }

  @Test("The example of noise gives the closed form, and trajectories meet it")
  func noise() throws {
    let result = try noiseExample()
    // Only the two-qubit channel touches Z⊗Z here: H's noise on |+⟩ leaves ⟨Z⟩ = 0 and CNOT copies it.
    #expect(abs(result.exact - (1 - 16 * 0.01 / 15)) < 1e-12)
    // Five standard errors: one seed in 1.7 million.
    #expect(abs(result.sampled.value - result.exact) < 5 * result.sampled.standardError)
  }

  @Test("The examples of circuits give what follows from their text")
  func circuits() throws {
    let result = try circuitExamples()
    #expect(result.exact.keys.sorted() == ["00", "10", "11"])
    #expect(abs((result.exact["11"] ?? 0) - 0.5) < 1e-14)
    #expect(abs((result.exact["00"] ?? 0) - 0.25) < 1e-14)
    #expect(result.counts.values.reduce(0, +) == 1000)
    #expect(result.isSame)
    #expect((0...1).contains(result.projected))
    #expect(result.entropy > 0 && result.entropy <= 1 + 1e-12)
    #expect(result.text.contains("M") && result.picture.contains("</svg>"))
  }

  @Test("The Fourier examples give what the page says of them")
  func fourier() throws {
    let result = try fourierExamples()
    let frequencies = result.analysis.accessible.frequencies
    #expect(frequencies.map(\.vector) == (-3...3).map { [Double($0)] })
    #expect(frequencies.map(\.degeneracy) == [1, 6, 15, 20, 15, 6, 1])
    #expect(try result.analysis.reconstructionError() < 1e-10)
    #expect(result.spread.draws == 200)
    #expect(result.variance.variances.count == 4)
    #expect(result.expressibility.divergence > 0)
    // One qubit is never entangled.
    #expect(abs(result.entangling.mean) < 1e-12)
    #expect(result.landscape.values.count == 121)
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
