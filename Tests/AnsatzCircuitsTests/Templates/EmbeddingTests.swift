import AnsatzCircuits
import AnsatzSimulator
import Numerics
import Testing

/// Rounding of a few multiplications of numbers up to 1.
private let tolerance = 1e-12

@Suite("Embeddings")
struct EmbeddingTests {
  private let x = Inputs("x", 1)

  @Test("Constant bits are a basis state, data bits the same up to phase")
  func basis() throws {
    let bits = try Circuit(qubits: 3) { BasisEmbedding([1, 0, 1], on: 0..<3) }
    #expect(try bits.probabilities()[5] == 1)
    let data = try Circuit(qubits: 3) { BasisEmbedding(Inputs("x", 3), on: 0..<3) }
    #expect(abs(try data.probabilities(inputs: [1, 0, 1])[5] - 1) < tolerance)
    #expect { try Circuit(qubits: 2) { BasisEmbedding([1, 2], on: 0..<2) } } throws: {
      "\($0)".contains("bits [1, 2] for 2 qubits; use 0 or 1 for each")
    }
  }

  @Test("Fourier encodings turn Z into cosines of their frequencies")
  func fourier() throws {
    for (scaling, frequencies): (EncodingScaling, [Double]) in [
      (.constant, [1, 1, 1]), (.tower, [1, 2, 3]), (.exponential, [1, 2, 4]),
    ] {
      let circuit = try Circuit(qubits: 3) { FourierEmbedding(x, on: 0..<3, scaling: scaling) }
      for value in [-2.1, 0.4, 1.3] {
        for (qubit, frequency) in frequencies.enumerated() {
          let measured = try circuit.expectation(of: Z(qubit), inputs: [value])
          #expect(abs(measured - Double.cos(frequency * value)) < tolerance)
        }
      }
    }
  }

  @Test(
    "A product of Z has the frequencies ±s₀ ± s₁ ± s₂, each with the weight ⅛",
    arguments: [
      (EncodingScaling.constant, [1: 3, 3: 1]), (.tower, [0: 2, 2: 1, 4: 1, 6: 1]),
      (.exponential, [1: 1, 3: 1, 5: 1, 7: 1]),
    ])
  func spectrum(scaling: EncodingScaling, expected: [Int: Int]) throws {
    let circuit = try Circuit(qubits: 3) { FourierEmbedding(x, on: 0..<3, scaling: scaling) }
    // 16 samples tell the frequencies 0...7 apart.
    let samples = try (0..<16).map { k in
      try circuit.expectation(of: Z(0) * Z(1) * Z(2), inputs: [2 * .pi * Double(k) / 16])
    }
    for frequency in 0...7 {
      let coefficient =
        samples.enumerated().reduce(0.0) { sum, sample in
          let angle = 2 * Double.pi * Double(frequency * sample.offset) / 16
          return sum + sample.element * Double.cos(angle)
        } / 16
      let own = Double(expected[frequency] ?? 0) / 8
      #expect(abs(coefficient - own) < tolerance, "frequency \(frequency)")
    }
  }

  @Test("Chebyshev encodings turn Z into Chebyshev polynomials")
  func chebyshev() throws {
    for (scaling, degrees) in [
      (EncodingScaling.constant, [2, 2, 2]), (.tower, [2, 4, 6]), (.exponential, [2, 4, 8]),
    ] {
      let circuit = try Circuit(qubits: 3) { ChebyshevEmbedding(x, on: 0..<3, scaling: scaling) }
      for value in [-1, -0.3, 0.25, 0.9] {
        // Tₙ₊₁ = 2x Tₙ - Tₙ₋₁.
        var polynomials = [1, value]
        for n in 2...8 { polynomials.append(2 * value * polynomials[n - 1] - polynomials[n - 2]) }
        for (qubit, degree) in degrees.enumerated() {
          let measured = try circuit.expectation(of: Z(qubit), inputs: [value])
          #expect(abs(measured - polynomials[degree]) < tolerance)
        }
      }
    }
  }

  @Test("Several features are dealt to the qubits in turn, each with its own scaling")
  func dealing() throws {
    let two = Inputs("x", 2)
    let circuit = try Circuit(qubits: 5) { FourierEmbedding(two, on: 0..<5, scaling: .tower) }
    #expect(
      circuit.operations.flatMap(\.angles).map(\.description) == [
        "x[0]", "x[1]", "2*x[0]", "2*x[1]", "3*x[0]",
      ])
  }

  @Test("Feature maps multiply π minus the features of a block")
  func featureMap() throws {
    let circuit = try Circuit(qubits: 2) { ZZFeatureMap(Inputs("x", 2), on: 0..<2, repeats: 1) }
    #expect(
      circuit.operations.map(\.name) == [
        "H", "H", "PauliRotation", "PauliRotation", "PauliRotation",
      ])
    let angles = circuit.operations.flatMap(\.angles).map { $0.value { [0.5, 0.2][$0.index] } }
    let product = 2 * (Double.pi - 0.5) * (Double.pi - 0.2)
    for (a, b) in zip(angles, [1, 0.4, product]) { #expect(abs(a - b) < tolerance) }
    let own = ZZFeatureMap(Inputs("x", 2), on: 0..<2, repeats: 1, scale: 1) { $0.reduce(1, *) }
    #expect(
      own.operations.flatMap(\.angles).map(\.description) == ["x[0]", "x[1]", "x[0]*x[1]"])
  }

  @Test("Entanglements are the blocks of their names")
  func entanglement() throws {
    func pairs(_ entanglement: Entanglement, _ n: Int) throws -> [[Int]] {
      let circuit = try Circuit(qubits: n) {
        TwoLocal(
          rotations: [], entanglers: [CZ.definition], entanglement: entanglement, layers: 1,
          on: 0..<n)
      }
      return circuit.operations.map(\.qubits)
    }
    #expect(try pairs(.full, 3) == [[0, 1], [0, 2], [1, 2]])
    #expect(try pairs(.linear, 3) == [[0, 1], [1, 2]])
    #expect(try pairs(.reverseLinear, 3) == [[1, 2], [0, 1]])
    #expect(try pairs(.circular, 3) == [[2, 0], [0, 1], [1, 2]])
    #expect(try pairs(.circular, 2) == [[0, 1]])
    #expect(try pairs(.pairwise, 5) == [[0, 1], [2, 3], [1, 2], [3, 4]])
    #expect(try pairs(.custom([[2, 0]]), 3) == [[2, 0]])
    #expect(try pairs(.full, 1).isEmpty)
  }

  @Test(
    "What cannot be embedded is refused with a remedy",
    arguments: [
      (["Q"], Entanglement.full, "'Q' in the word 'Q' is no Pauli operator"),
      ([""], .full, "a word is empty"),
      (["ZZ"], .custom([[0, 7]]), "place 7 of the entanglement [0, 7] is out of range; use 0...2"),
      (["ZZ"], .custom([[1, 1]]), "places of the entanglement [1, 1] repeat"),
      (["ZZ"], .custom([[0, 1, 2]]), "has 3 places; this template's blocks have 2"),
    ])
  func refusals(words: [String], entanglement: Entanglement, message: String) {
    #expect {
      try Circuit(qubits: 3) {
        PauliFeatureMap(Inputs("x", 3), words: words, on: 0..<3, entanglement: entanglement)
      }
    } throws: { "\($0)".contains(message) }
  }
}
