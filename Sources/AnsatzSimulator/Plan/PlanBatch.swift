import AnsatzCircuits
import AnsatzMath

/// A batch run by a plan, whose states may be kept for the way back.
package final class PlanBatch<S: Scalar>: @unchecked Sendable {
  private let run: PlanRun<S>
  private let pool: ThreadPool
  /// All states of all blocks, if they were kept.
  private var states: PooledBuffer<S>?
  private let blocks: [PlanRun<S>.Block]
  private let blockAngles: PooledBuffer<Double>

  /// States that need more bytes than this are not kept but computed again, block by block.
  private static var keptStatesLimit: Int { 1 << 28 }
  /// One block's states may need this many bytes; beyond it the plan is not used.
  private static var blockLimit: Int { 1 << 28 }

  private init(_ run: PlanRun<S>, pool: ThreadPool) {
    self.run = run
    self.pool = pool
    let count = (run.evaluations.count + PlanRun<S>.laneCount - 1) / PlanRun<S>.laneCount
    let size = run.blockAngleCount
    let angles = BufferPool.shared.take(max(1, count * size), of: Double.self)
    blockAngles = angles
    blocks = (0..<count).map { run.block($0, angles: angles.pointer + $0 * size) }
  }

  private var blockStates: Int { run.stateSize * run.keptStates }
  private var blockCount: Int { blocks.count }

  /// Whether a plan's blocks are small enough to be worth it.
  static func fits(_ plan: Plan) -> Bool {
    let row = 2 * PlanRun<S>.laneCount * MemoryLayout<S>.stride
    return (row << plan.bitCount) * (plan.stages.count + 1) <= blockLimit
  }

  /// Runs every evaluation forwards.
  ///
  /// - Returns: The expectation values, `[evaluations, observables]`, and the batch for the way back.
  @_specialize(where S == Double)
  @_specialize(where S == Float)
  static func forward(
    _ plan: Plan, program: Program, values: ProgramValues<S>, evaluations: [Evaluation],
    keepStates: Bool, pool: ThreadPool
  ) throws(AnsatzError) -> (expectations: Tensor<S>, batch: PlanBatch) {
    let run = PlanRun(plan, program: program, values: values, evaluations: evaluations)
    let batch = PlanBatch(run, pool: pool)
    let bytes = batch.blockStates * batch.blockCount * MemoryLayout<S>.stride
    let keeps = keepStates && bytes <= keptStatesLimit
    if keeps {
      batch.states = BufferPool.shared.take(batch.blockStates * batch.blockCount, of: S.self)
    }
    let (lanes, count) = (PlanRun<S>.laneCount, plan.constants.count)
    var expectations = Tensor<S>(shape: [evaluations.count, count])
    let failure = expectations.elements.withUnsafeMutableBufferPointer { buffer -> AnsatzError? in
      let results = SendablePointer(buffer.baseAddress)
      return batch.forEachBlock { index throws(AnsatzError) in
        guard let results = results.value else { return }
        let block = batch.blocks[index]
        var workspace = Workspace<S>(capacity: run.workspaceSize)
        let place =
          batch.states.map { $0.pointer + index * batch.blockStates }
          ?? workspace.take(run.stateSize)
        try run.forward(block, states: place, keeping: keeps, &workspace)
        let values = workspace.take(count * lanes)
        run.expectations(
          keeps ? place + (run.keptStates - 1) * run.stateSize : place, into: values, &workspace)
        for lane in 0..<block.evaluations.count {
          for k in 0..<count {
            results[(block.evaluations.startIndex + lane) * count + k] =
              values[k * lanes + lane]
          }
        }
      }
    }
    if let failure { throw failure }
    return (expectations, batch)
  }

  /// The derivative of Σ_k upstream_k ⟨O_k⟩ of every evaluation in every angle.
  ///
  /// - Parameters:
  ///   - upstream: `[evaluations, observables]`
  ///   - needed: Which angles' derivatives are wanted.
  ///   - derivatives: `[evaluations, angles]`, set to 0.
  ///   - startBra: Called for each evaluation of a circuit that starts from data, with the observable
  ///     pulled back to the start: the real part of its amplitude at a row.
  package func backward(
    upstream: Tensor<S>, needed: [Bool], derivatives: UnsafeMutableBufferPointer<Double>,
    startBra: ((_ evaluation: Int, _ amplitude: (_ row: Int) -> Double) -> Void)? = nil
  ) throws(AnsatzError) {
    try sweep(upstream: upstream, needed: needed, derivatives: derivatives, startBra: startBra)
  }

  // Callers in other modules reach the specialised versions only through a wrapper.
  @_specialize(where S == Double)
  @_specialize(where S == Float)
  func sweep(
    upstream: Tensor<S>, needed: [Bool], derivatives: UnsafeMutableBufferPointer<Double>,
    startBra: ((_ evaluation: Int, _ amplitude: (_ row: Int) -> Double) -> Void)?
  ) throws(AnsatzError) {
    let (lanes, count) = (PlanRun<S>.laneCount, run.plan.constants.count)
    let results = SendablePointer(derivatives.baseAddress)
    let failure = forEachBlock { index throws(AnsatzError) in
      let run = self.run
      let block = self.blocks[index]
      let own =
        self.states == nil ? BufferPool.shared.take(self.blockStates, of: S.self) : nil
      guard
        let place = own?.pointer
          ?? self.states.map({ $0.pointer + index * self.blockStates })
      else { return }
      var workspace = Workspace<S>(capacity: run.workspaceSize)
      if own != nil { try run.forward(block, states: place, keeping: true, &workspace) }
      let factors = workspace.take(count * lanes)
      for lane in 0..<lanes {
        for k in 0..<count {
          factors[k * lanes + lane] =
            lane < block.evaluations.count
            ? upstream.elements[(block.evaluations.startIndex + lane) * count + k] : 0
        }
      }
      let bra = workspace.take(run.stateSize)
      let none = UnsafeMutablePointer<Double>.allocate(capacity: 1)
      defer { none.deallocate() }
      run.backward(
        block, states: place, upstream: factors, needed: needed,
        derivatives: results.value ?? none, bra: bra, &workspace)
      if let startBra {
        for lane in 0..<block.evaluations.count {
          startBra(block.evaluations.startIndex + lane) { row in
            Double(bra[row * 2 * lanes + lane])
          }
        }
      }
    }
    if let failure { throw failure }
  }

  /// Runs every block on the pool, and gives the first block's error, in block order.
  private func forEachBlock(
    _ body: (Int) throws(AnsatzError) -> Void
  ) -> AnsatzError? {
    var errors = [AnsatzError?](repeating: nil, count: blockCount)
    errors.withUnsafeMutableBufferPointer { errors in
      let failures = SendablePointer(errors.baseAddress)
      pool.run(chunks: errors.count) { index in
        do throws(AnsatzError) { try body(index) } catch { failures.value?[index] = error }
      }
    }
    return errors.lazy.compactMap { $0 }.first
  }
}
