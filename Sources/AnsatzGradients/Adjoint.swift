import AnsatzMath
import AnsatzSimulator

/// Exact gradients by one backward sweep, whatever the number of weights, inputs and observables.
///
/// The upstream gradient is folded into one observable per sample; its bra and the ket are carried
/// back through the inverse gates, and each angle's derivative is an inner product on the way.
/// Amplitude inputs are read off the bra at the circuit's start.
///
/// - Source: Jones and Gacon, arXiv:2009.02823.
public struct Adjoint: GradientMethod {
  public static let name = "adjoint"
  /// What it is, in one line.
  public static let summary = "exact; one backward sweep for all weights and inputs (default)"
  public static let accuracy = GradientAccuracy.exact

  /// With the default settings.
  public init() {}

  public var measurable: any GradientMethod { ParameterShift() }

  public func gradient<S: Scalar>(
    of pass: ForwardPass<S>, upstream: Tensor<S>, request: GradientRequest
  ) throws(AnsatzError) -> CircuitGradient<S> {
    let (run, program) = (pass.run, pass.run.program)
    if let blocks = pass.blocks {
      return try gradient(blocks, run: run, upstream: upstream, request: request)
    }
    let samples = run.evaluations.count
    let needed = program.angles.map(request.needs)
    var derivatives = [Double](repeating: 0, count: samples * program.angles.count)
    // Two numbers a start amplitude: the bra there, of which the real part is needed.
    let startCount = request.inputs ? program.startAmplitudeCount : 0
    var startBra = [Double](repeating: 0, count: samples * startCount)
    if let tiled = pass.tiled {
      try sweep(
        tiled, upstream: upstream, needed: needed, derivatives: &derivatives,
        startBra: &startBra, startRows: startCount > 0 ? program.startRows : [])
    } else {
      try sweep(
        pass, upstream: upstream, needed: needed, derivatives: &derivatives, startBra: &startBra)
    }
    var gradient = try ChainRule(program: program, values: run.values, request: request)
      .gradient(angleDerivatives: derivatives, evaluations: samples)
    if startCount > 0 {
      try addStartGradient(startBra, to: &gradient, run: run)
    }
    return gradient
  }

  public func gradient(
    of function: StateFunction, at point: CircuitPoint, request: GradientRequest
  ) throws -> CircuitGradient<Double> {
    let output = try FrozenOutput(function, at: point)
    let (run, program) = (output.run, output.program)
    let (angles, startCount) = (program.angles.count, program.startAmplitudeCount)
    var derivatives = [Double](repeating: 0, count: output.sampleCount * angles)
    var startBra: [Double] = []
    let runner = BlockRunner<Double>(program, values: run.values)
    for sample in 0..<output.sampleCount {
      var ket = output.states[sample]
      var bra = output.operators[sample](ket)
      let block = run.evaluations[sample..<sample + 1]
      try ket.withUnsafeMutableBufferPointer { ket in
        try bra.withUnsafeMutableBufferPointer { bra in
          guard let ket = ket.baseAddress, let bra = bra.baseAddress else { return }
          try runner.backward(
            ket: Amplitudes(pointer: ket, qubitCount: program.qubitCount, pool: nil),
            bra: Amplitudes(pointer: bra, qubitCount: program.qubitCount, pool: nil),
            coefficients: runner.coefficients(for: block), needed: program.angles.map(request.needs)
          ) { occurrence, value in derivatives[sample * angles + occurrence] = value }
        }
      }
      if request.inputs, startCount > 0 { startBra += program.startRows.map { bra[2 * $0] } }
    }
    var gradient = try output.gradient(derivatives, request, evaluations: output.sampleCount)
    if !startBra.isEmpty { try addStartGradient(startBra, to: &gradient, run: run) }
    return gradient
  }

  /// The observables pulled back through gates and channels meet the derivative `-i[G, ρ]` of the
  /// density matrix at each gate; exact also where values are measured by shots.
  public func gradient<S: Scalar>(
    of point: NoisyPoint<S>, upstream: Tensor<S>, request: GradientRequest
  ) throws(AnsatzError) -> CircuitGradient<S> {
    try point.gradient(by: Self.name, upstream: upstream, request: request, shots: nil) { angle in
      point.expectations.words[angle].map { (.commutator($0), 2 * $0.coefficient) }
    }
  }

  /// The backward sweep block by block, which ends with weights and inputs.
  private func gradient<S: Scalar>(
    _ blocks: BlockBatch<S>, run: BatchRun<S>, upstream: Tensor<S>, request: GradientRequest
  ) throws(AnsatzError) -> CircuitGradient<S> {
    let program = run.program
    try run.values.checkPartials(of: program, weights: request.weights, inputs: request.inputs)
    let samples = run.evaluations.count
    let startRows = request.inputs ? program.startRows : []
    var startBra = [Double](repeating: 0, count: samples * startRows.count)
    var failure: AnsatzError?
    var result: (weights: [S], inputs: [S]) = ([], [])
    startBra.withUnsafeMutableBufferPointer { startBra in
      let output = Output(startBra)
      do throws(AnsatzError) {
        result = try blocks.gradient(
          upstream: upstream, weights: request.weights, inputs: request.inputs,
          startBra: startRows.isEmpty
            ? nil
            : { evaluation, amplitude in
              for (index, row) in startRows.enumerated() {
                output.values[evaluation * startRows.count + index] = amplitude(row)
              }
            })
      } catch {
        failure = error
      }
    }
    if let failure { throw failure }
    var gradient = CircuitGradient(
      weights: result.weights,
      inputs: request.inputs
        ? Tensor(shape: [samples, program.inputCount], elements: result.inputs) : nil,
      evaluations: samples)
    if !startRows.isEmpty { try addStartGradient(startBra, to: &gradient, run: run) }
    return gradient
  }

  /// The backward sweep tile by tile.
  private func sweep<S: Scalar>(
    _ tiled: TileBatch<S>, upstream: Tensor<S>, needed: [Bool], derivatives: inout [Double],
    startBra: inout [Double], startRows: [Int]
  ) throws(AnsatzError) {
    let failure = derivatives.withUnsafeMutableBufferPointer { derivatives in
      startBra.withUnsafeMutableBufferPointer { startBra -> AnsatzError? in
        let output = Output(startBra)
        do throws(AnsatzError) {
          func readStart(_ evaluation: Int, _ amplitude: (Int) -> Double) {
            for (index, row) in startRows.enumerated() {
              output.values[evaluation * startRows.count + index] = amplitude(row)
            }
          }
          try tiled.backward(
            upstream: upstream, needed: needed, derivatives: derivatives,
            startBra: startRows.isEmpty ? nil : readStart)
          return nil
        } catch {
          return error
        }
      }
    }
    if let failure { throw failure }
  }

  /// The backward sweep gate by gate.
  private func sweep<S: Scalar>(
    _ pass: ForwardPass<S>, upstream: Tensor<S>, needed: [Bool], derivatives: inout [Double],
    startBra: inout [Double]
  ) throws(AnsatzError) {
    let (run, program) = (pass.run, pass.run.program)
    let startCount = startBra.count / max(1, run.evaluations.count)
    let states = pass.takeStates()
    if states == nil {
      try MemoryLimit.check(
        "a state and its gradient", qubits: program.qubitCount,
        bytes: MemoryLimit.states(2, of: S.self))
    }
    let failure = derivatives.withUnsafeMutableBufferPointer { derivatives in
      startBra.withUnsafeMutableBufferPointer { startBra -> AnsatzError? in
        let visitor = AdjointVisitor(
          observables: pass.observables, upstream: upstream, needed: needed,
          statesAreFinal: states != nil, derivatives: Output(derivatives),
          startBra: Output(startBra), startCount: startCount)
        do throws(AnsatzError) {
          try run.visitBlocks(storage: states, visitor)
          return nil
        } catch {
          return error
        }
      }
    }
    if let failure { throw failure }
  }

  /// ∂/∂x of amplitudes a = x/‖x‖: (g - a (a·g)) / ‖x‖, with g = 2 Re(bra) the derivative in a.
  private func addStartGradient<S: Scalar>(
    _ bra: [Double], to gradient: inout CircuitGradient<S>, run: BatchRun<S>
  ) throws(AnsatzError) {
    guard case .amplitudes(let first, let count, let padding, let rows) = run.program.start else {
      return
    }
    for sample in run.evaluations.indices {
      let start = try StartAmplitudes(
        run.values.inputs.row(sample).dropFirst(first).prefix(count), padding: padding,
        count: rows.count, sample: sample)
      let g = bra[sample * rows.count..<(sample + 1) * rows.count].map { 2 * $0 }
      let along = zip(start.normalized, g).reduce(0) { $0 + $1.0 * $1.1 }
      for i in 0..<count {
        gradient.inputs?[sample, first + i] += S((g[i] - start.normalized[i] * along) / start.norm)
      }
    }
  }
}

/// Memory that the blocks of one run write to, each its own part.
private struct Output: @unchecked Sendable {
  let values: UnsafeMutableBufferPointer<Double>
  init(_ values: UnsafeMutableBufferPointer<Double>) { self.values = values }
}

private struct AdjointVisitor<S: Scalar>: BlockVisitor {
  let observables: CompiledObservables
  let upstream: Tensor<S>
  let needed: [Bool]
  let statesAreFinal: Bool
  let derivatives: Output
  let startBra: Output
  let startCount: Int

  func visit<V: LaneVector>(
    _ runner: BlockRunner<V>, block: Int, evaluations: ArraySlice<Evaluation>, state: Amplitudes<V>
  ) throws(AnsatzError) where V.Element == S {
    let coefficients = runner.coefficients(for: evaluations)
    if !statesAreFinal {
      try runner.forward(state, block: evaluations, coefficients: coefficients)
    }
    let first = evaluations.startIndex
    let factors = (0..<observables.count).map { k in
      var lanes = V.zero
      for lane in 0..<evaluations.count {
        lanes[lane: lane] = upstream.elements[(first + lane) * observables.count + k]
      }
      return lanes
    }
    let braMemory = AlignedBuffer<V>(count: 2 * state.rowCount)
    let bra = Amplitudes(
      pointer: braMemory.pointer, qubitCount: state.qubitCount, pool: state.pool)
    observables.apply(to: state, into: bra, upstream: factors)
    try runner.backward(ket: state, bra: bra, coefficients: coefficients, needed: needed) {
      occurrence, value in
      for lane in 0..<evaluations.count {
        derivatives.values[(first + lane) * needed.count + occurrence] = Double(value[lane: lane])
      }
    }
    if startCount > 0 {
      for (index, row) in runner.program.startRows.enumerated() {
        for lane in 0..<evaluations.count {
          startBra.values[(first + lane) * startCount + index] =
            Double(bra.pointer[2 * row][lane: lane])
        }
      }
    }
    withExtendedLifetime(braMemory) {}
  }
}

extension Program {
  /// The rows that amplitudes from data go to, in the data's order.
  var startRows: [Int] {
    if case .amplitudes(_, _, _, let rows) = start { Array(rows) } else { [] }
  }

  var startAmplitudeCount: Int {
    if case .amplitudes(_, _, _, let rows) = start { rows.count } else { 0 }
  }
}
