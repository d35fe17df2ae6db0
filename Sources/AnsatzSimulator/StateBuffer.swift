import AnsatzCircuits
import AnsatzMath
import Numerics

/// One state vector whose memory is kept between runs.
///
/// For large states: running again costs no allocation and no copy.
public final class StateBuffer<S: Scalar> {
  public let qubitCount: Int
  private let memory: PooledBuffer<S>
  private let pool: ThreadPool
  /// How the amplitudes lie in memory.
  private var layout = Layout.interleaved

  private enum Layout {
    /// Real and imaginary part of one amplitude after the other.
    case interleaved
    /// Rows as plans run on, to be read through a phase.
    case rows(phase: Complex<Double>, frame: PauliFrame)
  }

  /// - Throws: `AnsatzError` if the state does not fit into memory.
  public init(qubitCount: Int, pool: ThreadPool = .shared) throws(AnsatzError) {
    guard (1...Circuit.maximumQubitCount).contains(qubitCount) else {
      throw AnsatzError(
        .usage, "\(qubitCount) qubits; a state has 1...\(Circuit.maximumQubitCount)")
    }
    try MemoryLimit.check(
      "a state", qubits: qubitCount, bytes: MemoryLimit.states(1, of: S.self))
    self.qubitCount = qubitCount
    self.pool = pool
    memory = BufferPool.shared.take(2 << qubitCount, of: S.self)
    amplitudes.setToZeroState()
  }

  /// Overwrites the state with the final state of a circuit run from |0…0⟩.
  ///
  /// - Parameter inputs: One sample.
  public func run(
    _ program: Program, inputs: [S] = [], weights: [S] = [], executor: Executor = .standard
  ) throws(AnsatzError) {
    guard program.qubitCount == qubitCount else {
      throw AnsatzError(
        .usage, "a circuit of \(program.qubitCount) qubits does not fit a state of \(qubitCount)")
    }
    let values = try ProgramValues(
      program, inputs: Tensor(shape: [1, inputs.count], elements: inputs), weights: weights)
    let evaluations = [Evaluation(sample: 0)]
    guard executor != .blocks else {
      throw AnsatzError(
        .usage, "executor 'blocks' runs batches; a single state runs by 'tiles' or 'reference'")
    }
    if case .tiles(let plan) = try executor.way(
      of: program, nil, usesLanes: false, precision: S.self)
    {
      try run(plan, program: program, values: values)
      return
    }
    layout = .interleaved
    let runner = BlockRunner<S>(program, values: values)
    let block = evaluations[...]
    try runner.forward(amplitudes, block: block, coefficients: runner.coefficients(for: block))
  }

  private func run(
    _ plan: TilePlan, program: Program, values: ProgramValues<S>
  ) throws(AnsatzError) {
    let phase = try runTiles(plan, program: program, values: values, into: memory.pointer, pool)
    layout = .rows(phase: Complex(length: 1, phase: phase), frame: plan.frame)
  }

  /// The amplitude of a basis state; qubit 0 is the most significant bit.
  public subscript(index: Int) -> Complex<S> {
    precondition((0..<1 << qubitCount).contains(index))
    switch layout {
    case .interleaved: return Complex(memory.pointer[2 * index], memory.pointer[2 * index + 1])
    case .rows(let phase, let frame):
      let place = rowPlace(frame.row(ofState: index))
      let amplitude = Complex(
        Double(memory.pointer[place]), Double(memory.pointer[place + S.Lanes.laneCount]))
      let turned = phase * amplitude
      return Complex(S(turned.real), S(turned.imaginary))
    }
  }

  private func rowPlace(_ index: Int) -> Int {
    let lanes = S.Lanes.laneCount
    return (index >> S.laneBits) * 2 * lanes + (index & (lanes - 1))
  }

  public func expectation(of observable: any Observable) throws(CircuitError) -> Double {
    let compiled = try CompiledObservables([observable], qubitCount: qubitCount)
    if case .rows = layout { toInterleaved() }
    return Double(compiled.expectations(in: amplitudes)[0])
  }

  /// Lays the amplitudes out one after the other, row by row; a row holds the same amplitudes in
  /// both layouts.
  private func toInterleaved() {
    guard case .rows(let phase, let frame) = layout else { return }
    layout = .interleaved
    guard frame.isIdentity else { return permute(phase: phase, frame: frame) }
    let lanes = S.Lanes.laneCount
    for row in 0..<(1 << qubitCount) / lanes {
      interleaveRow(memory.pointer + row * 2 * lanes, phase: phase)
    }
  }

  /// Moves the amplitudes to where the circuit's permutations put them.
  private func permute(phase: Complex<Double>, frame: PauliFrame) {
    let count = 1 << qubitCount
    let copy = BufferPool.shared.take(2 * count, of: S.self)
    copy.pointer.update(from: memory.pointer, count: 2 * count)
    let lanes = S.Lanes.laneCount
    for index in 0..<count {
      let place = rowPlace(frame.row(ofState: index))
      let amplitude =
        phase * Complex(Double(copy.pointer[place]), Double(copy.pointer[place + lanes]))
      memory.pointer[2 * index] = S(amplitude.real)
      memory.pointer[2 * index + 1] = S(amplitude.imaginary)
    }
  }

  private var amplitudes: Amplitudes<S> {
    Amplitudes(
      pointer: memory.pointer, qubitCount: qubitCount,
      pool: qubitCount >= 14 ? pool : nil)
  }
}

@_specialize(where S == Double)
@_specialize(where S == Float)
private func interleaveRow<S: Scalar>(_ row: UnsafeMutablePointer<S>, phase: Complex<Double>) {
  let lanes = S.Lanes.laneCount
  let (c, s) = (S(phase.real), S(phase.imaginary))
  withUnsafeTemporaryAllocation(of: S.self, capacity: 2 * lanes) { copy in
    for i in 0..<2 * lanes { copy[i] = row[i] }
    for lane in 0..<lanes {
      let (re, im) = (copy[lane], copy[lanes + lane])
      row[2 * lane] = re * c - im * s
      row[2 * lane + 1] = re * s + im * c
    }
  }
}

/// - Returns: The angle of the phase that the rows leave out.
@_specialize(where S == Double)
@_specialize(where S == Float)
private func runTiles<S: Scalar>(
  _ plan: TilePlan, program: Program, values: ProgramValues<S>,
  into state: UnsafeMutablePointer<S>, _ pool: ThreadPool
) throws(AnsatzError) -> Double {
  let run = TileRun(
    plan, program: program, values: values, evaluation: Evaluation(sample: 0), pool: pool)
  try run.forward(state)
  return run.globalPhase
}
