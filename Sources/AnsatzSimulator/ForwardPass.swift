import AnsatzCircuits
import AnsatzMath
import Foundation

/// A batch that has been run forwards: the expectation values, and the states if they were kept
/// for a backward sweep.
public final class ForwardPass<S: Scalar>: @unchecked Sendable {
  /// `[samples, observables]`
  public let expectations: Tensor<S>
  package let run: BatchRun<S>
  package let observables: CompiledObservables
  /// The batch as blocks ran it; nil for single states, or if there is no plan for the circuit.
  package let blocks: BlockBatch<S>?
  /// The states as tiles ran them; nil for batches, or if there is no plan for the circuit.
  package let tiled: TileBatch<S>?
  private let lock = NSLock()
  private var states: AlignedBuffer<S>?

  /// States that need more bytes than this are not kept but computed again.
  package static var keptStatesLimit: Int { 1 << 30 }

  init(
    expectations: Tensor<S>, run: BatchRun<S>, observables: CompiledObservables,
    states: AlignedBuffer<S>? = nil, blocks: BlockBatch<S>? = nil, tiled: TileBatch<S>? = nil
  ) {
    self.blocks = blocks
    self.tiled = tiled
    self.expectations = expectations
    self.run = run
    self.observables = observables
    self.states = states
  }

  /// The final states, once; nil if they were not kept or are already taken. The taker may
  /// overwrite them.
  package func takeStates() -> AlignedBuffer<S>? {
    lock.withLock {
      defer { states = nil }
      return states
    }
  }
}

extension Program {
  /// The expectation values of the observables for every sample.
  ///
  /// - Parameters:
  ///   - inputs: `[samples, inputCount]`; `[1, 0]` for a circuit without inputs.
  ///   - weights: `[weightCount]`, in the circuit's order.
  ///   - keepStates: Whether a gradient will follow.
  /// - Throws: `AnsatzError` for values that do not fit, or states that do not fit into memory.
  public func forward<S: Scalar>(
    _ observables: CompiledObservables, inputs: Tensor<S>, weights: [S], keepStates: Bool = false,
    pool: ThreadPool = .shared, executor: Executor = .standard
  ) throws(AnsatzError) -> ForwardPass<S> {
    let values = try ProgramValues(self, inputs: inputs, weights: weights)
    let run = BatchRun(
      self, values: values, evaluations: (0..<inputs.shape[0]).map { Evaluation(sample: $0) },
      pool: pool, executor: executor)
    return try run.forward(observables, keepStates: keepStates)
  }
}

extension BatchRun {
  /// The expectation values of every evaluation, `[evaluations, observables]`.
  ///
  /// - Throws: `AnsatzError` if one is not finite, as of an observable too large for the precision.
  package func forward(
    _ observables: CompiledObservables, keepStates: Bool
  ) throws(AnsatzError) -> ForwardPass<S> {
    let pass = try pass(observables, keepStates: keepStates)
    if let place = firstNonFinite(pass.expectations.elements) {
      throw AnsatzError(
        .badData,
        "the expectation value of observable \(place % observables.count) is "
          + "\(pass.expectations.elements[place]) in \(S.precisionName); use smaller coefficients"
          + (S.precisionName == Double.precisionName ? "" : ", or f64"))
    }
    return pass
  }

  private func pass(
    _ observables: CompiledObservables, keepStates: Bool
  ) throws(AnsatzError) -> ForwardPass<S> {
    // On the way back a bra stands beside each ket at work; blocks of lanes are small.
    try MemoryLimit.check(
      keepStates ? "a state and its gradient" : "a state", qubits: program.qubitCount,
      bytes: MemoryLimit.states(keepStates ? 2 : 1, of: S.self))
    switch try executor.way(of: program, observables, usesLanes: usesLanes, precision: S.self) {
    case .blocks(let code):
      let batch = BlockBatch(
        code, program: program, values: values, evaluations: evaluations, keepStates: keepStates,
        pool: pool)
      return ForwardPass(
        expectations: try batch.expectations(), run: self, observables: observables, blocks: batch)
    case .tiles(let plan):
      let (expectations, batch) = try TileBatch.forward(
        plan, program: program, values: values, evaluations: evaluations, keepStates: keepStates,
        pool: pool)
      return ForwardPass(
        expectations: expectations, run: self, observables: observables, tiled: batch)
    case .reference: break
    }
    let bytes = blockSize * blockCount * MemoryLayout<S>.stride
    let keeps = keepStates && bytes <= ForwardPass<S>.keptStatesLimit
    let states = keeps ? AlignedBuffer<S>(count: blockSize * blockCount) : nil
    var expectations = Tensor<S>(shape: [evaluations.count, observables.count])
    let failure = expectations.elements.withUnsafeMutableBufferPointer {
      buffer -> AnsatzError? in
      guard let base = buffer.baseAddress else { return nil }
      do throws(AnsatzError) {
        try visitBlocks(
          storage: states,
          ExpectationVisitor(observables: observables, results: SendablePointer(base)))
        return nil
      } catch {
        return error
      }
    }
    if let failure { throw failure }
    return ForwardPass(
      expectations: expectations, run: self, observables: observables, states: states)
  }
}

private struct ExpectationVisitor<S: Scalar>: BlockVisitor {
  let observables: CompiledObservables
  let results: SendablePointer<UnsafeMutablePointer<S>>

  func visit<V: LaneVector>(
    _ runner: BlockRunner<V>, block: Int, evaluations: ArraySlice<Evaluation>, state: Amplitudes<V>
  ) throws(AnsatzError) where V.Element == S {
    try runner.forward(
      state, block: evaluations, coefficients: runner.coefficients(for: evaluations))
    let values = observables.expectations(in: state)
    for lane in 0..<evaluations.count {
      let row = (evaluations.startIndex + lane) * observables.count
      for k in 0..<observables.count { results.value[row + k] = values[k][lane: lane] }
    }
  }
}

extension Scalar {
  /// How many bits number the lanes of a row.
  static var laneBits: Int { Lanes.laneCount.trailingZeroBitCount }
}
