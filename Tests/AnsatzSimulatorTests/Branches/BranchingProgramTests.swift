import AnsatzCircuits
import AnsatzMath
import AnsatzSimulator
import AnsatzTestSupport
import Numerics
import Testing

@Suite("Circuits with measurements run by branches")
struct BranchingProgramTests {
  let c = Bits("c", 2)

  @Test("Teleportation moves any state, whatever was measured")
  func teleportation() throws {
    var random = RandomStream(seed: 1, stream: "teleport")
    for _ in 0..<5 {
      let angles = (0..<3).map { _ in random.uniform(in: -3..<3) }
      let circuit = try Circuit(qubits: 3) {
        U(angles[0], angles[1], angles[2], on: 0)
        H(1)
        CNOT(control: 1, target: 2)
        CNOT(control: 0, target: 1)
        H(0)
        Measure(0, into: c[0])
        Measure(1, into: c[1])
        If(c[1]) { X(2) }
        If(c[0]) { Z(2) }
      }
      let outcomes = try circuit.outcomes()
      #expect(outcomes.keys.sorted() == ["00", "01", "10", "11"])
      #expect(outcomes.values.allSatisfy { abs($0 - 0.25) < 1e-14 })
      let sent = try Circuit(qubits: 1) { U(angles[0], angles[1], angles[2], on: 0) }
      for (a, b) in [
        (X(2).pauliSum, X(0).pauliSum), (Y(2).pauliSum, Y(0).pauliSum),
        (Z(2).pauliSum, Z(0).pauliSum),
      ] {
        #expect(try abs(circuit.expectation(of: a) - sent.expectation(of: b)) < 1e-13)
      }
    }
  }

  @Test("Registers print as counts do: the last first, the highest bit first")
  func format() throws {
    let d = Bits("d", 1)
    let circuit = try Circuit(qubits: 3, registers: [c, Bits("unused", 2), d]) {
      X(0)
      Measure(0, into: c[0])
      Measure(1, into: c[1])
      X(2)
      Measure(2, into: d[0])
    }
    #expect(try circuit.outcomes() == ["1 00 01": 1])
    var random = RandomStream(seed: 1, stream: "format")
    #expect(try circuit.counts(shots: 10, using: &random) == ["1 00 01": 10])
  }

  @Test("A reset leaves |0⟩ and the rest in the mixture a density matrix has")
  func reset() throws {
    var circuits = RandomCircuits(seed: 9)
    for _ in 0..<10 {
      let before = try circuits.circuit(qubits: 3, gates: 8, usesInputs: false)
      let after = try circuits.circuit(qubits: 3, gates: 8, usesInputs: false)
      let weights = circuits.values(
        try Circuit(qubits: 3, operations: before.operations + after.operations).weightCount)
      let circuit = try Circuit(qubits: 3) {
        OperationList(before.operations)
        Reset(1)
        Measure(0, into: c[0])
        OperationList(after.operations)
      }
      #expect(circuit.isDynamic)
      let exact = try DensityProgram(circuit).run(weights: weights) as DensityMatrix<Double>
      let observable = circuits.observable(qubits: 3)
      // Rounding of some 20 gates on amplitudes of size 1.
      #expect(
        try abs(
          circuit.expectation(of: observable, weights: weights)
            - exact.expectation(of: observable)) < 1e-12)
      let branched = try circuit.probabilities(weights: weights)
      #expect(zip(branched, exact.probabilities).allSatisfy { abs($0 - $1) < 1e-12 })
    }
  }

  @Test("Conditionals are the controlled gates they defer to")
  func deferred() throws {
    var circuits = RandomCircuits(seed: 4)
    for _ in 0..<10 {
      let start = try circuits.circuit(qubits: 4, gates: 10, usesInputs: false)
      let body = try circuits.circuit(qubits: 2, gates: 3, usesInputs: false)
      let weights = circuits.values(
        try Circuit(qubits: 4, operations: start.operations + body.operations).weightCount)
      let list = OperationList(body.operations)
      let measured = try Circuit(qubits: 4) {
        OperationList(start.operations)
        Measure(2, into: c[0])
        Measure(3, into: c[1])
        If(c == 2) {
          list
        } else: {
          If(!c[1] && c[0]) {
            X(0)
          } else: {
            H(1)
          }
        }
      }
      let controlled = try Circuit(qubits: 4) {
        OperationList(start.operations)
        Controlled(by: [2, 3], values: [0, 1]) { list }
        Controlled(by: [2, 3], values: [1, 0]) { X(0) }
        Controlled(by: [2, 3], values: [0, 0]) { H(1) }
        Controlled(by: [2, 3], values: [1, 1]) { H(1) }
      }
      let exact = ReferenceSimulator(controlled, weights: weights).state().map(\.lengthSquared)
      let branched = try measured.probabilities(weights: weights)
      #expect(zip(branched, exact).allSatisfy { abs($0 - $1) < 1e-12 })
    }
  }

  @Test("Postselection keeps one outcome and says how probable it was")
  func postselection() throws {
    let circuit = try Circuit(qubits: 2) {
      RY(2 * .asin(Angle(0.6)), on: 0)
      CNOT(control: 0, target: 1)
      Postselect("1", on: [1])
    }
    let result = try BranchingProgram(circuit).run([Z(0)])
    #expect(abs(result.postselected - 0.36) < 1e-15)
    #expect(abs(result.expectations[0] + 1) < 1e-15)
    var random = RandomStream(seed: 2, stream: "post")
    let sampled = try BranchingProgram(circuit).run(shots: 10_000, [Z(0)], using: &random)
    // Five standard deviations of a binomial share.
    #expect(abs(sampled.postselected - 0.36) < 5 * (0.36 * 0.64 / 10_000).squareRoot())
    let impossible = try Circuit(qubits: 1) { Postselect("1", on: [0]) }
    #expect(throws: AnsatzError.self) { try BranchingProgram(impossible).run() }
  }

  @Test("Equal branches merge: a hundred resets and coin throws into one bit stay few")
  func merging() throws {
    let one = Bits("r", 1)
    let circuit = try Circuit(qubits: 2) {
      for _ in 0..<100 {
        H(0)
        Measure(0, into: one[0])
        If(one[0]) { X(1) }
        Reset(0)
      }
    }
    let outcomes = try circuit.outcomes()
    #expect(abs((outcomes["0"] ?? 0) - 0.5) < 1e-12)
    #expect(try abs(circuit.expectation(of: Z(1))) < 1e-12)
  }

  @Test("More branches than an exact run follows are refused, and run by shots")
  func tooMany() throws {
    let bits = Bits("b", 17)
    let circuit = try Circuit(qubits: 1) {
      for i in 0..<17 {
        H(0)
        Measure(0, into: bits[i])
      }
      H(0)
    }
    let error = #expect(throws: AnsatzError.self) { try circuit.outcomes() }
    #expect(error?.description.contains("--shots") == true)
    var random = RandomStream(seed: 1, stream: "many")
    let counts = try circuit.counts(shots: 2000, using: &random)
    #expect(counts.values.reduce(0, +) == 2000)
    #expect(counts.count > 1900)
  }

  @Test("Shots follow the exact distribution")
  func shots() throws {
    let circuit = try Circuit(qubits: 3) {
      RY(1.1, on: 0)
      Measure(0, into: c[0])
      If(c[0]) {
        RY(0.7, on: 1)
      } else: {
        RY(2.2, on: 1)
      }
      CNOT(control: 1, target: 2)
      Measure(1, into: c[1])
    }
    let exact = try circuit.outcomes()
    var random = RandomStream(seed: 7, stream: "shots")
    let shots = 40_000
    let counts = try circuit.counts(shots: shots, using: &random)
    // χ² with 3 degrees of freedom exceeds 22 once in ten thousand seeds; the seed is fixed.
    let χ2 = exact.map { key, p in
      let expected = p * Double(shots)
      let difference = Double(counts[key] ?? 0) - expected
      return difference * difference / expected
    }.reduce(0, +)
    #expect(χ2 < 22)
    var again = RandomStream(seed: 7, stream: "shots")
    #expect(try circuit.counts(shots: shots, using: &again) == counts)
  }

  @Test("Large states, which run by tiles, agree with small steps", arguments: [12, 14])
  func large(qubits: Int) throws {
    // The measured qubit stays apart from a register that grows: both sizes give the same.
    let circuit = try Circuit(qubits: qubits) {
      for q in 0..<qubits { RY(0.1 * Double(q + 1), on: q) }
      for q in 1..<qubits { CNOT(control: q - 1, target: q) }
      Measure(0, into: c[0])
      If(c[0]) {
        for q in 1..<qubits { RX(0.3 * Double(q), on: q) }
        QFT(on: 1..<4)
      } else: {
        CNOT(control: 1, target: 2)
        RZ(0.4, on: 2)
      }
      Reset(3)
      H(3)
    }
    let controlled = try Circuit(qubits: qubits + 1) {
      for q in 0..<qubits { RY(0.1 * Double(q + 1), on: q) }
      for q in 1..<qubits { CNOT(control: q - 1, target: q) }
      Controlled(by: 0) {
        for q in 1..<qubits { RX(0.3 * Double(q), on: q) }
        QFT(on: 1..<4)
      }
      Controlled(whenZero: 0) {
        CNOT(control: 1, target: 2)
        RZ(0.4, on: 2)
      }
      // A reset is an exchange with a fresh qubit.
      SWAP(3, qubits)
      H(3)
    }
    for observable in [Z(1) * Z(2), X(3) * Z(4), Y(1) * X(2), Z(0) * X(5)] {
      let error = try abs(
        circuit.expectation(of: observable) - controlled.expectation(of: observable))
      #expect(error < 1e-12)
    }
  }

  @Test("A state vector of a circuit with measurements in its middle is refused with the way out")
  func stateVector() throws {
    let circuit = try Circuit(qubits: 1) {
      H(0)
      Measure(0, into: c[0])
      H(0)
    }
    let error = #expect(throws: AnsatzError.self) { try circuit.stateVector() }
    #expect(error?.description.contains("BranchingProgram") == true)
  }
}
