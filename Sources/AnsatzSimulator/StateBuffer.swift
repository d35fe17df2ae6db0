import AnsatzCircuits
import AnsatzMath
import Numerics

/// One state vector whose memory is kept between runs.
///
/// For large states: running again costs no allocation and no copy.
public final class StateBuffer<S: Scalar> {
  /// How many qubits there are.
  public let qubitCount: Int
  private let memory: PooledBuffer<S>
  let pool: ThreadPool
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
    try run(program, values, executor: executor)
  }

  /// The first states that run by tiles where a circuit goes on from a state that is there: below
  /// this many qubits the gates cost less than laying the amplitudes out.
  static var tiledFrom: Int { 13 }

  /// Overwrites the state, or goes on from it if the program does.
  func run(
    _ program: Program, _ values: ProgramValues<S>, executor: Executor = .standard
  ) throws(AnsatzError) {
    let evaluations = [Evaluation(sample: 0)]
    guard executor != .blocks else {
      throw AnsatzError(
        .usage, "executor 'blocks' runs batches; a single state runs by 'tiles' or 'reference'")
    }
    if executor != .reference {
      if try run(program.pieceList, values: values) { return }
      // Throws if nothing but tiles will do.
      _ = try executor.way(of: program, nil, usesLanes: false, precision: S.self)
    }
    if case .given = program.start { toInterleaved() }
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
    if case .gates(let first)? = pieces.first, case .given = first.start,
      case .rows(let before, _) = layout
    {
      phase = before.phase
    }
    for piece in pieces {
      switch piece {
      case .gates(let program):
        if case .given = program.start { toRows() }
        guard let plan = program.tilePlan(for: nil, laneBits: S.laneBits) else { return false }
        phase += try runTiles(plan, program: program, values: values, into: memory.pointer, pool)
        layout = .rows(phase: Complex(length: 1, phase: phase), frame: plan.frame)
      case .fourier(let bits, let controls, let inverse):
        toRows()
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

  /// Writes the probability of every basis state.
  func fillProbabilities(_ probabilities: UnsafeMutablePointer<S>, pool: ThreadPool) {
    var frame: FrameRows?
    if case .rows(_, let map) = layout { frame = FrameRows(map, bitCount: qubitCount) }
    let count = 1 << qubitCount
    let perChunk = 1 << 14
    pool.run(chunks: (count + perChunk - 1) / perChunk) { chunk in
      squareAmplitudes(
        memory.pointer, into: probabilities,
        chunk * perChunk..<min(count, (chunk + 1) * perChunk), frame)
    }
  }

  private func rowPlace(_ index: Int) -> Int {
    let lanes = S.Lanes.laneCount
    return (index >> S.laneBits) * 2 * lanes + (index & (lanes - 1))
  }

  /// ⟨O⟩ in the present state.
  public func expectation(of observable: any Observable) throws(CircuitError) -> Double {
    let compiled = try CompiledObservables([observable], qubitCount: qubitCount)
    if case .rows = layout { toInterleaved() }
    return Double(compiled.expectations(in: amplitudes)[0])
  }

  /// Lays the amplitudes out one after the other, row by row; a row holds the same amplitudes in
  /// both layouts.
  func toInterleaved() {
    settle()
    guard case .rows(let phase, _) = layout else { return }
    amplitudes.forEachChunk(of: (1 << qubitCount) / S.Lanes.laneCount) {
      interleaveRows(memory.pointer, $0, phase: phase)
    }
    layout = .interleaved
  }

  /// Lays the amplitudes out in rows, each where its index says.
  private func toRows() {
    settle()
    guard case .interleaved = layout else { return }
    amplitudes.forEachChunk(of: (1 << qubitCount) / S.Lanes.laneCount) {
      splitRows(memory.pointer, $0)
    }
    layout = .rows(phase: 1, frame: PauliFrame(bitCount: qubitCount))
  }

  /// Moves the amplitudes to where the circuit's permutations put them, through a copy.
  private func settle() {
    guard case .rows(let phase, let frame) = layout, !frame.isIdentity else { return }
    let copy = BufferPool.shared.take(2 << qubitCount, of: S.self)
    amplitudes.forEachChunk(of: 1 << qubitCount) {
      (copy.pointer + 2 * $0.lowerBound).update(
        from: memory.pointer + 2 * $0.lowerBound, count: 2 * $0.count)
    }
    let rows = FrameRows(frame, bitCount: qubitCount)
    amplitudes.forEachChunk(of: 1 << qubitCount) {
      permuteRows(copy.pointer, to: memory.pointer, $0, rows)
    }
    layout = .rows(phase: phase, frame: PauliFrame(bitCount: qubitCount))
  }

  /// The amplitudes one after the other, after `toInterleaved()`.
  var amplitudes: Amplitudes<S> {
    Amplitudes(
      pointer: memory.pointer, qubitCount: qubitCount,
      pool: qubitCount >= 14 ? pool : nil)
  }
}

/// A frame's map of basis states to rows with the part of the low bits in a table.
private struct FrameRows: Sendable {
  let lowBits: Int
  /// For each value of the low bits, what it adds to a row.
  let low: [Int]
  private let frame: PauliFrame

  init(_ frame: PauliFrame, bitCount: Int) {
    lowBits = min(bitCount, 10)
    let first = frame.row(ofState: 0)
    low = (0..<1 << lowBits).map { frame.row(ofState: $0) ^ first }
    self.frame = frame
  }

  /// Visits the indices of a range with their rows.
  @inline(__always)
  func forEach(in indices: Range<Int>, _ body: (_ index: Int, _ row: Int) -> Void) {
    low.withUnsafeBufferPointer { low in
      var index = indices.lowerBound
      while index < indices.upperBound {
        let block = index & ~(low.count - 1)
        let high = frame.row(ofState: block)
        let end = min(indices.upperBound, block + low.count)
        for index in index..<end { body(index, high ^ low[index - block]) }
        index = end
      }
    }
  }
}

/// Where an amplitude's real part is in rows; its imaginary part is W further on.
@inline(__always)
private func realPlace<S: Scalar>(_ index: Int, _ scalar: S.Type) -> Int {
  let lanes = S.Lanes.laneCount
  return 2 * (index & ~(lanes - 1)) + index & (lanes - 1)
}

@_specialize(where S == Double)
@_specialize(where S == Float)
private func squareAmplitudes<S: Scalar>(
  _ state: UnsafeMutablePointer<S>, into probabilities: UnsafeMutablePointer<S>,
  _ indices: Range<Int>, _ frame: FrameRows?
) {
  let lanes = S.Lanes.laneCount
  if let frame {
    frame.forEach(in: indices) { index, row in
      let place = realPlace(row, S.self)
      let (re, im) = (state[place], state[place + lanes])
      probabilities[index] = re * re + im * im
    }
  } else {
    for index in indices {
      let (re, im) = (state[2 * index], state[2 * index + 1])
      probabilities[index] = re * re + im * im
    }
  }
}

@_specialize(where S == Double)
@_specialize(where S == Float)
private func permuteRows<S: Scalar>(
  _ source: UnsafeMutablePointer<S>, to target: UnsafeMutablePointer<S>, _ indices: Range<Int>,
  _ frame: FrameRows
) {
  let lanes = S.Lanes.laneCount
  frame.forEach(in: indices) { index, row in
    let (from, to) = (realPlace(row, S.self), realPlace(index, S.self))
    target[to] = source[from]
    target[to + lanes] = source[from + lanes]
  }
}

@_specialize(where S == Double)
@_specialize(where S == Float)
private func splitRows<S: Scalar>(_ state: UnsafeMutablePointer<S>, _ rows: Range<Int>) {
  let lanes = S.Lanes.laneCount
  withUnsafeTemporaryAllocation(of: S.self, capacity: 2 * lanes) { copy in
    for index in rows {
      let row = state + index * 2 * lanes
      for i in 0..<2 * lanes { copy[i] = row[i] }
      for lane in 0..<lanes {
        row[lane] = copy[2 * lane]
        row[lanes + lane] = copy[2 * lane + 1]
      }
    }
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
