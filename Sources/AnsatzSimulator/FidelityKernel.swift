import AnsatzCircuits
import AnsatzMath

/// The kernel of a feature circuit: how alike the states of two samples are.
///
/// `K(x, y) = |⟨φ(x)|φ(y)⟩|²`, where the circuit takes |0…0⟩ to `|φ(x)⟩`. All states are computed as
/// one batch, and all inner products as real matrix products.
///
/// - Source: Havlíček et al., Nature 567, 209 (2019).
public struct FidelityKernel: Sendable {
  private let program: Program

  /// The kernel of a circuit that embeds samples.
  public init(_ circuit: Circuit) { program = Program(circuit) }

  /// The kernel of every sample with every other, `[samples, inputs] → [samples, samples]`.
  ///
  /// Symmetric to the bit, with 1 on the diagonal to rounding.
  ///
  /// - Throws: `AnsatzError` for values that do not fit, or states that do not fit into memory.
  public func matrix<S: Scalar>(
    _ inputs: Tensor<S>, weights: [S] = [], pool: ThreadPool = .shared
  ) throws(AnsatzError) -> Tensor<S> {
    let samples = inputs.shape[0]
    try checkMemory(samples, pairs: samples * samples, S.self)
    let states = try FeatureStates(program, inputs: inputs, weights: weights, pool: pool)
    return innerProducts(states, states, areSame: true, pool: pool)
  }

  /// The kernel of every sample of `first` with every one of `second`,
  /// `[m, inputs], [n, inputs] → [m, n]`.
  ///
  /// - Throws: `AnsatzError` for values that do not fit, or states that do not fit into memory.
  public func matrix<S: Scalar>(
    between first: Tensor<S>, and second: Tensor<S>, weights: [S] = [], pool: ThreadPool = .shared
  ) throws(AnsatzError) -> Tensor<S> {
    try checkMemory(
      first.shape[0] + second.shape[0], pairs: first.shape[0] * second.shape[0], S.self)
    return innerProducts(
      try FeatureStates(program, inputs: first, weights: weights, pool: pool),
      try FeatureStates(program, inputs: second, weights: weights, pool: pool),
      areSame: false, pool: pool)
  }

  /// The states of all samples are in memory at once, beside the kernel of all pairs.
  private func checkMemory<S: Scalar>(
    _ samples: Int, pairs: Int, _ precision: S.Type
  ) throws(AnsatzError) {
    let states = MemoryLimit.states(2, of: S.self)
    // Fewer samples have fewer pairs in proportion to the square.
    let share = Double(pairs * MemoryLayout<S>.stride) / Double(max(1, samples * samples))
    try MemoryLimit.check("a kernel", qubits: program.qubitCount, samples: samples) {
      states($0, $1) + share * Double($1) * Double($1)
    }
  }
}

/// The states of a batch as real rows: for each sample `[re | im]`, then `[-im | re]`.
///
/// With φ = a + ib, the first row of one sample times both rows of another gives the real and the
/// imaginary part of their inner product in one real matrix product.
private struct FeatureStates<S: Scalar> {
  let rows: PooledBuffer<S>
  let count: Int
  /// The length of a row: twice the number of amplitudes.
  let length: Int

  init(
    _ program: Program, inputs: Tensor<S>, weights: [S], pool: ThreadPool
  ) throws(AnsatzError) {
    let values = try ProgramValues(program, inputs: inputs, weights: weights)
    let run = BatchRun(
      program, values: values,
      evaluations: (0..<inputs.shape[0]).map { Evaluation(sample: $0) }, pool: pool)
    count = inputs.shape[0]
    length = 2 << program.qubitCount
    rows = BufferPool.shared.take(2 * count * length, of: S.self)
    // A plan may leave out what all samples share at the end and each sample's phase: neither
    // changes an inner product's size.
    if run.usesLanes, let code = program.blockCode(for: nil), BlockBatch<S>.fits(code) {
      let batch = BlockBatch(
        code, program: program, values: values, evaluations: run.evaluations, keepStates: false,
        pool: pool)
      if let failure = fill(rows.pointer, batch, amplitudes: length / 2) { throw failure }
    } else {
      try run.visitBlocks(storage: nil, RowVisitor(rows: SendablePointer(rows.pointer)))
    }
  }
}

/// Runs every block of a batch and writes its states as rows.
@_specialize(where S == Double)
@_specialize(where S == Float)
private func fill<S: Scalar>(
  _ rows: UnsafeMutablePointer<S>, _ batch: BlockBatch<S>, amplitudes: Int
) -> AnsatzError? {
  let lanes = S.Lanes.laneCount
  do throws(AnsatzError) {
    try batch.visitStates { first, count, state in
      for lane in 0..<count {
        let row = rows + (first + lane) * 4 * amplitudes
        for i in 0..<amplitudes {
          let real = state[2 * i * lanes + lane]
          let imaginary = state[(2 * i + 1) * lanes + lane]
          row[i] = real
          row[amplitudes + i] = imaginary
          row[2 * amplitudes + i] = -imaginary
          row[3 * amplitudes + i] = real
        }
      }
    }
    return nil
  } catch {
    return error
  }
}

private struct RowVisitor<S: Scalar>: BlockVisitor {
  let rows: SendablePointer<UnsafeMutablePointer<S>>

  func visit<V: LaneVector>(
    _ runner: BlockRunner<V>, block: Int, evaluations: ArraySlice<Evaluation>, state: Amplitudes<V>
  ) throws(AnsatzError) where V.Element == S {
    try runner.forward(
      state, block: evaluations, coefficients: runner.coefficients(for: evaluations))
    let size = 4 * state.rowCount
    for lane in 0..<evaluations.count {
      splitLane(
        lane, of: state.pointer, amplitudes: state.rowCount,
        to: rows.value + (evaluations.startIndex + lane) * size)
    }
  }
}

@_specialize(where V == SIMD4<Double>)
@_specialize(where V == SIMD8<Float>)
@_specialize(where V == Double)
@_specialize(where V == Float)
private func splitLane<V: LaneVector>(
  _ lane: Int, of state: UnsafeMutablePointer<V>, amplitudes: Int,
  to row: UnsafeMutablePointer<V.Element>
) {
  for i in 0..<amplitudes {
    let (real, imaginary) = (state[2 * i][lane: lane], state[2 * i + 1][lane: lane])
    row[i] = real
    row[amplitudes + i] = imaginary
    row[2 * amplitudes + i] = -imaginary
    row[3 * amplitudes + i] = real
  }
}

/// |⟨a|b⟩|² for all pairs, a strip of rows a chunk; of two same lists, a strip starts at the diagonal
/// and is mirrored.
@_specialize(where S == Double)
@_specialize(where S == Float)
private func innerProducts<S: Scalar>(
  _ a: FeatureStates<S>, _ b: FeatureStates<S>, areSame: Bool, pool: ThreadPool
) -> Tensor<S> {
  var result = Tensor<S>(shape: [a.count, b.count])
  let height = 48
  result.elements.withUnsafeMutableBufferPointer { elements in
    guard let base = elements.baseAddress else { return }
    let kernel = SendablePointer(base)
    pool.run(chunks: (a.count + height - 1) / height) { chunk in
      let row = chunk * height
      let column = areSame ? row : 0
      let (m, n) = (min(height, a.count - row), b.count - column)
      let products = BufferPool.shared.take(2 * m * n, of: S.self)
      let parts = products.pointer
      S.gemm(
        transposeA: false, transposeB: true, m: m, n: 2 * n, k: a.length, alpha: 1,
        a: a.rows.pointer + 2 * row * a.length, lda: 2 * a.length,
        b: b.rows.pointer + 2 * column * b.length, ldb: b.length, beta: 0,
        c: parts, ldc: 2 * n)
      for i in 0..<m {
        let source = parts + 2 * i * n
        let target = kernel.value + (row + i) * b.count + column
        for j in 0..<n {
          target[j] = source[2 * j] * source[2 * j] + source[2 * j + 1] * source[2 * j + 1]
        }
      }
      guard areSame else { return }
      for j in 0..<n {
        let mirror = kernel.value + (row + j) * b.count + row
        for i in 0..<min(j, m) {
          mirror[i] = kernel.value[(row + i) * b.count + row + j]
        }
      }
    }
  }
  return result
}
