import AnsatzCircuits
import AnsatzMath
import AnsatzTestSupport
import Testing

@testable import AnsatzSimulator

@Suite("Batches in blocks")
struct BlockBatchTests {
  /// Angles shared by all samples and not, affine and not, before, between and after entanglers;
  /// diagonals that samples share and do not; a stage of turns alone.
  private static func circuit() throws -> Circuit {
    let x = Inputs("x", 3)
    let w = Weights("w", 9)
    return try Circuit(qubits: 3) {
      for q in 0..<3 {
        RY(x[q], on: q)
        RZ(w[q] + 0.5 * x[q], on: q)
      }
      CNOTRing(over: 0..<3)
      for q in 0..<3 {
        RY(w[3 + q] * x[q], on: q)
        RZ(w[6 + q], on: q)
      }
      CNOTRing(over: 0..<3)
      for q in 0..<3 { RX(x[q] + x[(q + 1) % 3], on: q) }
      CRZ(w[0] * w[1], control: 0, target: 2)
      for q in 0..<3 { RY(w[q], on: q) }
    }
  }

  private static var observables: [any Observable] {
    let mixed = X(1) * Z(2) + 0.5 * Z(1)
    let pairs = Z(0) * Z(1) + Z(1) * Z(2)
    let constant = PauliSum([(2, PauliString.identity)])
    return [Z(0), mixed, Y(0) * Y(2), pairs + Z(0) * Z(2) + constant]
  }

  private func batch<S: Scalar>(
    _ samples: Int, as type: S.Type
  ) throws -> (program: Program, inputs: Tensor<S>, weights: [S]) {
    var random = RandomStream(seed: 3, stream: "blocks")
    let program = Program(try Self.circuit())
    let inputs = (0..<samples * 3).map { _ in S(random.uniform(in: -3..<3)) }
    let weights = (0..<9).map { _ in S(random.uniform(in: -3..<3)) }
    return (program, Tensor(shape: [samples, 3], elements: inputs), weights)
  }

  private func run<S: Scalar>(
    _ batch: (program: Program, inputs: Tensor<S>, weights: [S]), threads: Int, keep: Bool = true
  ) throws -> (values: Tensor<S>, weights: [S], inputs: [S]) {
    let compiled = try CompiledObservables(Self.observables, qubitCount: 3)
    let pass = try batch.program.forward(
      compiled, inputs: batch.inputs, weights: batch.weights, keepStates: keep,
      pool: ThreadPool(threads: threads))
    let blocks = try #require(pass.blocks)
    let upstream = Tensor(
      shape: pass.expectations.shape,
      elements: pass.expectations.elements.indices.map { S(Double($0 % 7) - 3) })
    let gradient = try blocks.gradient(upstream: upstream, weights: true, inputs: true)
    return (pass.expectations, gradient.weights, gradient.inputs)
  }

  @Test("The same bits whatever the threads", arguments: [2, 3, 8])
  func threads(count: Int) throws {
    let double = try batch(37, as: Double.self)
    let single = try batch(37, as: Float.self)
    #expect(try run(double, threads: count) == run(double, threads: 1))
    #expect(try run(single, threads: count) == run(single, threads: 1))
  }

  @Test("The same bits for a sample whatever stands beside it")
  func cut() throws {
    let whole = try batch(11, as: Double.self)
    let all = try run(whole, threads: 2)
    for first in [0, 3, 9] {
      // Two samples at a time, the first of them in every lane.
      let part = (whole.program, whole.inputs.rows(at: [first, first + 1]), whole.weights)
      let some = try run(part, threads: 1)
      #expect(some.values.elements == Array(all.values.elements[first * 4..<(first + 2) * 4]))
    }
  }

  @Test("States computed again give the same bits as states kept")
  func recomputed() throws {
    let batch = try batch(9, as: Double.self)
    #expect(
      try run(batch, threads: 2, keep: false) == run(batch, threads: 2, keep: true))
  }

  @Test("Values and gradients are those of the reference engine's central differences")
  func gradients() throws {
    let batch = try batch(6, as: Double.self)
    let result = try run(batch, threads: 1)
    let compiled = try CompiledObservables(Self.observables, qubitCount: 3)
    func objective(_ inputs: Tensor<Double>, _ weights: [Double]) throws -> Double {
      let values = try batch.program.forward(
        compiled, inputs: inputs, weights: weights, executor: .reference
      ).expectations.elements
      return values.enumerated().reduce(0) { $0 + $1.element * (Double($1.offset % 7) - 3) }
    }
    let values = try batch.program.forward(
      compiled, inputs: batch.inputs, weights: batch.weights, executor: .reference
    ).expectations
    for (a, b) in zip(values.elements, result.values.elements) { #expect(abs(a - b) < 1e-12) }
    // Central differences err by step² and by rounding over the step: about 1e-9 here.
    let step = 1e-5
    for index in batch.weights.indices {
      var (up, down) = (batch.weights, batch.weights)
      up[index] += step
      down[index] -= step
      let slope = try (objective(batch.inputs, up) - objective(batch.inputs, down)) / (2 * step)
      #expect(abs(slope - result.weights[index]) < 1e-7)
    }
    for index in batch.inputs.elements.indices {
      var (up, down) = (batch.inputs, batch.inputs)
      up.elements[index] += step
      down.elements[index] -= step
      let slope = try (objective(up, batch.weights) - objective(down, batch.weights)) / (2 * step)
      #expect(abs(slope - result.inputs[index]) < 1e-7)
    }
  }

  @Test("Shifted evaluations are those of the reference engine")
  func shifted() throws {
    let (program, inputs, weights) = try batch(2, as: Double.self)
    let values = try ProgramValues(program, inputs: inputs, weights: weights)
    let compiled = try CompiledObservables(Self.observables, qubitCount: 3)
    let evaluations =
      [Evaluation(sample: 1)]
      + program.angles.indices.map { Evaluation(sample: $0 % 2, shift: ($0, 0.3 + Double($0))) }
    func expectations(_ executor: Executor) throws -> [Double] {
      try BatchRun(
        program, values: values, evaluations: evaluations, pool: ThreadPool(threads: 2),
        executor: executor
      ).forward(compiled, keepStates: false).expectations.elements
    }
    for (a, b) in zip(try expectations(.automatic), try expectations(.reference)) {
      #expect(abs(a - b) < 1e-12)
    }
  }
}
