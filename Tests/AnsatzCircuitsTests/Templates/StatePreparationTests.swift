import AnsatzCircuits
import AnsatzMath
import AnsatzSimulator
import Numerics
import Testing

/// Rounding of some hundred multiplications of numbers up to 1.
private let tolerance = 1e-12

@Suite("State preparation")
struct StatePreparationTests {
  private func randomState(_ qubits: Int, real: Bool, seed: UInt64) -> [Complex<Double>] {
    var random = RandomStream(seed: seed, stream: "state")
    let raw = (0..<1 << qubits).map { _ in
      Complex(random.normal(), real ? 0 : random.normal())
    }
    let norm = raw.reduce(0) { $0 + $1.lengthSquared }.squareRoot()
    return raw.map { $0 / Complex(norm) }
  }

  private func expectPrepares(_ amplitudes: [Complex<Double>], qubits: Int) throws {
    let circuit = try Circuit(qubits: qubits) { StatePreparation(amplitudes, on: 0..<qubits) }
    for (a, b) in zip(try circuit.stateVector(), amplitudes) {
      #expect((a - b).length < tolerance)
    }
  }

  @Test("Random states come out amplitude by amplitude, phase included", arguments: 1...8)
  func random(qubits: Int) throws {
    for seed: UInt64 in 0..<4 {
      try expectPrepares(randomState(qubits, real: false, seed: seed), qubits: qubits)
      try expectPrepares(randomState(qubits, real: true, seed: seed), qubits: qubits)
    }
  }

  @Test("States with zeros come out too: basis states, Bell, W, one phase alone")
  func sparse() throws {
    for j in 0..<8 {
      var amplitudes = [Complex<Double>](repeating: 0, count: 8)
      amplitudes[j] = Complex(length: 1, phase: Double(j))
      try expectPrepares(amplitudes, qubits: 3)
    }
    let h = Complex(0.5.squareRoot())
    try expectPrepares([h, 0, 0, -h], qubits: 2)
    try expectPrepares([0, h, h * .i, 0], qubits: 2)
    let third = Complex((1.0 / 3).squareRoot())
    try expectPrepares([0, third, third, 0, third, 0, 0, 0], qubits: 3)
  }

  @Test("The first qubit given is the most significant bit of the index")
  func order() throws {
    let circuit = try Circuit(qubits: 3) {
      StatePreparation([0.0, 0.6, 0.8, 0.0], on: [2, 0])
    }
    // Index 1 is qubit 0, index 2 is qubit 2.
    let state = try circuit.stateVector()
    #expect((state[0b100] - Complex(0.6)).length < tolerance)
    #expect((state[0b001] - Complex(0.8)).length < tolerance)
  }

  @Test("It takes no more gates than the paper's construction", arguments: 2...6)
  func gateCount(qubits: Int) {
    func counts(_ real: Bool) -> (turns: Int, links: Int) {
      let names = StatePreparation(
        randomState(qubits, real: real, seed: 9), on: 0..<qubits
      ).operations.map(\.name)
      return (names.filter { $0.hasPrefix("R") }.count, names.filter { $0 == "CNOT" }.count)
    }
    let size = 1 << qubits
    let (complex, real) = (counts(false), counts(true))
    #expect(complex.turns == 2 * size - 2 && complex.links == 2 * size - 4)
    #expect(real.turns == size - 1 && real.links == size - 2)
  }

  @Test("It is undone by its inverse and may be controlled")
  func modifiers() throws {
    let amplitudes = randomState(2, real: false, seed: 5)
    let circuit = try Circuit(qubits: 3) {
      H(2)
      Controlled(by: 2) { StatePreparation(amplitudes, on: 0..<2) }
      Controlled(whenZero: 2) { Inverse { StatePreparation(amplitudes, on: 0..<2) } }
      Controlled(whenZero: 2) { StatePreparation(amplitudes, on: 0..<2) }
    }
    let state = try circuit.stateVector()
    let half = Complex(0.5.squareRoot())
    #expect((state[0] - half).length < tolerance)
    for j in 0..<4 { #expect((state[2 * j + 1] - half * amplitudes[j]).length < tolerance) }
  }

  @Test("Amplitudes that are no state are refused with a remedy")
  func refusals() {
    let cases: [([Double], String)] = [
      ([0.6, 0.9], "the amplitudes have norm 1.08"), ([0, 0], "all amplitudes are zero"),
      ([1, .nan], "not finite"), ([1, .infinity], "not finite"),
      ([1, 0, 0], "3 amplitudes given for 1 qubits; use 2ᵏ for k qubits"),
    ]
    for (amplitudes, message) in cases {
      #expect {
        try Circuit(qubits: 1) { StatePreparation(amplitudes, on: 0..<1) }
      } throws: { "\($0)".contains(message) }
    }
  }
}
