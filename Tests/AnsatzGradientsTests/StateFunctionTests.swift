import AnsatzCircuits
import AnsatzMath
import AnsatzSimulator
import AnsatzTestSupport
import Foundation
import Testing

@testable import AnsatzGradients

@Suite("Functions of the state")
struct StateFunctionTests {
  private static func functions(
    _ source: inout RandomCircuits, other: CircuitPoint
  ) throws -> [StateFunction] {
    [
      .expectation(of: source.observable(qubits: 3)), .variance(of: source.observable(qubits: 3)),
      try .probability(of: "10", on: [2, 0]), .entropy(of: [1]), .entropy(of: [0, 2]),
      .purity(of: [2]), try .renyiEntropy(order: 2, of: [0, 1]),
      try .renyiEntropy(order: 0.5, of: [1]), .mutualInformation([0], [2]),
      try .overlap(with: other),
    ]
  }

  @Test("Every method gives the same gradient of every function", arguments: 0..<12)
  func agreement(seed: UInt64) throws {
    var source = RandomCircuits(seed: 700 + seed)
    let circuit = try Circuit(qubits: 3) {
      for q in 0..<3 { RY(Angle(0.5 + Double(q)), on: q) }
      try OperationList(
        source.circuit(qubits: 3, gates: 12, amplitudeStart: false).operations)
      CRX(0.9, control: 0, target: 1)
      CRY(1.4, control: 1, target: 2)
    }
    let point = CircuitPoint(
      Program(circuit),
      inputs: Tensor(
        shape: [2, circuit.inputCount], elements: source.values(2 * circuit.inputCount)),
      weights: source.values(circuit.weightCount))
    let other = CircuitPoint(
      circuit, inputs: source.values(circuit.inputCount),
      weights: source.values(circuit.weightCount))
    for function in try Self.functions(&source, other: other) {
      let truth = try FiniteDifference().gradient(
        of: function, at: point, request: GradientRequest())
      var first: CircuitGradient<Double>?
      for method in [
        Adjoint(), ParameterShift(), StochasticShift(), HadamardTest(),
      ] as [any GradientMethod] {
        let gradient = try method.gradient(of: function, at: point, request: GradientRequest())
        let reference = first ?? gradient
        first = reference
        let scale = 1 + (reference.weights + (reference.inputs?.elements ?? [])).map(abs).max()!
        for (a, b) in zip(gradient.weights, reference.weights) {
          #expect(abs(a - b) < 1e-10 * scale, "\(type(of: method).name), \(function.name)")
        }
        for (a, b) in zip(gradient.inputs?.elements ?? [], reference.inputs?.elements ?? []) {
          #expect(abs(a - b) < 1e-10 * scale, "\(type(of: method).name), \(function.name)")
        }
        // The difference knows nothing of E; entropies have large higher derivatives.
        for (a, b) in zip(gradient.weights, truth.weights) {
          #expect(abs(a - b) < 1e-6 * scale, "\(type(of: method).name), \(function.name)")
        }
        for (a, b) in zip(gradient.inputs?.elements ?? [], truth.inputs?.elements ?? []) {
          #expect(abs(a - b) < 1e-6 * scale, "\(type(of: method).name), \(function.name)")
        }
      }
    }
  }

  @Test("Values and gradients in closed form")
  func closedForms() throws {
    let w = Weights("w", 1)
    // cos(w/2)|00⟩ + sin(w/2)|11⟩
    let circuit = try Circuit(qubits: 2) {
      RY(w[0], on: 0)
      CNOT(control: 0, target: 1)
    }
    let θ = 0.8
    let point = CircuitPoint(circuit, weights: [θ])
    let (p, q) = (cos(θ / 2) * cos(θ / 2), sin(θ / 2) * sin(θ / 2))
    let slope = -sin(θ) / 2  // of p
    let cases: [(StateFunction, Double, Double)] = [
      (.expectation(of: Z(0)), cos(θ), -sin(θ)),
      (.variance(of: Z(0)), sin(θ) * sin(θ), sin(2 * θ)),
      (try .probability(of: "11", on: [0, 1]), q, -slope),
      (try .probability(of: "0", on: [1]), p, slope),
      (.entropy(of: [1], base: M_E), -p * log(p) - q * log(q), slope * log(q / p)),
      (.purity(of: [0]), p * p + q * q, 2 * slope * (p - q)),
      (
        try .renyiEntropy(order: 2, of: [0], base: M_E), -log(p * p + q * q),
        -2 * slope * (p - q) / (p * p + q * q)
      ),
      (
        .mutualInformation([0], [1]), (-2 * p * log(p) - 2 * q * log(q)) / log(2),
        2 * slope * log(q / p) / log(2)
      ),
      (.fidelity(with: [(1, 0), (0, 0), (0, 0), (0, 0)]), p, slope),
      (
        try .overlap(with: CircuitPoint(circuit, weights: [0.3])), pow(cos((θ - 0.3) / 2), 2),
        -sin(θ - 0.3) / 2
      ),
    ]
    for (function, value, derivative) in cases {
      #expect(abs(try point.values(of: function)[0] - value) < 1e-12, "\(function.name)")
      let gradient = try Adjoint().gradient(of: function, at: point, request: GradientRequest())
      #expect(abs(gradient.weights[0] - derivative) < 1e-12, "\(function.name)")
    }
  }

  @Test("The Hadamard test is what a circuit with an ancilla measures")
  func ancilla() throws {
    let w = Weights("w", 2)
    func circuit(_ operations: [CircuitOperation], _ extra: Int) throws -> Circuit {
      try Circuit(qubits: 2 + extra, operations: operations)
    }
    let before = RX(w[0], on: 0).operations + H(1).operations
    let gate = CRY(w[1], control: 0, target: 1).operations
    let after = CNOT(control: 1, target: 0).operations + RX(0.4, on: 1).operations
    let observable = Z(0) + 0.5 * X(1)
    let weights = [0.7, 1.9]
    // G = (1 - Z₀)/2 · Y₁/2: half of Y₁ and minus half of Z₀Y₁, each halved.
    var expected = 0.0
    for (coefficient, paulis) in [
      (0.25, [Y(1).operations]), (-0.25, [Z(0).operations, Y(1).operations]),
    ] {
      let controlled = Controlled(by: 2) { OperationList(paulis.flatMap { $0 }) }.operations
      let test = try circuit(
        before + H(2).operations + gate + controlled + after, 1)
      expected +=
        2 * coefficient * (try test.expectation(of: Y(2) * observable, weights: weights))
    }
    let gradient = try HadamardTest().gradient(
      of: .expectation(of: observable),
      at: CircuitPoint(circuit(before + gate + after, 0), weights: weights),
      request: GradientRequest())
    #expect(abs(gradient.weights[1] - expected) < 1e-12)
    #expect(gradient.evaluations == 3)
  }

  @Test("What cannot be is named")
  func refusals() throws {
    let x = Inputs("x", 4)
    let circuit = try Circuit(qubits: 2) { AmplitudeEmbedding(x, on: 0..<2) }
    let point = CircuitPoint(circuit, inputs: [1, 2, 3, 4])
    for method in [ParameterShift(), StochasticShift(), HadamardTest()] as [any GradientMethod] {
      #expect {
        try method.gradient(of: .entropy(of: [0]), at: point, request: GradientRequest())
      } throws: { "\($0)".contains("'adjoint', 'finite-difference' or 'spsa'") }
    }
    #expect {
      try Adjoint().gradient(of: .entropy(of: [2]), at: point, request: GradientRequest())
    } throws: { "\($0)".contains("qubit 2 is out of range") }
    #expect {
      try Adjoint().gradient(
        of: .mutualInformation([0], [0]), at: point, request: GradientRequest())
    } throws: { "\($0)".contains("named twice") }
    #expect {
      try Adjoint().gradient(
        of: .fidelity(with: [(1, 0), (0, 0)]), at: point, request: GradientRequest())
    } throws: { "\($0)".contains("has 1 qubits, but this circuit has 2") }
    #expect {
      try ParameterShift(shots: 10).gradient(
        of: .entropy(of: [0]), at: point, request: GradientRequest())
    } throws: { "\($0)".contains("'spsa'") }
    #expect(throws: AnsatzError.self) { try StateFunction.probability(of: "02", on: [0, 1]) }
    #expect(throws: AnsatzError.self) { try StateFunction.renyiEntropy(order: 1, of: [0]) }
  }

  @Test("Input gradients reach the amplitudes a circuit starts from")
  func amplitudeInputs() throws {
    let x = Inputs("x", 3)
    let circuit = try Circuit(qubits: 2) {
      AmplitudeEmbedding(x, on: 0..<2, padding: 0.2)
      CRX(0.4, control: 0, target: 1)
    }
    let point = CircuitPoint(circuit, inputs: [0.5, -1, 2])
    for function in [StateFunction.entropy(of: [0]), .variance(of: Z(0) * X(1) + Y(1))] {
      let exact = try Adjoint().gradient(of: function, at: point, request: GradientRequest())
      let other = try FiniteDifference().gradient(
        of: function, at: point, request: GradientRequest())
      for (a, b) in zip(exact.inputs?.elements ?? [], other.inputs?.elements ?? []) {
        #expect(abs(a - b) < 1e-9)
      }
    }
  }
}
