import AnsatzMath
import Foundation
import Synchronization

/// A batch of evaluations run in blocks of W, whose states may be kept for the way back.
package final class BlockBatch<S: Scalar>: @unchecked Sendable {
  private typealias Run = BlockRun<S>

  private let run: BlockRun<S>
  private let pool: ThreadPool
  /// All blocks' states, if they were kept.
  private let states: PooledBuffer<S>?
  /// Sweeps share the workers' memory, so they go one after the other.
  private let sweeping = NSLock()

  /// Kept states may need this many bytes, about a third-level cache; fetching more from memory takes
  /// as long as computing them again, block by block.
  private static var keptLimit: Int { 1 << 25 }

  /// Whether one block's kept states are few enough bytes for blocks to be worth it.
  static func fits(_ code: BlockCode) -> Bool {
    fits(qubits: code.rowBits, stages: code.stages.count)
  }

  static func fits(qubits: Int, stages: Int) -> Bool {
    let row = 2 * S.Lanes.laneCount * MemoryLayout<S>.stride
    return (row << qubits) * (stages + 3) <= 1 << 28
  }

  init(
    _ code: BlockCode, program: Program, values: ProgramValues<S>, evaluations: [Evaluation],
    keepStates: Bool, pool: ThreadPool
  ) {
    run = BlockRun(code, program: program, values: values, evaluations: evaluations, pool: pool)
    self.pool = pool
    let count = run.layout.keptScalars * run.blockCount
    let keeps = keepStates && count * MemoryLayout<S>.stride <= Self.keptLimit
    states = keeps ? BufferPool.shared.take(count, of: S.self) : nil
  }

  /// Runs every evaluation forwards: the expectation values, `[evaluations, observables]`.
  @_specialize(where S == Double)
  @_specialize(where S == Float)
  func expectations() throws(AnsatzError) -> Tensor<S> {
    let (lanes, count) = (Run.laneCount, run.code.constants.count)
    let size = run.evaluations.count * count
    var failure: AnsatzError?
    let elements = [S](unsafeUninitializedCapacity: size) { buffer, initialized in
      initialized = size
      guard let base = buffer.baseAddress else { return }
      base.initialize(repeating: 0, count: size)
      let results = SendablePointer(base)
      failure = forEachBlock { block, index, scratch throws(AnsatzError) in
        let final = try forward(block, index, scratch)
        run.expectations(final, scratch)
        for lane in 0..<block.count {
          let row = results.value + (block.first + lane) * count
          for k in 0..<count { row[k] = scratch.observables[k * lanes + lane] }
        }
      }
    }
    if let failure { throw failure }
    return Tensor(shape: [run.evaluations.count, count], elements: elements)
  }

  /// Runs every evaluation forwards and shows each block's final state: rows of W real and W imaginary
  /// parts, and how many of the W lanes count.
  @_specialize(where S == Double)
  @_specialize(where S == Float)
  func visitStates(
    _ body: (_ firstEvaluation: Int, _ count: Int, _ state: UnsafeMutablePointer<S>) -> Void
  ) throws(AnsatzError) {
    let failure = forEachBlock { block, index, scratch throws(AnsatzError) in
      body(block.first, block.count, try forward(block, index, scratch))
    }
    if let failure { throw failure }
  }

  /// Binds and runs one block; where its final state is.
  private func forward(
    _ block: BlockRun<S>.Block, _ index: Int, _ scratch: BlockRun<S>.Scratch
  ) throws(AnsatzError) -> UnsafeMutablePointer<S> {
    run.bind(block, scratch)
    guard let kept = keptStates(index, scratch) else {
      try run.forward(
        block, states: scratch.state, prefixes: scratch.prefixes, keeping: false, scratch)
      return scratch.state
    }
    try run.forward(
      block, states: kept.states, prefixes: kept.prefixes, keeping: true, scratch)
    return kept.states + run.code.stages.count * run.stateSize
  }

  private func keptStates(
    _ index: Int, _ scratch: BlockRun<S>.Scratch
  ) -> (states: UnsafeMutablePointer<S>, prefixes: UnsafeMutablePointer<S>)? {
    states.map { places(in: $0.pointer + index * run.layout.keptScalars, scratch) }
  }

  /// Where a block's states are, and the prefixes of its starting product.
  private func places(
    in memory: UnsafeMutablePointer<S>, _ scratch: BlockRun<S>.Scratch
  ) -> (states: UnsafeMutablePointer<S>, prefixes: UnsafeMutablePointer<S>) {
    let end = memory + (run.code.stages.count + 1) * run.stateSize
    return (memory, run.layout.keepsPrefixes ? end : scratch.prefixes)
  }

  /// The derivative of Σ_k upstream_k ⟨O_k⟩, in the weights summed over the evaluations and in the
  /// inputs for each.
  ///
  /// - Parameters:
  ///   - upstream: `[evaluations, observables]`
  ///   - startBra: Called for each evaluation of a circuit that starts from data, with the observable
  ///     pulled back to the start: the real part of its amplitude at a basis state.
  /// - Returns: `[weights]` and `[evaluations, inputs]`, empty if not asked for.
  package func gradient(
    upstream: Tensor<S>, weights: Bool, inputs: Bool,
    startBra: ((_ evaluation: Int, _ amplitude: (_ index: Int) -> Double) -> Void)? = nil
  ) throws(AnsatzError) -> (weights: [S], inputs: [S]) {
    try sweep(upstream: upstream, weights: weights, inputs: inputs, startBra: startBra)
  }

  // Callers in other modules reach the specialised versions only through a wrapper.
  @_specialize(where S == Double)
  @_specialize(where S == Float)
  private func sweep(
    upstream: Tensor<S>, weights: Bool, inputs: Bool,
    startBra: ((_ evaluation: Int, _ amplitude: (_ index: Int) -> Double) -> Void)?
  ) throws(AnsatzError) -> (weights: [S], inputs: [S]) {
    sweeping.lock()
    defer { sweeping.unlock() }
    let (lanes, count) = (Run.laneCount, run.code.constants.count)
    let inputSize = inputs ? run.evaluations.count * run.layout.inputs : 0
    let wanted = BlockCode.Reach(weights: weights, inputs: inputs)
    let partialCount = run.partialCount
    let partial =
      weights ? BufferPool.shared.take(run.blockCount * partialCount, of: Double.self) : nil
    let partials = SendablePointer(partial?.pointer)
    // Memory for the states of the block that a worker is at, if none were kept.
    let size = run.layout.keptScalars
    let own = states == nil ? BufferPool.shared.take(size * pool.threadCount, of: S.self) : nil
    var failure: AnsatzError?
    let inputGradients = [S](unsafeUninitializedCapacity: inputSize) { buffer, initialized in
      initialized = inputSize
      buffer.baseAddress?.initialize(repeating: 0, count: inputSize)
      let results = SendablePointer(buffer.baseAddress)
      upstream.elements.withUnsafeBufferPointer { upstream in
        failure = forEachBlock(lastFirst: true) { block, index, scratch throws(AnsatzError) in
          guard
            let place = keptStates(index, scratch)
              ?? own.map({ places(in: $0.pointer + scratch.worker * size, scratch) })
          else { return }
          var scratch = scratch
          scratch.placeBra(apartFrom: place.states)
          if own != nil {
            try run.forward(
              block, states: place.states, prefixes: place.prefixes, keeping: true, scratch)
          }
          for lane in 0..<lanes {
            let row = (block.first + lane) * count
            for k in 0..<count {
              scratch.observables[k * lanes + lane] = lane < block.count ? upstream[row + k] : 0
            }
          }
          run.backward(
            block, states: place.states, prefixes: place.prefixes, wanted: wanted, scratch)
          run.applyChainRule(
            block, scratch, partials: partials.value.map { $0 + index * partialCount },
            inputs: inputs ? results.value : nil)
          guard let startBra else { return }
          for lane in 0..<block.count {
            startBra(block.first + lane) { Double(scratch.bra[$0 * 2 * lanes + lane]) }
          }
        }
      }
    }
    if let failure { throw failure }
    return (partial.map { run.weightGradient($0.pointer) } ?? [], inputGradients)
  }

  /// Runs every block, and gives the first one's error, in order.
  ///
  /// - Parameter lastFirst: Begin with the block whose memory was used last.
  private func forEachBlock(
    lastFirst: Bool = false,
    _ body: (BlockRun<S>.Block, _ index: Int, BlockRun<S>.Scratch) throws(AnsatzError) -> Void
  ) -> AnsatzError? {
    let blocks = run.blockCount
    // Small blocks go several at a time, since claiming one costs about a tenth of a microsecond.
    let isSmall = run.layout.keptScalars * MemoryLayout<S>.stride <= 1 << 14
    let perChunk = isSmall ? max(1, blocks / (4 * pool.threadCount)) : 1
    let chunks = (blocks + perChunk - 1) / perChunk
    // Only a start from data can fail, or an interruption.
    if run.code.hasProduct {
      let isStopped = Atomic<Bool>(false)
      pool.runByWorker(chunks: chunks) { chunk, worker in
        if StopFlag.isRaised { return isStopped.store(true, ordering: .relaxed) }
        let scratch = run.scratch(worker)
        let place = lastFirst ? chunks - 1 - chunk : chunk
        for index in place * perChunk..<min(blocks, (place + 1) * perChunk) {
          try? body(run.block(index), index, scratch)
        }
      }
      return isStopped.load(ordering: .relaxed) ? AnsatzError(.interrupted, "stopped") : nil
    }
    var errors = [AnsatzError?](repeating: nil, count: blocks)
    errors.withUnsafeMutableBufferPointer { errors in
      let failures = SendablePointer(errors.baseAddress)
      pool.runByWorker(chunks: blocks) { index, worker in
        do throws(AnsatzError) {
          try StopFlag.checkRun()
          try body(run.block(index), index, run.scratch(worker))
        } catch {
          failures.value?[index] = error
        }
      }
    }
    return errors.lazy.compactMap { $0 }.first
  }
}
