import AnsatzCircuits
import AnsatzMath
import Foundation

/// Evaluations run one after the other by a tile plan, each spread over the threads.
package final class TileBatch<S: Scalar>: @unchecked Sendable {
  private let plan: TilePlan
  private let runs: [TileRun<S>]
  /// The final states, if they were kept.
  private var states: [PooledBuffer<S>?]
  /// Sweeps take the states, so they go one after the other.
  private let sweeping = NSLock()

  private init(plan: TilePlan, runs: [TileRun<S>]) {
    self.plan = plan
    self.runs = runs
    states = [PooledBuffer<S>?](repeating: nil, count: runs.count)
  }

  /// The bytes of final states that may be kept for the way back.
  private static var keptLimit: Int { 1 << 30 }

  /// Runs every evaluation forwards.
  ///
  /// - Returns: The expectation values, `[evaluations, observables]`, and the batch for the way back.
  @_specialize(where S == Double)
  @_specialize(where S == Float)
  static func forward(
    _ plan: TilePlan, program: Program, values: ProgramValues<S>, evaluations: [Evaluation],
    keepStates: Bool, pool: ThreadPool
  ) throws(AnsatzError) -> (expectations: Tensor<S>, batch: TileBatch) {
    var runs: [TileRun<S>] = []
    runs.reserveCapacity(evaluations.count)
    for evaluation in evaluations {
      try StopFlag.checkRun()
      runs.append(
        TileRun(plan, program: program, values: values, evaluation: evaluation, pool: pool))
    }
    let batch = TileBatch(plan: plan, runs: runs)
    let count = plan.readout.constants.count
    var expectations = Tensor<S>(shape: [evaluations.count, count])
    let bytes = (2 * MemoryLayout<S>.stride << plan.qubitCount) * evaluations.count
    let keeps = keepStates && (bytes <= keptLimit || evaluations.count == 1)
    for (index, run) in batch.runs.enumerated() {
      let state = BufferPool.shared.take(run.stateSize, of: S.self)
      try StopFlag.checkRun()
      try run.forward(state.pointer)
      for (k, value) in run.expectations(state.pointer).enumerated() {
        expectations.elements[index * count + k] = S(value)
      }
      if keeps { batch.states[index] = state }
    }
    return (expectations, batch)
  }

  /// The derivative of Σ_k upstream_k ⟨O_k⟩ of every evaluation in every angle.
  ///
  /// - Parameters:
  ///   - upstream: `[evaluations, observables]`
  ///   - needed: Which angles' derivatives are wanted.
  ///   - derivatives: `[evaluations, angles]`, set to 0.
  ///   - startBra: Called for each evaluation of a circuit that starts from data, with the observable
  ///     pulled back to the start: the real part of its amplitude at a basis state.
  package func backward(
    upstream: Tensor<S>, needed: [Bool], derivatives: UnsafeMutableBufferPointer<Double>,
    startBra: ((_ evaluation: Int, _ amplitude: (_ index: Int) -> Double) -> Void)? = nil
  ) throws(AnsatzError) {
    try sweep(upstream: upstream, needed: needed, derivatives: derivatives, startBra: startBra)
  }

  @_specialize(where S == Double)
  @_specialize(where S == Float)
  func sweep(
    upstream: Tensor<S>, needed: [Bool], derivatives: UnsafeMutableBufferPointer<Double>,
    startBra: ((_ evaluation: Int, _ amplitude: (_ index: Int) -> Double) -> Void)?
  ) throws(AnsatzError) {
    guard let base = derivatives.baseAddress else { return }
    sweeping.lock()
    defer { sweeping.unlock() }
    let count = plan.readout.constants.count
    for (index, run) in runs.enumerated() {
      try StopFlag.checkRun()
      // The sweep uses the state up.
      let kept = states[index]
      states[index] = nil
      let ket = kept ?? BufferPool.shared.take(run.stateSize, of: S.self)
      if kept == nil { try run.forward(ket.pointer) }
      let bra = BufferPool.shared.take(run.stateSize, of: S.self)
      run.observe(
        ket.pointer, bra: bra.pointer,
        upstream: (0..<count).map { Double(upstream.elements[index * count + $0]) })
      try run.backward(
        ket: ket.pointer, bra: bra.pointer, needed: needed,
        derivatives: base + index * needed.count)
      startBra?(index) { Double(bra.pointer[run.realPlace($0)]) }
    }
  }
}
