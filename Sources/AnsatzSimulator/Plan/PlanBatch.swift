import AnsatzCircuits
import AnsatzMath
import Foundation

/// Evaluations run by a plan, whose states may be kept for the way back.
///
/// A plan without lane bits runs blocks of W evaluations, each on one thread; a plan with lane bits
/// runs one evaluation after the other, each spread over the threads.
package final class PlanBatch<S: Scalar>: @unchecked Sendable {
  private typealias Run = PlanRun<S>

  /// One block, or one single state.
  private struct Unit {
    let run: PlanRun<S>
    let block: PlanRun<S>.Block
  }

  private let plan: Plan
  private let units: [Unit]
  private let angles: PooledBuffer<Double>
  private let pool: ThreadPool
  private let lock = NSLock()
  /// All states of all units, if they were kept.
  private var states: PooledBuffer<S>?

  private init(
    _ plan: Plan, program: Program, values: ProgramValues<S>, evaluations: [Evaluation],
    pool: ThreadPool
  ) {
    self.plan = plan
    self.pool = pool
    if plan.laneBits == 0 {
      let run = Run(plan, program: program, values: values, evaluations: evaluations)
      let count = (evaluations.count + Run.laneCount - 1) / Run.laneCount
      let size = run.blockAngleCount
      let angles = BufferPool.shared.take(max(1, count * size), of: Double.self)
      self.angles = angles
      units = [Unit](unsafeUninitializedCapacity: count) { buffer, initialized in
        guard let base = buffer.baseAddress else { return }
        pool.run(chunks: count) { index in
          let block = run.block(index, angles: angles.pointer + index * size)
          (base + index).initialize(to: Unit(run: run, block: block))
        }
        initialized = count
      }
    } else {
      let runs = evaluations.map {
        Run(plan, program: program, values: values, evaluations: [$0], pool: pool)
      }
      let size = runs.first?.blockAngleCount ?? 0
      let angles = BufferPool.shared.take(max(1, runs.count * size), of: Double.self)
      self.angles = angles
      units = runs.enumerated().map { index, run in
        Unit(run: run, block: run.block(0, angles: angles.pointer + index * size))
      }
    }
  }

  private var isBatch: Bool { plan.laneBits == 0 }
  /// Scalars in the states kept of one unit.
  private var unitStates: Int { units.first.map { $0.run.stateSize * $0.run.keptStates } ?? 0 }

  /// Kept states may need this many bytes; beyond it they are computed again, unit by unit.
  private static func keptLimit(_ plan: Plan) -> Int {
    plan.laneBits == 0 ? 1 << 28 : Int(ProcessInfo.processInfo.physicalMemory / 4)
  }

  /// Whether one unit's kept states are few enough bytes to be worth it.
  static func fits(_ plan: Plan) -> Bool {
    let row = 2 * Run.laneCount * MemoryLayout<S>.stride
    let limit =
      plan.laneBits == 0 ? 1 << 28 : Int(ProcessInfo.processInfo.physicalMemory / 2)
    return (row << plan.rowBits) * (plan.stages.count + 3) <= limit
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
    let batch = PlanBatch(
      plan, program: program, values: values, evaluations: evaluations, pool: pool)
    let bytes = batch.unitStates * batch.units.count * MemoryLayout<S>.stride
    let keeps = keepStates && bytes <= keptLimit(plan)
    if keeps {
      batch.states = BufferPool.shared.take(
        max(1, batch.unitStates * batch.units.count), of: S.self)
    }
    let (lanes, count) = (Run.laneCount, plan.constants.count)
    var expectations = Tensor<S>(shape: [evaluations.count, count])
    let failure = expectations.elements.withUnsafeMutableBufferPointer { buffer -> AnsatzError? in
      let results = SendablePointer(buffer.baseAddress)
      return batch.forEachUnit { index, unit throws(AnsatzError) in
        guard let results = results.value else { return }
        let (run, block) = (unit.run, unit.block)
        var workspace = Workspace<S>(capacity: run.workspaceSize)
        let place =
          batch.states.map { $0.pointer + index * batch.unitStates }
          ?? workspace.take(run.stateSize)
        try run.forward(block, states: place, keeping: keeps, &workspace)
        let values = workspace.take(count * lanes)
        run.expectations(
          keeps ? place + (run.keptStates - 1) * run.stateSize : place, into: values, &workspace)
        let first = batch.isBatch ? block.evaluations.startIndex : index
        for lane in 0..<block.evaluations.count {
          for k in 0..<count { results[(first + lane) * count + k] = values[k * lanes + lane] }
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
  ///     pulled back to the start: the real part of its amplitude at a basis state.
  package func backward(
    upstream: Tensor<S>, needed: [Bool], derivatives: UnsafeMutableBufferPointer<Double>,
    startBra: ((_ evaluation: Int, _ amplitude: (_ index: Int) -> Double) -> Void)? = nil
  ) throws(AnsatzError) {
    try sweep(upstream: upstream, needed: needed, derivatives: derivatives, startBra: startBra)
  }

  // Callers in other modules reach the specialised versions only through a wrapper.
  @_specialize(where S == Double)
  @_specialize(where S == Float)
  func sweep(
    upstream: Tensor<S>, needed: [Bool], derivatives: UnsafeMutableBufferPointer<Double>,
    startBra: ((_ evaluation: Int, _ amplitude: (_ index: Int) -> Double) -> Void)?
  ) throws(AnsatzError) {
    guard let base = derivatives.baseAddress else { return }
    let results = SendablePointer(base)
    let (lanes, count) = (Run.laneCount, plan.constants.count)
    // The sweep uses the states up.
    let states = lock.withLock {
      defer { self.states = nil }
      return self.states
    }
    // From the last unit to the first: the states of the last are still in the cache.
    let failure = forEachUnit(inReverse: true) { index, unit throws(AnsatzError) in
      let (run, block) = (unit.run, unit.block)
      var workspace = Workspace<S>(capacity: run.workspaceSize)
      let own = states == nil ? BufferPool.shared.take(self.unitStates, of: S.self) : nil
      guard let place = own?.pointer ?? states.map({ $0.pointer + index * self.unitStates })
      else { return }
      if own != nil { try run.forward(block, states: place, keeping: true, &workspace) }
      let first = self.isBatch ? block.evaluations.startIndex : index
      let factors = workspace.take(count * lanes)
      for lane in 0..<lanes {
        for k in 0..<count {
          factors[k * lanes + lane] =
            lane < block.evaluations.count ? upstream.elements[(first + lane) * count + k] : 0
        }
      }
      let bra = workspace.take(run.stateSize, apartFrom: place)
      run.backward(
        block, states: place, upstream: factors, needed: needed,
        derivatives: self.isBatch ? results.value : results.value + index * needed.count,
        bra: bra, &workspace)
      if let startBra {
        for lane in 0..<block.evaluations.count {
          startBra(first + lane) { Double(bra[run.realPlace($0, lane: lane)]) }
        }
      }
      withExtendedLifetime(own) {}
    }
    if let failure { throw failure }
  }

  /// Runs every unit, and gives the first one's error, in order.
  private func forEachUnit(
    inReverse: Bool = false, _ body: (Int, Unit) throws(AnsatzError) -> Void
  ) -> AnsatzError? {
    var errors = [AnsatzError?](repeating: nil, count: units.count)
    errors.withUnsafeMutableBufferPointer { errors in
      let failures = SendablePointer(errors.baseAddress)
      func job(_ index: Int) {
        do throws(AnsatzError) { try body(index, units[index]) } catch {
          failures.value?[index] = error
        }
      }
      if isBatch {
        pool.run(chunks: units.count) { job(inReverse ? units.count - 1 - $0 : $0) }
      } else {
        for index in units.indices { job(inReverse ? units.count - 1 - index : index) }
      }
    }
    return errors.lazy.compactMap { $0 }.first
  }
}
