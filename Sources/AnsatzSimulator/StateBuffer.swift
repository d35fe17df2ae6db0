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
    let (bytes, overflow) = MemoryLayout<S>.stride.multipliedReportingOverflow(
      by: 2 << qubitCount)
    try MemoryLimit.check(bytes: overflow ? -1 : bytes, qubits: qubitCount)
    self.qubitCount = qubitCount
    self.pool = pool
    memory = BufferPool.shared.take(2 << qubitCount, of: S.self)
    amplitudes.setToZeroState()
  }

  /// Overwrites the state with the final state of a circuit run from |0…0⟩.
  ///
  /// - Parameter inputs: One sample.
  public func run(
    _ program: Program, inputs: [S] = [], weights: [S] = [], executor: Executor = .automatic
  ) throws(AnsatzError) {
    guard program.qubitCount == qubitCount else {
      throw AnsatzError(
        .usage, "a circuit of \(program.qubitCount) qubits does not fit a state of \(qubitCount)")
    }
    let values = try ProgramValues(
      program, inputs: Tensor(shape: [1, inputs.count], elements: inputs), weights: weights)
    let evaluations = [Evaluation(sample: 0)]
    if executor != .reference, try run(program.pieceList, values: values) { return }
    layout = .interleaved
    let runner = BlockRunner<S>(program, values: values)
    let block = evaluations[...]
    try runner.forward(amplitudes, block: block, coefficients: runner.coefficients(for: block))
  }

  /// - Returns: Whether there is a plan for every piece; if not, nothing is done.
  private func run(
    _ pieces: [Program.Piece], values: ProgramValues<S>
  ) throws(AnsatzError) -> Bool {
    for case .gates(let program) in pieces
    where program.tilePlan(for: nil, laneBits: S.laneBits) == nil { return false }
    var phase = 0.0
    for piece in pieces {
      switch piece {
      case .gates(let program):
        if case .given = program.start { settle() }
        guard let plan = program.tilePlan(for: nil, laneBits: S.laneBits) else { return false }
        phase += try runTiles(plan, program: program, values: values, into: memory.pointer, pool)
        layout = .rows(phase: Complex(length: 1, phase: phase), frame: plan.frame)
      case .fourier(let bits, let controls, let inverse):
        settle()
        FourierTransform<S>(
          state: memory.pointer, layout: .rows, qubitCount: qubitCount, pool: amplitudes.pool
        ).apply(bits: bits, controls: controls, inverse: inverse)
      }
    }
    return true
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
    settle()
    guard case .rows(let phase, _) = layout else { return }
    amplitudes.forEachChunk(of: (1 << qubitCount) / S.Lanes.laneCount) {
      interleaveRows(memory.pointer, $0, phase: phase)
    }
    layout = .interleaved
  }

  /// Moves the amplitudes to where the circuit's permutations put them, through a copy.
  private func settle() {
    guard case .rows(let phase, let frame) = layout, !frame.isIdentity else { return }
    let copy = BufferPool.shared.take(2 << qubitCount, of: S.self)
    amplitudes.forEachChunk(of: 1 << qubitCount) {
      (copy.pointer + 2 * $0.lowerBound).update(
        from: memory.pointer + 2 * $0.lowerBound, count: 2 * $0.count)
    }
    amplitudes.forEachChunk(of: 1 << qubitCount) {
      permuteRows(copy.pointer, to: memory.pointer, $0, frame)
    }
    layout = .rows(phase: phase, frame: PauliFrame(bitCount: qubitCount))
  }

  private var amplitudes: Amplitudes<S> {
    Amplitudes(
      pointer: memory.pointer, qubitCount: qubitCount,
      pool: qubitCount >= 14 ? pool : nil)
  }
}

@_specialize(where S == Double)
@_specialize(where S == Float)
private func permuteRows<S: Scalar>(
  _ source: UnsafeMutablePointer<S>, to target: UnsafeMutablePointer<S>, _ indices: Range<Int>,
  _ frame: PauliFrame
) {
  let lanes = S.Lanes.laneCount
  func place(_ index: Int) -> Int { 2 * (index & ~(lanes - 1)) + index & (lanes - 1) }
  for index in indices {
    let (from, to) = (place(frame.row(ofState: index)), place(index))
    target[to] = source[from]
    target[to + lanes] = source[from + lanes]
  }
}

@_specialize(where S == Double)
@_specialize(where S == Float)
private func interleaveRows<S: Scalar>(
  _ state: UnsafeMutablePointer<S>, _ rows: Range<Int>, phase: Complex<Double>
) {
  let lanes = S.Lanes.laneCount
  let (c, s) = (S(phase.real), S(phase.imaginary))
  withUnsafeTemporaryAllocation(of: S.self, capacity: 2 * lanes) { copy in
    for index in rows {
      let row = state + index * 2 * lanes
      for i in 0..<2 * lanes { copy[i] = row[i] }
      for lane in 0..<lanes {
        let (re, im) = (copy[lane], copy[lanes + lane])
        row[2 * lane] = re * c - im * s
        row[2 * lane + 1] = re * s + im * c
      }
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
