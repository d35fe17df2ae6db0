import AnsatzAnalysis
import AnsatzCircuits
import AnsatzMath
import Testing

@Suite("The frequencies a circuit can have")
struct EncodingFrequenciesTests {
  private func message(_ body: () throws -> some Any) -> String? {
    do {
      _ = try body()
      return nil
    } catch {
      return (error as? AnsatzError)?.message ?? "another error: \(error)"
    }
  }

  @Test("L rotations by one input reach L, in binomial(2L, L + k) ways each", arguments: 1...6)
  func serialAndParallel(count: Int) throws {
    let (x, θ) = (Inputs("x"), Weights("θ", 8))
    let serial = try Circuit(qubits: 1) {
      for layer in 0..<count {
        RX(x[0], on: 0)
        RY(θ[layer], on: 0)
      }
    }
    let parallel = try Circuit(qubits: count) {
      for qubit in 0..<count { RZ(x[0], on: qubit) }
    }
    // C(2L, L + k) = C(2L, L + k - 1) · (L - k + 1) / (L + k), from C(2L, 0) = 1.
    var binomials = [1.0]
    for place in 1...2 * count {
      binomials.append(binomials[place - 1] * Double(2 * count - place + 1) / Double(place))
    }
    for circuit in [serial, parallel] {
      let found = try EncodingFrequencies(circuit).frequencies
      #expect(found.map(\.vector) == (-count...count).map { [Double($0)] })
      #expect(found.map(\.degeneracy) == binomials)
    }
  }

  @Test("Scales 1, 3, 9 give every whole number up to 13, each of the largest in one way")
  func exponentialEncoding() throws {
    let x = Inputs("x")
    let circuit = try Circuit(qubits: 3) {
      for qubit in 0..<3 { RX([1, 3, 9][qubit] * x[0], on: qubit) }
    }
    let found = try EncodingFrequencies(circuit).frequencies
    #expect(found.map(\.vector) == (-13...13).map { [Double($0)] })
    #expect(found.last?.degeneracy == 1)
    // Four equal pairs of eigenvalues of each of three gates, two of them of gap 0.
    #expect(found.map(\.degeneracy).reduce(0, +) == 64)
  }

  @Test("A controlled rotation has half frequencies, others have whole ones")
  func gates() throws {
    let x = Inputs("x")
    func values(_ gate: any CircuitComponent) throws -> [Double] {
      let circuit = try Circuit(qubits: 2) { [gate] }
      return try EncodingFrequencies(circuit).frequencies.map { $0.vector[0] }
    }
    #expect(try values(CRX(x[0], control: 0, target: 1)) == [-1, -0.5, 0, 0.5, 1])
    #expect(try values(RZZ(x[0], 0, 1)) == [-1, 0, 1])
    #expect(try values(Phase(x[0], on: 0)) == [-1, 0, 1])
    #expect(try values(RX(0.5 * x[0] + 3, on: 0)) == [-0.5, 0, 0.5])
  }

  @Test("With several inputs frequencies are vectors, and an angle of two inputs moves both")
  func vectors() throws {
    let x = Inputs("x", 2)
    let circuit = try Circuit(qubits: 2) {
      RX(x[0], on: 0)
      RX(2 * x[0] - x[1], on: 1)
    }
    let found = try EncodingFrequencies(circuit).frequencies
    var expected: [[Double]] = []
    for a in -1...1 {
      for b in -1...1 { expected.append([Double(a + 2 * b), Double(-b)]) }
    }
    expected.sort { $0.lexicographicallyPrecedes($1) }
    #expect(found.map(\.vector) == expected)
    let one = try EncodingFrequencies(circuit, varying: [1])
    #expect(one.frequencies.map(\.vector) == [[-1], [0], [1]])
    #expect(one.inputNames == ["x[1]"])
  }

  @Test("A weight that multiplies an input needs a value, and then scales the frequency")
  func trainableFrequency() throws {
    let (x, θ) = (Inputs("x"), Weights("θ", 1))
    let circuit = try Circuit(qubits: 1) { RX(θ[0] * x[0], on: 0) }
    let found = try EncodingFrequencies(circuit, weights: [1.75])
    #expect(found.frequencies.map(\.vector) == [[-1.75], [0], [1.75]])
    #expect(message { try EncodingFrequencies(circuit) }?.contains("θ[0]") == true)
  }

  @Test("Inputs that are not multiplied by numbers are refused, with what to do")
  func refusals() throws {
    let x = Inputs("x", 2)
    let square = try Circuit(qubits: 1) { RX(x[0] * x[0], on: 0) }
    #expect(
      message { try EncodingFrequencies(square) }?.contains("no finite set of frequencies") == true)
    let product = try Circuit(qubits: 1) { RX(x[0] * x[1], on: 0) }
    #expect(
      message { try EncodingFrequencies(product) }?.contains("let fewer inputs vary") == true)
    // With the other input held, the product is a multiple.
    let held = try EncodingFrequencies(product, varying: [0], inputs: [0, 3])
    #expect(held.frequencies.map(\.vector) == [[-3], [0], [3]])
    #expect(
      message { try EncodingFrequencies(product, varying: [0, 0]) }?.contains("distinct") == true)
    #expect(message { try EncodingFrequencies(product, varying: [2]) } != nil)
    let amplitudes = try Circuit(qubits: 1) { AmplitudeEmbedding(x, on: 0..<1) }
    #expect(
      message { try EncodingFrequencies(amplitudes) }?.contains("amplitude of the start state")
        == true)
  }
}
