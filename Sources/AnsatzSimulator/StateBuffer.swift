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
    case rows(phase: Complex<Double>)
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
    let leading = program.leading
    if executor != .reference, let plan = leading.plan(for: nil, laneBits: S.laneBits),
      plan.frame.isIdentity
    {
      let run = PlanRun(
        plan, program: leading, values: values, evaluations: evaluations, pool: pool)
      let angles = BufferPool.shared.take(max(1, run.blockAngleCount), of: Double.self)
      var workspace = Workspace<S>(capacity: run.workspaceSize)
      try run.forward(
        run.block(0, angles: angles.pointer), states: memory.pointer, keeping: false, &workspace)
      let phase = plan.globalPhase.reduce(0) {
        $0 + $1.factor * ($1.occurrence.map { run.sharedAngles[$0] } ?? 1)
      }
      layout = .rows(phase: Complex(length: 1, phase: phase))
      finish(program, from: leading.instructions.count, values: values, evaluations)
      return
    }
    layout = .interleaved
    let runner = BlockRunner<S>(program, values: values)
    let block = evaluations[...]
    try runner.forward(amplitudes, block: block, coefficients: runner.coefficients(for: block))
  }

  /// Runs what no plan holds: Fourier transforms on the rows, and from the first other instruction
  /// on gate by gate.
  private func finish(
    _ program: Program, from first: Int, values: ProgramValues<S>, _ evaluations: [Evaluation]
  ) {
    var rest = program.instructions[first...]
    while case .fourier(let bits, let inverse)? = rest.first?.work, let instruction = rest.first {
      FourierTransform<S>(
        state: memory.pointer, layout: .rows, qubitCount: qubitCount, pool: amplitudes.pool
      ).apply(bits: bits, controls: instruction.controls, inverse: inverse)
      rest = rest.dropFirst()
    }
    guard !rest.isEmpty else { return }
    toInterleaved()
    let runner = BlockRunner<S>(program, values: values)
    runner.run(
      rest, on: amplitudes, coefficients: runner.coefficients(for: evaluations[...]))
  }

  /// The amplitude of a basis state; qubit 0 is the most significant bit.
  public subscript(index: Int) -> Complex<S> {
    precondition((0..<1 << qubitCount).contains(index))
    switch layout {
    case .interleaved: return Complex(memory.pointer[2 * index], memory.pointer[2 * index + 1])
    case .rows(let phase):
      let place = rowPlace(index)
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
    guard case .rows(let phase) = layout else { return }
    amplitudes.forEachChunk(of: (1 << qubitCount) / S.Lanes.laneCount) {
      interleaveRows(memory.pointer, $0, phase: phase)
    }
    layout = .interleaved
  }

  private var amplitudes: Amplitudes<S> {
    Amplitudes(
      pointer: memory.pointer, qubitCount: qubitCount,
      pool: qubitCount >= 14 ? pool : nil)
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
