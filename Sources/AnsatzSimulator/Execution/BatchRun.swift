import AnsatzCircuits
import AnsatzMath

/// What is done with a block of a batch run.
package protocol BlockVisitor {
  associatedtype S: Scalar

  /// - Parameters:
  ///   - evaluations: Those of the block; lane i holds the i-th of them.
  ///   - state: Memory for the block's states, not yet written.
  func visit<V: LaneVector>(
    _ runner: BlockRunner<V>, block: Int, evaluations: ArraySlice<Evaluation>,
    state: Amplitudes<V>
  ) throws(AnsatzError) where V.Element == S
}

/// Runs a list of evaluations of one program, in blocks whose lanes are evaluations.
///
/// How the work is spread:
/// - Samples, or several evaluations, whose blocks fit: one block of SIMD lanes at a time on each
///   thread.
/// - One evaluation without inputs, or states too large for that: one state after another, each
///   kernel spread over the threads.
package struct BatchRun<S: Scalar>: Sendable {
  package let program: Program
  package let values: ProgramValues<S>
  package let evaluations: [Evaluation]
  package let pool: ThreadPool
  package let executor: Executor

  /// Blocks of lanes larger than this, four second-level caches, run as single states.
  private static var largestLaneBlock: Int { 1 << 22 }
  /// States from this size on are spread over the threads.
  private static var smallestSpreadState: Int { 1 << 14 }

  package init(
    _ program: Program, values: ProgramValues<S>, evaluations: [Evaluation], pool: ThreadPool,
    executor: Executor = .standard
  ) {
    self.executor = executor
    self.program = program
    self.values = values
    self.evaluations = evaluations
    self.pool = pool
  }

  /// Whether the lanes of a block are evaluations.
  ///
  /// A circuit with inputs has samples, and a sample gets the same bits in whatever batch it is; so
  /// a single one takes a lane too.
  package var usesLanes: Bool {
    (evaluations.count > 1 || program.inputCount > 0)
      && stateBytes * S.Lanes.laneCount <= Self.largestLaneBlock
  }

  package var stateBytes: Int { 2 * MemoryLayout<S>.stride << program.qubitCount }
  package var laneCount: Int { usesLanes ? S.Lanes.laneCount : 1 }
  package var blockCount: Int { (evaluations.count + laneCount - 1) / laneCount }
  /// The number of scalars in one block's state.
  package var blockSize: Int { (2 << program.qubitCount) * laneCount }

  /// Visits every block.
  ///
  /// - Parameter storage: Memory for all blocks' states, or nil to give each visit memory of its
  ///   own for its duration.
  /// - Throws: The first block's error, in block order.
  package func visitBlocks<Visitor: BlockVisitor>(
    storage: AlignedBuffer<S>?, _ visitor: Visitor
  ) throws(AnsatzError) where Visitor.S == S {
    guard !evaluations.isEmpty else { return }
    if usesLanes {
      try visit(S.Lanes.self, storage: storage, visitor)
    } else {
      try visit(S.self, storage: storage, visitor)
    }
  }

  private func visit<V: LaneVector, Visitor: BlockVisitor>(
    _ lanes: V.Type, storage: AlignedBuffer<S>?, _ visitor: Visitor
  ) throws(AnsatzError) where V.Element == S, Visitor.S == S {
    let runner = BlockRunner<V>(program, values: values)
    let spread = V.laneCount == 1 && 1 << program.qubitCount >= Self.smallestSpreadState
    let blocks = blockCount
    var errors = [AnsatzError?](repeating: nil, count: blocks)
    errors.withUnsafeMutableBufferPointer { errors in
      guard let errorBase = errors.baseAddress else { return }
      let failures = SendablePointer(errorBase)
      let body: (Int) -> Void = { block in
        let first = block * V.laneCount
        let slice = evaluations[first..<min(evaluations.count, first + V.laneCount)]
        let own = storage == nil ? AlignedBuffer<S>(count: blockSize) : nil
        guard let base = own?.pointer ?? storage.map({ $0.pointer + block * blockSize }) else {
          return
        }
        let state = Amplitudes<V>(
          pointer: UnsafeMutableRawPointer(base).assumingMemoryBound(to: V.self),
          qubitCount: program.qubitCount, pool: spread ? pool : nil)
        do throws(AnsatzError) {
          try StopFlag.checkRun()
          try visitor.visit(runner, block: block, evaluations: slice, state: state)
        } catch {
          failures.value[block] = error
        }
        withExtendedLifetime(own) {}
      }
      if spread {
        for block in 0..<blocks { body(block) }
      } else {
        pool.run(chunks: blocks, body)
      }
    }
    if let error = errors.lazy.compactMap({ $0 }).first { throw error }
  }
}
