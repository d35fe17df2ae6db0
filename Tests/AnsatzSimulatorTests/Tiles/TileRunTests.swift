import AnsatzCircuits
import AnsatzGradients
import AnsatzMath
import AnsatzTestSupport
import Testing

@testable import AnsatzSimulator

private struct GateOperationComponent: CircuitComponent {
  let operations: [CircuitOperation]

  init(_ gate: GateOperation) { operations = [.gate(gate)] }
}

/// Tile plans with tiles of a few rows, so that small circuits take many windows, tiles and blocks.
@Suite("Tiles")
struct TileRunTests {
  private static let sizes = [
    TilePlan.Sizes(tile: 3, block: 2, chunk: 1), TilePlan.Sizes(tile: 2, block: 1, chunk: 0),
    TilePlan.Sizes(tile: 4, block: 2, chunk: 2), TilePlan.Sizes(tile: 12, block: 3, chunk: 2),
  ]

  private struct Outcome {
    var values: [Double] = []
    var derivatives: [Double] = []
  }

  private static let upstream = [0.7, -1.1, 0.4]

  private func tiled<S: Scalar>(
    _ circuit: Circuit, _ observables: [PauliSum], inputs: [S], weights: [S],
    sizes: TilePlan.Sizes, threads: Int = 2
  ) throws -> Outcome {
    let program = Program(circuit)
    let compiled = try CompiledObservables(observables, qubitCount: circuit.qubitCount)
    let plan = try #require(
      TilePlan(program, compiled, laneBits: S.laneBits, sizes: sizes))
    let values = try ProgramValues(
      program, inputs: Tensor(shape: [1, inputs.count], elements: inputs), weights: weights)
    let run = TileRun(
      plan, program: program, values: values, evaluation: Evaluation(sample: 0),
      pool: ThreadPool(threads: threads))
    let ket = AlignedBuffer<S>(count: run.stateSize)
    let bra = AlignedBuffer<S>(count: run.stateSize)
    try run.forward(ket.pointer)
    var outcome = Outcome(values: run.expectations(ket.pointer))
    run.observe(ket.pointer, bra: bra.pointer, upstream: Self.upstream)
    outcome.derivatives = [Double](repeating: 0, count: program.angles.count)
    try outcome.derivatives.withUnsafeMutableBufferPointer { derivatives in
      guard let base = derivatives.baseAddress else { return }
      try run.backward(
        ket: ket.pointer, bra: bra.pointer,
        needed: [Bool](repeating: true, count: program.angles.count), derivatives: base)
    }
    return outcome
  }

  /// The same gate by gate, the derivatives by the weights' own gradient of one weight an angle.
  private func reference(
    _ circuit: Circuit, _ observables: [PauliSum], inputs: [Double], weights: [Double]
  ) throws -> (values: [Double], gradient: CircuitGradient<Double>) {
    let program = Program(circuit)
    let compiled = try CompiledObservables(observables, qubitCount: circuit.qubitCount)
    let pass = try program.forward(
      compiled, inputs: Tensor(shape: [1, inputs.count], elements: inputs), weights: weights,
      executor: .reference)
    let gradient = try Adjoint().gradient(
      of: pass, upstream: Tensor(shape: [1, 3], elements: Self.upstream),
      request: GradientRequest())
    return (pass.expectations.elements, gradient)
  }

  /// The weights' and the inputs' derivatives by the chain rule, angle by angle.
  private func chained(
    _ circuit: Circuit, _ derivatives: [Double], inputs: [Double], weights: [Double]
  ) -> (weights: [Double], inputs: [Double]) {
    var result = (
      weights: [Double](repeating: 0, count: weights.count),
      inputs: [Double](repeating: 0, count: inputs.count)
    )
    inputs.withUnsafeBufferPointer { inputs in
      weights.withUnsafeBufferPointer { weights in
        for (angle, derivative) in zip(Program(circuit).angles, derivatives) {
          for (weight, partial) in angle.weightPartials {
            result.weights[weight] += derivative * partial.value(inputs: inputs, weights: weights)
          }
          for (input, partial) in angle.inputPartials {
            result.inputs[input] += derivative * partial.value(inputs: inputs, weights: weights)
          }
        }
      }
    }
    return result
  }

  @Test("Tiles and the reference agree on random circuits over the registry", arguments: 0..<80)
  func agree(seed: UInt64) throws {
    var source = RandomCircuits(seed: 4_000 + seed)
    let qubits = 4 + Int(seed % 4)
    let circuit = try source.circuit(
      qubits: qubits, gates: 40, amplitudeStart: seed % 9 == 8, fourier: false)
    let inputs = source.values(circuit.inputCount)
    let weights = source.values(circuit.weightCount)
    let observables = (0..<3).map { _ in source.observable(qubits: qubits) }
    let expected = try reference(circuit, observables, inputs: inputs, weights: weights)
    for sizes in Self.sizes {
      let outcome = try tiled(
        circuit, observables, inputs: inputs, weights: weights, sizes: sizes)
      // Rounding of some hundred operations on numbers up to 1; derivatives go up to some tens.
      for (a, b) in zip(outcome.values, expected.values) { #expect(abs(a - b) < 1e-12) }
      let gradient = chained(
        circuit, outcome.derivatives, inputs: inputs, weights: weights)
      for (a, b) in zip(gradient.weights, expected.gradient.weights) {
        #expect(abs(a - b) < 1e-11)
      }
      if seed % 9 != 8 {
        for (a, b) in zip(
          gradient.inputs, expected.gradient.inputs?.elements ?? [])
        {
          #expect(abs(a - b) < 1e-11)
        }
      }
      let single = try tiled(
        circuit, observables, inputs: inputs.map { Float($0) }, weights: weights.map { Float($0) },
        sizes: sizes)
      for (a, b) in zip(single.values, expected.values) { #expect(abs(a - b) < 1e-5) }
    }
  }

  @Test("Gates with many controls agree with the reference", arguments: 0..<12)
  func manyControls(seed: Int) throws {
    let w = Weights("w", 20)
    let qubits = 9
    // Controls on five to eight qubits, the target and the lanes among the first and the last.
    let target = [0, 3, 4, 1][seed % 4]
    let others = (0..<qubits).filter { $0 != target }
    let controls = Array(others[(seed % 3)...])
    let circuit = try Circuit(qubits: qubits) {
      for q in 0..<qubits { RY(w[q], on: q) }
      if seed % 2 == 0 { CNOTRing(over: 0..<qubits) }
      for q in 0..<qubits { RX(w[q + 9], on: q) }
      Controlled(by: controls) { RX(w[18], on: target) }
      Controlled(by: controls) { Phase(w[19], on: target) }
      Controlled(by: Array(controls.prefix(6))) { X(target) }
      for q in 0..<qubits { RY(w[q] + 0.3, on: q) }
    }
    var random = RandomStream(seed: UInt64(seed))
    let weights = (0..<20).map { _ in random.uniform(in: -3..<3) }
    let observables = [Z(0) * X(4), Y(2) + 0.5 * Z(8), X(7) * X(8)].map(\.pauliSum)
    let expected = try reference(circuit, observables, inputs: [], weights: weights)
    for sizes in Self.sizes {
      let outcome = try tiled(circuit, observables, inputs: [], weights: weights, sizes: sizes)
      for (a, b) in zip(outcome.values, expected.values) { #expect(abs(a - b) < 1e-12) }
      let gradient = chained(circuit, outcome.derivatives, inputs: [], weights: weights)
      for (a, b) in zip(gradient.weights, expected.gradient.weights) {
        #expect(abs(a - b) < 1e-11)
      }
    }
  }

  @Test("Constant matrices on several qubits agree with the reference", arguments: 0..<10)
  func matrices(seed: UInt64) throws {
    var random = RandomStream(seed: seed, stream: "matrices")
    let targets = 2 + Int(seed % 3)
    // A unitary from random rotations that mix all targets.
    let inner = Weights("v", 40)
    let values = (0..<40).map { _ in random.uniform(in: -3..<3) }
    let order = 1 << targets
    var matrix = ComplexMatrix.identity(order)
    for column in 0..<order {
      let source = try Circuit(qubits: targets) {
        for q in 0..<targets where column >> (targets - 1 - q) & 1 == 1 { X(q) }
        for layer in 0..<3 {
          for q in 0..<targets {
            U(inner[layer * 4 + q], inner[12 + layer * 4 + q], inner[24 + layer * 4 + q], on: q)
          }
          for q in 0..<targets - 1 { RXX(inner[36 + q], q, q + 1) }
        }
      }
      for (row, amplitude) in ReferenceSimulator(source, weights: values).state().enumerated() {
        matrix[row, column] = amplitude
      }
    }
    let unitary = matrix
    let gate = GateDefinition(
      name: "Random\(seed)", summary: "a random unitary", targets: targets,
      structure: .constant, inverse: .itself
    ) { _, _ in unitary }
    let w = Weights("w", 12)
    let placed = Array([4, 0, 5, 2].prefix(targets))
    let circuit = try Circuit(qubits: 6) {
      for q in 0..<6 { RY(w[q], on: q) }
      CNOTRing(over: 0..<6)
      GateOperationComponent(GateOperation(gate, angles: [], qubits: placed))
      for q in 0..<6 { RX(w[q + 6], on: q) }
      Controlled(by: 3) {
        GateOperationComponent(
          GateOperation(gate, angles: [], qubits: Array(placed.prefix(targets))))
      }
    }
    let weights = (0..<12).map { _ in random.uniform(in: -3..<3) }
    let observables = [Z(0) * X(4), Y(2) + 0.5 * Z(5), X(1) * X(3)].map(\.pauliSum)
    let expected = try reference(circuit, observables, inputs: [], weights: weights)
    for sizes in Self.sizes {
      let outcome = try tiled(circuit, observables, inputs: [], weights: weights, sizes: sizes)
      for (a, b) in zip(outcome.values, expected.values) { #expect(abs(a - b) < 1e-12) }
      let gradient = chained(circuit, outcome.derivatives, inputs: [], weights: weights)
      for (a, b) in zip(gradient.weights, expected.gradient.weights) {
        #expect(abs(a - b) < 1e-11)
      }
    }
  }

  @Test("Results are the same bits whatever the threads")
  func threads() throws {
    var source = RandomCircuits(seed: 77)
    let circuit = try source.circuit(qubits: 9, gates: 120, fourier: false)
    let (inputs, weights) = (
      source.values(circuit.inputCount), source.values(circuit.weightCount)
    )
    let observables = (0..<3).map { _ in source.observable(qubits: 9) }
    let outcomes = try [1, 2, 4, 8].map {
      try tiled(
        circuit, observables, inputs: inputs, weights: weights,
        sizes: TilePlan.Sizes(tile: 3, block: 2, chunk: 1), threads: $0)
    }
    for outcome in outcomes {
      #expect(outcome.values == outcomes[0].values)
      #expect(outcome.derivatives == outcomes[0].derivatives)
    }
  }
}
