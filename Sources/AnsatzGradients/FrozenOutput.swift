import AnsatzCircuits
import AnsatzMath
import AnsatzSimulator
import Numerics

/// A function of the state with its Hermitian E taken at the point, for each sample: what remains is
/// to differentiate expectation values.
struct FrozenOutput {
  let run: BatchRun<Double>
  /// For each sample.
  let operators: [StateFunction.Operator]
  /// The final states of the samples.
  let states: [[Double]]

  var program: Program { run.program }
  var sampleCount: Int { states.count }

  init(_ function: StateFunction, at point: CircuitPoint) throws {
    try function.check(qubitCount: point.program.qubitCount)
    run = try point.run()
    states = try Self.states(of: run)
    operators = try states.map { try function.linearized($0) }
  }

  /// The weighted observables of a pass.
  init<S: Scalar>(of pass: ForwardPass<S>, upstream: Tensor<S>) throws(AnsatzError) {
    let (inputs, weights) = (pass.run.values.inputs, pass.run.values.weights)
    run = BatchRun(
      pass.run.program,
      values: try ProgramValues(pass.run.program, inputs: inputs.converted(), weights: weights),
      evaluations: pass.run.evaluations, pool: pass.run.pool)
    states = try Self.states(of: run)
    let (observables, qubits) = (pass.observables, pass.run.program.qubitCount)
    operators = (0..<inputs.shape[0]).map { sample in
      let row = upstream.row(sample).map { Double($0) }
      return { applied(observables, upstream: row, to: $0, qubits: qubits) }
    }
  }

  private static func states(of run: BatchRun<Double>) throws(AnsatzError) -> [[Double]] {
    let size = 2 << run.program.qubitCount
    let flat = try run.states(
      inserting: [Insertion?](repeating: nil, count: run.evaluations.count))
    return run.evaluations.indices.map { Array(flat[$0 * size..<($0 + 1) * size]) }
  }

  /// Runs a list of circuits in batches that fit, and hands over each final state.
  func forEachState(
    _ list: [(evaluation: Evaluation, insertion: Insertion?)],
    _ body: (_ index: Int, _ state: [Double]) -> Void
  ) throws(AnsatzError) {
    let size = 2 << program.qubitCount
    let batch = max(1, min(1 << 12, (1 << 24) / size))
    for first in stride(from: 0, to: list.count, by: batch) {
      let part = list[first..<min(list.count, first + batch)]
      let flat = try BatchRun(
        program, values: run.values, evaluations: part.map(\.evaluation), pool: run.pool
      ).states(inserting: part.map(\.insertion))
      for index in 0..<part.count {
        body(first + index, Array(flat[index * size..<(index + 1) * size]))
      }
    }
  }

  /// The chain rule to weights and inputs.
  func gradient(
    _ derivatives: [Double], _ request: GradientRequest, evaluations: Int
  ) throws(AnsatzError) -> CircuitGradient<Double> {
    try ChainRule(program: program, values: run.values, request: request)
      .gradient(angleDerivatives: derivatives, evaluations: evaluations)
  }
}

/// A method that differentiates expectation values angle by angle.
protocol AngleMethod: GradientMethod {
  func gradient(
    of output: FrozenOutput, request: GradientRequest
  ) throws(AnsatzError) -> CircuitGradient<Double>
}

extension AngleMethod {
  public func gradient<S: Scalar>(
    of pass: ForwardPass<S>, upstream: Tensor<S>, request: GradientRequest
  ) throws(AnsatzError) -> CircuitGradient<S> {
    let gradient = try gradient(
      of: FrozenOutput(of: pass, upstream: upstream), request: request)
    return CircuitGradient(
      weights: gradient.weights.map { S($0) }, inputs: gradient.inputs?.converted(),
      evaluations: gradient.evaluations, shots: gradient.shots,
      weightErrors: gradient.weightErrors)
  }

  public func gradient(
    of function: StateFunction, at point: CircuitPoint, request: GradientRequest
  ) throws -> CircuitGradient<Double> {
    try gradient(of: FrozenOutput(function, at: point), request: request)
  }
}

private func applied(
  _ observables: CompiledObservables, upstream: [Double], to state: [Double], qubits: Int
) -> [Double] {
  var (ket, bra) = (state, [Double](repeating: 0, count: state.count))
  ket.withUnsafeMutableBufferPointer { ket in
    bra.withUnsafeMutableBufferPointer { bra in
      guard let ket = ket.baseAddress, let bra = bra.baseAddress else { return }
      observables.apply(
        to: Amplitudes(pointer: ket, qubitCount: qubits, pool: nil),
        into: Amplitudes(pointer: bra, qubitCount: qubits, pool: nil), upstream: upstream)
    }
  }
  return bra
}
