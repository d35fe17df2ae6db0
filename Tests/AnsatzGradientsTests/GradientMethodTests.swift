import AnsatzCircuits
import AnsatzGradients
import AnsatzMath
import AnsatzSimulator
import AnsatzTestSupport
import Testing

private let gates = StandardGates.all + StandardGates.examples

@Suite("Gradient methods")
struct GradientMethodTests {
  /// Exact methods differ by rounding; the fourth-order difference by 1e-12 times the fifth
  /// derivative, which reaches thousands for angles like x² w.
  private let exact = 1e-10
  private let approximate = 1e-8

  private func compare(
    _ circuit: Circuit, rows: [[Double]], weights: [Double], observables: [PauliSum], seed: UInt64
  ) throws {
    let program = Program(circuit)
    let compiled = try CompiledObservables(observables, qubitCount: circuit.qubitCount)
    let inputs = Tensor<Double>(
      shape: [rows.count, circuit.inputCount], elements: rows.flatMap { $0 })
    var random = RandomStream(seed: seed, stream: "upstream")
    let upstream = Tensor<Double>(
      shape: [rows.count, observables.count],
      elements: (0..<rows.count * observables.count).map { _ in random.uniform(in: -1..<1) })
    func gradient(_ method: some GradientMethod, keep: Bool) throws -> CircuitGradient<Double> {
      let pass = try program.forward(
        compiled, inputs: inputs, weights: weights, keepStates: keep)
      return try method.gradient(of: pass, upstream: upstream, request: GradientRequest())
    }
    let adjoint = try gradient(Adjoint(), keep: true)
    let again = try gradient(Adjoint(), keep: false)
    #expect(adjoint.weights == again.weights, "kept and recomputed states must agree")
    let difference = try gradient(FiniteDifference(), keep: false)
    for (a, b) in zip(adjoint.weights, difference.weights) { #expect(abs(a - b) < approximate) }
    for (a, b) in zip(adjoint.inputs?.elements ?? [], difference.inputs?.elements ?? []) {
      #expect(abs(a - b) < approximate)
    }
    if case .amplitudes? = circuit.operations.first {
      #expect { try gradient(ParameterShift(), keep: false) } throws: {
        "\($0)".contains("adjoint")
      }
      return
    }
    let shift = try gradient(ParameterShift(), keep: false)
    for (a, b) in zip(adjoint.weights, shift.weights) { #expect(abs(a - b) < exact) }
    for (a, b) in zip(adjoint.inputs?.elements ?? [], shift.inputs?.elements ?? []) {
      #expect(abs(a - b) < exact)
    }
  }

  @Test("All methods agree on random circuits, in weights and inputs", arguments: 0..<60)
  func agreeOnRandomCircuits(seed: UInt64) throws {
    var source = RandomCircuits(seed: 500 + seed)
    let qubits = 1 + Int(seed % 5)
    let circuit = try source.circuit(
      qubits: qubits, gates: 18, amplitudeStart: seed % 6 == 5)
    let rows = (0..<1 + Int(seed % 6)).map { _ in source.values(circuit.inputCount) }
    try compare(
      circuit, rows: rows, weights: source.values(circuit.weightCount),
      observables: [source.observable(qubits: qubits), source.observable(qubits: qubits)],
      seed: seed)
  }

  @Test(
    "All methods agree on every parametric gate, plain and controlled",
    arguments: gates.filter { !$0.parameterNames.isEmpty }.map(\.name))
  func agreeOnEveryGate(name: String) throws {
    let gate = try #require(gates.first { $0.name == name })
    let own = gate.controlCount + (gate.targetCount ?? 2)
    for extra in 0...1 {
      let w = Weights("w", gate.parameterNames.count)
      let x = Inputs("x", gate.parameterNames.count)
      let angles = gate.parameterNames.indices.map { 1.3 * w[$0] + x[$0] }
      var operation = GateOperation(gate, angles: angles, qubits: Array(extra..<own + extra))
      if extra == 1 { operation.controls.insert(0, at: 0) }
      let qubits = max(own + extra, 1)
      let circuit = try Circuit(qubits: qubits) {
        for q in 0..<qubits {
          H(q)
          RX(Angle(0.4 + Double(q)), on: q)
          T(q)
        }
        OperationList([.gate(operation)])
        for q in 0..<qubits { RY(Angle(0.9 - 0.2 * Double(q)), on: q) }
      }
      var source = RandomCircuits(seed: UInt64(name.utf8.count))
      try compare(
        circuit, rows: [source.values(circuit.inputCount), source.values(circuit.inputCount)],
        weights: source.values(circuit.weightCount),
        observables: [source.observable(qubits: qubits)], seed: 21)
    }
  }

  @Test("The gradient of a rotation is minus the sine of its angle")
  func closedForm() throws {
    let w = Weights("w", 1)
    let circuit = try Circuit(qubits: 1) { RY(2 * w[0] + .pi, on: 0) }
    let compiled = try CompiledObservables([Z(0)], qubitCount: 1)
    let none = Tensor<Double>(shape: [1, 0])
    for method in GradientMethods.all {
      let pass = try Program(circuit).forward(compiled, inputs: none, weights: [0.3])
      let gradient = try method.gradient(
        of: pass, upstream: Tensor(shape: [1, 1], elements: [1]), request: GradientRequest())
      // <Z> = cos(2w + π), so the derivative is 2 sin(2w).
      #expect(abs(gradient.weights[0] - 2 * 0.564642473395035) < 1e-11)
    }
  }

  @Test("Parameter shift makes two evaluations a rotation, four a controlled one")
  func evaluationCount() throws {
    let w = Weights("w", 3)
    let circuit = try Circuit(qubits: 2) {
      RX(w[0], on: 0)
      CRY(w[1], control: 0, target: 1)
      CPhase(w[2], 0, 1)
      RZ(0.3, on: 0)
    }
    let compiled = try CompiledObservables([Z(1)], qubitCount: 2)
    let pass = try Program(circuit).forward(
      compiled, inputs: Tensor<Double>(shape: [1, 0]), weights: [0.1, 0.2, 0.3])
    let gradient = try ParameterShift().gradient(
      of: pass, upstream: Tensor(shape: [1, 1], elements: [1]), request: GradientRequest())
    #expect(gradient.evaluations == 8)
  }

  @Test("Gradients do not depend on the number of threads", arguments: [2, 4, 8])
  func threadCount(threads: Int) throws {
    var source = RandomCircuits(seed: 77)
    let circuit = try source.circuit(qubits: 5, gates: 40)
    let rows = (0..<37).flatMap { _ in source.values(circuit.inputCount) }
    let weights = source.values(circuit.weightCount)
    let compiled = try CompiledObservables([source.observable(qubits: 5)], qubitCount: 5)
    func gradient(_ threads: Int) throws -> CircuitGradient<Double> {
      let pass = try Program(circuit).forward(
        compiled, inputs: Tensor(shape: [37, circuit.inputCount], elements: rows),
        weights: weights, keepStates: true, pool: ThreadPool(threads: threads))
      return try Adjoint().gradient(
        of: pass, upstream: Tensor(repeating: 0.5, shape: [37, 1]), request: GradientRequest())
    }
    let (one, many) = (try gradient(1), try gradient(threads))
    #expect(one.weights == many.weights)
    #expect(one.inputs == many.inputs)
  }

  @Test("An unknown method is refused with the near miss")
  func unknownName() {
    #expect { try GradientMethods.named("adjiont") } throws: {
      "\($0)" == "unknown gradient method 'adjiont'; did you mean 'adjoint'?"
    }
  }
}
