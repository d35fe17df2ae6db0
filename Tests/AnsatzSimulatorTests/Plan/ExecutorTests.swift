import AnsatzCircuits
import AnsatzGradients
import AnsatzMath
import AnsatzTestSupport
import Numerics
import Testing

@testable import AnsatzSimulator

@Suite("Executors")
struct ExecutorTests {
  /// Rounding of some hundred operations on numbers up to 1, and, ten times that, of derivatives up to
  /// some tens.
  private let tolerance = 1e-12

  private struct Outcome<S: Scalar> {
    let values: Tensor<S>
    let gradient: CircuitGradient<S>
  }

  private func outcome<S: Scalar>(
    _ circuit: Circuit, _ observables: [PauliSum], inputs: Tensor<S>, weights: [S],
    executor: Executor, method: some GradientMethod = Adjoint(), keep: Bool = true
  ) throws -> Outcome<S> {
    let program = Program(circuit)
    let compiled = try CompiledObservables(observables, qubitCount: circuit.qubitCount)
    if executor == .automatic, inputs.rowCount > 1 {
      let holdsQFT = circuit.operations.contains { $0.name.contains("QFT") }
      #expect((program.plan(for: compiled) == nil) == holdsQFT || holdsQFT)
    }
    let pass = try program.forward(
      compiled, inputs: inputs, weights: weights, keepStates: keep, executor: executor)
    let upstream = Tensor<S>(
      shape: pass.expectations.shape,
      elements: (0..<pass.expectations.count).map { S(0.3) - S($0 % 5) / 4 })
    return Outcome(
      values: pass.expectations,
      gradient: try method.gradient(of: pass, upstream: upstream, request: GradientRequest()))
  }

  @Test("Plans and the reference agree on random circuits over the registry", arguments: 0..<120)
  func agree(seed: UInt64) throws {
    var source = RandomCircuits(seed: 9_000 + seed)
    let qubits = 1 + Int(seed % 6)
    let circuit = try source.circuit(
      qubits: qubits, gates: 30, amplitudeStart: seed % 7 == 6, fourier: false)
    // One sample runs as a single state, whose lanes are its lowest bits.
    let batch = seed % 3 == 0 ? 1 : 2 + Int(seed % 8)
    let inputs = Tensor<Double>(
      shape: [batch, circuit.inputCount], elements: source.values(batch * circuit.inputCount))
    let weights = source.values(circuit.weightCount)
    let observables = (0..<1 + Int(seed % 3)).map { _ in source.observable(qubits: qubits) }
    let planned = try outcome(
      circuit, observables, inputs: inputs, weights: weights, executor: .automatic,
      keep: seed % 2 == 0)
    let reference = try outcome(
      circuit, observables, inputs: inputs, weights: weights, executor: .reference)
    for (a, b) in zip(planned.values.elements, reference.values.elements) {
      #expect(abs(a - b) < tolerance)
    }
    for (a, b) in zip(planned.gradient.weights, reference.gradient.weights) {
      #expect(abs(a - b) < tolerance * 10)
    }
    for (a, b) in zip(
      planned.gradient.inputs?.elements ?? [], reference.gradient.inputs?.elements ?? [])
    {
      #expect(abs(a - b) < tolerance * 10)
    }
    let single = try outcome(
      circuit, observables, inputs: inputs.converted(to: Float.self),
      weights: weights.map { Float($0) }, executor: .automatic)
    for (a, b) in zip(single.values.elements, reference.values.elements) {
      #expect(abs(Double(a) - b) < 1e-5)
    }
  }

  @Test(
    "A variational batch and a single state agree, with Z on every qubit", arguments: 1...9, [1, 6])
  func variational(qubits: Int, batch: Int) throws {
    let circuit = try Circuit(qubits: qubits) {
      AngleEmbedding(Inputs("x", qubits), on: 0..<qubits)
      StronglyEntangling(layers: 3, on: 0..<qubits)
    }
    var random = RandomStream(seed: UInt64(qubits))
    let inputs = Tensor<Double>(
      shape: [batch, qubits], elements: (0..<batch * qubits).map { _ in random.normal() })
    // Angles around multiples of π exercise both forms of a lift.
    let weights = (0..<circuit.weightCount).map { _ in random.uniform(in: -7..<7) }
    let observables = (0..<qubits).map { Z($0).pauliSum }
    let planned = try outcome(
      circuit, observables, inputs: inputs, weights: weights, executor: .automatic)
    let reference = try outcome(
      circuit, observables, inputs: inputs, weights: weights, executor: .reference)
    for (a, b) in zip(planned.values.elements, reference.values.elements) {
      #expect(abs(a - b) < tolerance)
    }
    for (a, b) in zip(planned.gradient.weights, reference.gradient.weights) {
      #expect(abs(a - b) < tolerance)
    }
    for (a, b) in zip(
      planned.gradient.inputs?.elements ?? [], reference.gradient.inputs?.elements ?? [])
    {
      #expect(abs(a - b) < tolerance)
    }
  }

  @Test("Gates with many controls agree, on any target", arguments: 0..<8, [1, 6])
  func manyControls(target: Int, batch: Int) throws {
    let (w, x) = (Weights("w", 20), Inputs("x", 2))
    let others = (0..<8).filter { $0 != target }
    let circuit = try Circuit(qubits: 8) {
      for q in 0..<8 { RY(w[q] + x[0], on: q) }
      CNOTRing(over: 0..<8)
      for q in 0..<8 { RX(w[q + 9], on: q) }
      Controlled(by: others) { RX(w[18] * x[1], on: target) }
      Controlled(by: Array(others.prefix(5))) { RZZ(w[8], others[6], target) }
      Controlled(by: Array(others.suffix(6))) { Phase(w[19], on: target) }
      Controlled(by: Array(others.prefix(6))) { X(target) }
      for q in 0..<8 { RY(w[q] + 0.3, on: q) }
    }
    var random = RandomStream(seed: UInt64(target))
    func numbers(_ count: Int) -> [Double] { (0..<count).map { _ in random.uniform(in: -3..<3) } }
    let weights = numbers(20)
    let inputs = Tensor<Double>(shape: [batch, 2], elements: numbers(2 * batch))
    let observables = [Z(0) * X(4), Y(2) + 0.5 * Z(7), X(6) * X(7)].map(\.pauliSum)
    let compiled = try CompiledObservables(observables, qubitCount: 8)
    #expect(Program(circuit).plan(for: compiled) != nil)
    let planned = try outcome(
      circuit, observables, inputs: inputs, weights: weights, executor: .automatic)
    let reference = try outcome(
      circuit, observables, inputs: inputs, weights: weights, executor: .reference)
    for (a, b) in zip(planned.values.elements, reference.values.elements) {
      #expect(abs(a - b) < tolerance)
    }
    for (a, b) in zip(planned.gradient.weights, reference.gradient.weights) {
      #expect(abs(a - b) < tolerance * 10)
    }
  }

  @Test("Shifted evaluations agree", arguments: 0..<20)
  func shifts(seed: UInt64) throws {
    var source = RandomCircuits(seed: 400 + seed)
    let circuit = try source.circuit(qubits: 4, gates: 20, fourier: false)
    let inputs = Tensor<Double>(
      shape: [3, circuit.inputCount], elements: source.values(3 * circuit.inputCount))
    let weights = source.values(circuit.weightCount)
    let observables = [source.observable(qubits: 4)]
    let planned = try outcome(
      circuit, observables, inputs: inputs, weights: weights, executor: .automatic,
      method: ParameterShift())
    let reference = try outcome(
      circuit, observables, inputs: inputs, weights: weights, executor: .reference,
      method: ParameterShift())
    for (a, b) in zip(planned.gradient.weights, reference.gradient.weights) {
      #expect(abs(a - b) < tolerance * 10)
    }
  }

  @Test("Results do not depend on threads or on how the batch is cut up")
  func chunking() throws {
    var source = RandomCircuits(seed: 31)
    let circuit = try source.circuit(qubits: 5, gates: 40, fourier: false)
    let rows = (0..<23).map { _ in source.values(circuit.inputCount) }
    let weights = source.values(circuit.weightCount)
    let observables = try CompiledObservables([source.observable(qubits: 5)], qubitCount: 5)
    let program = Program(circuit)
    func values(_ range: Range<Int>, threads: Int) throws -> [Double] {
      try program.forward(
        observables,
        inputs: Tensor(
          shape: [range.count, circuit.inputCount], elements: rows[range].flatMap { $0 }),
        weights: weights, pool: ThreadPool(threads: threads)
      ).expectations.elements
    }
    let whole = try values(0..<23, threads: 1)
    for threads in [2, 4, 8] { #expect(try values(0..<23, threads: threads) == whole) }
    #expect(try values(0..<9, threads: 2) + values(9..<23, threads: 2) == whole)
  }

  @Test("A large single state agrees, whatever the threads", arguments: [1, 2, 4])
  func largeState(threads: Int) throws {
    // 15 qubits: several chunks, jobs and repeats of a pattern.
    let w = Weights("w", 60)
    let circuit = try Circuit(qubits: 15) {
      for q in 0..<15 { Rot(w[q], w[q + 15], w[q + 30], on: q) }
      CNOTRing(over: 0..<15)
      for q in 0..<15 { RY(w[q + 45], on: q) }
      for q in 0..<14 { CZ(q, q + 1) }
      for q in 0..<15 { RX(w[q] * 0.5, on: q) }
      CRX(w[3], control: 14, target: 0)
      RXX(w[4], 13, 14)
      RYY(w[5], 2, 14)
      Toffoli(controls: 0, 14, target: 13)
    }
    var random = RandomStream(seed: 8)
    let weights = (0..<60).map { _ in random.uniform(in: -4..<4) }
    let observables = [
      Z(0) + 0.5 * Z(14) * Z(3), X(14) - 0.3 * Y(0) * X(13), Y(13) * Z(14) * X(2),
    ].map(\.pauliSum)
    let program = Program(circuit)
    let compiled = try CompiledObservables(observables, qubitCount: 15)
    func gradient(_ executor: Executor, threads: Int) throws -> (Tensor<Double>, [Double]) {
      let pass = try program.forward(
        compiled, inputs: Tensor(shape: [1, 0]), weights: weights, keepStates: threads != 4,
        pool: ThreadPool(threads: threads), executor: executor)
      let upstream = Tensor<Double>(shape: [1, 3], elements: [0.7, -1.1, 0.4])
      return (
        pass.expectations,
        try Adjoint().gradient(of: pass, upstream: upstream, request: GradientRequest()).weights
      )
    }
    let planned = try gradient(.automatic, threads: threads)
    let alone = try gradient(.automatic, threads: 1)
    #expect(planned.0 == alone.0 && planned.1 == alone.1)
    let reference = try gradient(.reference, threads: 2)
    for (a, b) in zip(planned.0.elements, reference.0.elements) { #expect(abs(a - b) < tolerance) }
    for (a, b) in zip(planned.1, reference.1) { #expect(abs(a - b) < tolerance) }
  }

  @Test(
    "A thousand commuting rotations stay within the range of a number",
    arguments: [Executor.blocks, .tiles], [Double.pi / 2, -1.4])
  func commuting(executor: Executor, angle: Double) throws {
    // Each lift leaves out √½ at a right angle: 2^-500 in all is no `Float`, and its square with more
    // rotations no `Double`.
    let w = Weights("w", 2)
    let circuit = try Circuit(qubits: 6) {
      for q in 0..<6 { RY(w[1] + Angle(Double(q)), on: q) }
      CNOTRing(over: 0..<6)
      for q in 0..<6 { RZ(w[1], on: q) }
      for i in 0..<2400 { RY(w[0], on: i % 6) }
    }
    let observables = [Z(0).pauliSum, (Z(1) * Z(2)).pauliSum, Y(3).pauliSum]
    let weights = [angle, 0.4]
    let inputs = Tensor<Double>(shape: [1, 0])
    let reference = try outcome(
      circuit, observables, inputs: inputs, weights: weights, executor: .reference)
    let double = try outcome(
      circuit, observables, inputs: inputs, weights: weights, executor: executor)
    let single = try outcome(
      circuit, observables, inputs: inputs.converted(to: Float.self),
      weights: weights.map { Float($0) }, executor: executor)
    for (index, value) in reference.values.elements.enumerated() {
      #expect(abs(double.values.elements[index] - value) < tolerance)
      // The weight's own rounding, 400 times on each qubit, and that of 400 rotations.
      #expect(abs(Double(single.values.elements[index]) - value) < 5e-4)
    }
    for (index, value) in reference.gradient.weights.enumerated() {
      #expect(abs(double.gradient.weights[index] - value) < tolerance * 2400)
      #expect(abs(Double(single.gradient.weights[index]) - value) < 5e-4 * 2400)
    }
  }

  @Test(
    "Several gradients of one pass at once are those of one after the other",
    arguments: Executor.allCases)
  func gradientsAtOnce(executor: Executor) async throws {
    var source = RandomCircuits(seed: 77)
    let circuit = try source.circuit(qubits: 8, gates: 40, fourier: false)
    let inputs = Tensor<Double>(
      shape: [21, circuit.inputCount], elements: source.values(21 * circuit.inputCount))
    let weights = source.values(circuit.weightCount)
    let observables = try CompiledObservables([source.observable(qubits: 8)], qubitCount: 8)
    let program = Program(circuit)
    let upstream = Tensor<Double>(repeating: 0.3, shape: [21, 1])
    @Sendable func gradient(_ pass: ForwardPass<Double>) throws -> [Double] {
      try Adjoint().gradient(of: pass, upstream: upstream, request: GradientRequest()).weights
    }
    func forward() throws -> ForwardPass<Double> {
      try program.forward(
        observables, inputs: inputs, weights: weights, keepStates: true, executor: executor)
    }
    let alone = try gradient(try forward())
    for _ in 0..<20 {
      let pass = try forward()
      try await withThrowingTaskGroup(of: [Double].self) { group in
        for _ in 0..<4 { group.addTask { try gradient(pass) } }
        for try await result in group { #expect(result == alone) }
      }
    }
  }

  @Test("A state buffer holds the amplitudes themselves, phase included", arguments: 0..<30)
  func stateBuffer(seed: UInt64) throws {
    var source = RandomCircuits(seed: 600 + seed)
    let qubits = 3 + Int(seed % 3)
    let circuit = try source.circuit(
      qubits: qubits, gates: 12, usesInputs: false, fourier: false)
    let weights = source.values(circuit.weightCount)
    let state = try StateBuffer<Double>(qubitCount: qubits)
    try state.run(Program(circuit), weights: weights)
    let reference = try circuit.stateVector(weights: weights)
    for (index, amplitude) in reference.enumerated() {
      #expect((state[index] - amplitude).length < tolerance)
    }
    let expected = try circuit.expectation(of: Z(0), weights: weights)
    #expect(abs(try state.expectation(of: Z(0)) - expected) < tolerance)
    for (index, amplitude) in reference.enumerated() {
      #expect((state[index] - amplitude).length < tolerance, "after a change of layout")
    }
  }

  @Test("What cannot reach an observable is not run")
  func pruning() throws {
    let w = Weights("w", 6)
    let circuit = try Circuit(qubits: 3) {
      for q in 0..<3 { RY(w[q], on: q) }
      CZ(0, 1)
      for q in 0..<3 { RX(w[3 + q], on: q) }
      RZ(0.3, on: 0)
    }
    let observables = try CompiledObservables([Z(0)], qubitCount: 3)
    let plan = try #require(Program(circuit).plan(for: observables))
    #expect(plan.termCounts.kept < plan.termCounts.all)
    #expect(plan.stages.count == 1)
  }

  @Test("A way asked for is an error where it cannot be, and taken where it can")
  func askedFor() throws {
    let fourier = try Circuit(qubits: 3) { QFT(on: 0..<3) }
    let observables = try CompiledObservables([Z(0)], qubitCount: 3)
    for samples in [1, 5] {
      let none = Tensor<Double>(shape: [samples, 0])
      for executor in [Executor.blocks, .tiles] {
        let error = #expect(throws: AnsatzError.self) {
          _ = try Program(fourier).forward(
            observables, inputs: none, weights: [], executor: executor)
        }
        #expect(error?.category == .unavailable)
        #expect(
          error?.message.hasPrefix("executor '\(executor.rawValue)' cannot run this circuit")
            == true)
      }
      let pass = try Program(fourier).forward(observables, inputs: none, weights: [])
      #expect(pass.blocks == nil && pass.tiled == nil)
    }
    for samples in [1, 5] {
      let x = Inputs("x", 1)
      let program = Program(try Circuit(qubits: 4) { RY(x[0], on: 0) })
      let inputs = Tensor<Double>(repeating: 0.3, shape: [samples, 1])
      let z = try CompiledObservables([Z(0)], qubitCount: 4)
      let passes = try Executor.allCases.map {
        try program.forward(z, inputs: inputs, weights: [], executor: $0)
      }
      // In the order of the cases: automatic, blocks, tiles, reference. A sample takes a lane.
      #expect(passes.map { $0.blocks != nil } == [true, true, false, false])
      #expect(passes.map { $0.tiled != nil } == [false, false, true, false])
      for pass in passes {
        // cos 0.3, to the rounding of a few operations.
        #expect(pass.expectations.elements.allSatisfy { abs($0 - 0.955336489125606) < 1e-14 })
      }
    }
  }
}
