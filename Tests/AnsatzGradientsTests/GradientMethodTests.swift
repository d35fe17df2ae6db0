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
    expect(difference, adjoint, within: approximate)
    for method in [ParameterShift(), StochasticShift(), HadamardTest()] as [any GradientMethod] {
      if case .amplitudes? = circuit.operations.first {
        #expect { try gradient(method, keep: false) } throws: { "\($0)".contains("adjoint") }
      } else {
        expect(try gradient(method, keep: false), adjoint, within: exact)
      }
    }
    // Other formulas, with more rounding or a larger remainder.
    expect(try gradient(FiniteDifference(order: 6), keep: false), adjoint, within: 1e-7)
    expect(try gradient(FiniteDifference(order: 2), keep: false), adjoint, within: 1e-6)
    expect(try gradient(FiniteDifference(order: 1), keep: false), adjoint, within: 2e-5)
  }

  private func expect(
    _ a: CircuitGradient<Double>, _ b: CircuitGradient<Double>, within tolerance: Double
  ) {
    #expect(a.weights.count == b.weights.count)
    for (a, b) in zip(a.weights, b.weights) { #expect(abs(a - b) < tolerance) }
    #expect(a.inputs?.shape == b.inputs?.shape)
    for (a, b) in zip(a.inputs?.elements ?? [], b.inputs?.elements ?? []) {
      #expect(abs(a - b) < tolerance)
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
      // <Z> = cos(2w + π), so the derivative is 2 sin(2w). With one weight SPSA is the central
      // difference of second order, off by h² 8/6 at most.
      let tolerance = type(of: method).accuracy == .sampled ? 2e-6 : 1e-11
      #expect(abs(gradient.weights[0] - 2 * 0.564642473395035) < tolerance)
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

  @Test("All methods agree with constant angles between trained ones", arguments: 0..<8)
  func constantsBetween(pattern: Int) throws {
    let (w, x) = (Weights("w", 3), Inputs("x", 1))
    // Each of the three angles is trained or constant, as the bits of the pattern say.
    func angle(_ k: Int) -> Angle { pattern >> k & 1 == 1 ? w[k] : Angle(0.3 + Double(k)) }
    let circuit = try Circuit(qubits: 2) {
      U(0.4, 1.1, -0.7, on: 0)
      U(angle(0), angle(1), angle(2), on: 0)
      U(1.9, 0.2, 2.4, on: 0)
      CNOT(control: 0, target: 1)
      Rot(angle(1), 0.8, angle(0), on: 1)
      CU(0.5, angle(2), 0.9, angle(1), control: 1, target: 0)
      U(x[0], 0.6, -1.2, on: 0)
      FSim(0.3, angle(0), 0, 1)
      U(angle(2), 0.1, 0.2, on: 1)
    }
    var source = RandomCircuits(seed: UInt64(900 + pattern))
    try compare(
      circuit, rows: [[0.4], [-1.3]], weights: source.values(circuit.weightCount),
      observables: [source.observable(qubits: 2)], seed: 3)
  }

  @Test("Sampled gradients are within six standard errors of the exact one", arguments: 0..<8)
  func sampledGradients(seed: UInt64) throws {
    // The errors are sums of many independent draws, so one weight fails with probability below
    // 2e-9 if they were normal; the whole test draws fewer than 100.
    var source = RandomCircuits(seed: 40 + seed)
    let circuit = try source.circuit(qubits: 3, gates: 12)
    let inputs = Tensor<Double>(
      shape: [2, circuit.inputCount], elements: source.values(2 * circuit.inputCount))
    let weights = source.values(circuit.weightCount)
    let compiled = try CompiledObservables([source.observable(qubits: 3)], qubitCount: 3)
    func gradient(_ method: some GradientMethod) throws -> CircuitGradient<Double> {
      let pass = try Program(circuit).forward(compiled, inputs: inputs, weights: weights)
      return try method.gradient(
        of: pass, upstream: Tensor(repeating: 0.7, shape: [2, 1]),
        request: GradientRequest(weights: true, inputs: false))
    }
    let exact = try gradient(Adjoint())
    for method in [
      ParameterShift(shots: 400, seed: seed), try SPSA(draws: 400, seed: seed),
    ] as [any GradientMethod] {
      let sampled = try gradient(method)
      let errors = try #require(sampled.weightErrors)
      for i in exact.weights.indices {
        #expect(abs(sampled.weights[i] - exact.weights[i]) < 6 * errors[i] + 1e-4)
        // A bound that is met by being wide would prove nothing.
        #expect(errors[i] < 2)
      }
    }
    let shots = try gradient(ParameterShift(shots: 400, seed: seed))
    #expect(shots.shots == shots.evaluations * compiled.words.uses.count * 400)
  }

  @Test("A double excitation is shifted as a whole: four circuits, not sixteen")
  func wholeGate() throws {
    let w = Weights("w", 1)
    let circuit = try Circuit(qubits: 5) {
      for q in 0..<5 { H(q) }
      RY(0.3, on: 2)
      DoubleExcitation(1.5 * w[0], 0, 1, 2, 3)
      Controlled(by: 4) { DoubleExcitation(w[0] + 0.2, 3, 0, 1, 2) }
    }
    let compiled = try CompiledObservables([Z(0) * X(2)], qubitCount: 5)
    func gradient(_ method: some GradientMethod) throws -> CircuitGradient<Double> {
      let pass = try Program(circuit).forward(
        compiled, inputs: Tensor<Double>(shape: [1, 0]), weights: [0.7])
      return try method.gradient(
        of: pass, upstream: Tensor(shape: [1, 1], elements: [1]), request: GradientRequest())
    }
    let shift = try gradient(ParameterShift())
    #expect(shift.evaluations == 8)
    #expect(abs(shift.weights[0] - (try gradient(Adjoint())).weights[0]) < 1e-12)
  }

  @Test("Settings are read, and wrong ones named")
  func settings() throws {
    #expect(
      (try GradientMethods.named("finite-difference:order=6") as? FiniteDifference)?.order == 6)
    let spsa = try GradientMethods.named("spsa:draws=3,step=0.1,seed=8") as? SPSA
    #expect(spsa?.draws == 3 && spsa?.step == 0.1 && spsa?.seed == 8)
    #expect((try GradientMethods.named("parameter-shift:shots=5") as? ParameterShift)?.shots == 5)
    for (text, part) in [
      ("finite-difference:order=3", "1, 2, 4 or 6"), ("spsa:draws=0", "from 1 to"),
      ("spsa:drwas=2", "did you mean 'draws'?"), ("adjoint:order=2", "it has none"),
      ("spsa:draws", "cannot read 'draws'"), ("parameter-shift:shots=-1", "1 or more, or 0"),
    ] {
      #expect { try GradientMethods.named(text) } throws: { "\($0)".contains(part) }
    }
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
