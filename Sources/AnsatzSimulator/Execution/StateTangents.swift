import AnsatzMath

/// The derivatives of a circuit's final state in its angles, and what second derivatives of an
/// observable need of them.
///
/// Each lane of a block runs the circuit with `-iG` put in after one of the gates, so P derivatives
/// cost P runs, whatever is made of them.
package struct StateTangents: Sendable {
  /// The angles, as positions in the program's list, in circuit order.
  package let occurrences: [Int]
  /// `[angles + 1, 2·2ⁿ]`: real and imaginary parts in turn of each derivative, at last the state.
  package let states: Tensor<Double>
  /// The observable times each derivative; empty without an observable.
  package let images: Tensor<Double>
  /// For an observable, `Re⟨ψ|O|∂_a∂_b ψ⟩` for a ≤ b, at `[b, a]`.
  package let second: Tensor<Double>
  /// For an observable, its value and the derivative in each angle.
  package let value: Double
  package let gradient: [Double]
}

extension Program {
  /// - Parameters:
  ///   - needed: Which angles of the program's list.
  ///   - observables: The one observable to differentiate twice, or nil for the states alone.
  package func tangents(
    _ values: ProgramValues<Double>, sample: Int, needed: [Bool],
    observables: CompiledObservables? = nil, pool: ThreadPool = .shared
  ) throws(AnsatzError) -> StateTangents {
    var insertions: [Insertion] = []
    var occurrences: [Int] = []
    for (place, instruction) in instructions.enumerated() {
      guard let occurrence = instruction.occurrence, needed[occurrence],
        let insertion = instruction.derivative(at: place)
      else { continue }
      insertions.append(insertion)
      occurrences.append(occurrence)
    }
    let count = occurrences.count
    try MemoryLimit.check(
      "\(count + 1) derivatives of a state", qubits: qubitCount,
      bytes: MemoryLimit.states(Double((observables == nil ? 1 : 3) * (count + 1)), of: Double.self)
    )
    let size = 2 << qubitCount
    var job = TangentJob(
      insertions: insertions, size: size, observables: observables, places: instructions.count)
    var (value, gradient) = (0.0, [Double](repeating: 0, count: count))
    if let observables {
      let pulled = AlignedBuffer<Double>(count: max(1, count * size))
      (value, gradient) = try pullBack(
        observables, values, sample: sample, insertions: insertions, occurrences: occurrences,
        into: pulled.pointer, pool: pool)
      job.pulled = pulled
    }
    // One more run, without an insertion, for the state itself.
    let run = BatchRun(
      self, values: values,
      evaluations: [Evaluation](repeating: Evaluation(sample: sample), count: count + 1),
      pool: pool)
    try run.visitBlocks(storage: nil, TangentVisitor(job: job))
    return StateTangents(
      occurrences: occurrences, states: job.tensor(job.states, rows: count + 1, size),
      images: job.tensor(job.images, rows: observables == nil ? 0 : count, size),
      second: job.tensor(job.second, rows: observables == nil ? 0 : count, count),
      value: value, gradient: gradient)
  }

  /// The observable's bra at every angle, turned by `(-iG)†`: `⟨ψ|O|∂_a∂_b ψ⟩` is its inner product
  /// with the derivative in a at the place of b.
  private func pullBack(
    _ observables: CompiledObservables, _ values: ProgramValues<Double>, sample: Int,
    insertions: [Insertion], occurrences: [Int], into pulled: UnsafeMutablePointer<Double>,
    pool: ThreadPool
  ) throws(AnsatzError) -> (Double, [Double]) {
    let size = 2 << qubitCount
    let runner = BlockRunner<Double>(self, values: values)
    let memory = AlignedBuffer<Double>(count: 2 * size)
    let spread = qubitCount >= 14 ? pool : nil
    let ket = Amplitudes<Double>(pointer: memory.pointer, qubitCount: qubitCount, pool: spread)
    let bra = Amplitudes<Double>(
      pointer: memory.pointer + size, qubitCount: qubitCount, pool: spread)
    let block = [Evaluation(sample: sample)][...]
    let coefficients = runner.coefficients(for: block)
    try runner.forward(ket, block: block, coefficients: coefficients)
    let value = observables.expectations(in: ket)[0]
    observables.apply(to: ket, into: bra, upstream: [1])
    var slots = [Int?](repeating: nil, count: angles.count)
    for (index, occurrence) in occurrences.enumerated() { slots[occurrence] = index }
    var gradient = [Double](repeating: 0, count: occurrences.count)
    runner.backward(
      ket: ket, bra: bra, coefficients: coefficients, needed: slots.map { $0 != nil }
    ) { occurrence, derivative in
      guard let slot = slots[occurrence] else { return }
      gradient[slot] = derivative
      let target = Amplitudes<Double>(
        pointer: pulled + slot * size, qubitCount: qubitCount, pool: spread)
      bra.copy(to: target)
      insertions[slot].apply(to: target, lane: 0)
      // (-iG)† = -(-iG)
      for i in 0..<size { target.pointer[i] = -target.pointer[i] }
    }
    withExtendedLifetime(memory) {}
    return (value, gradient)
  }
}

/// What the blocks of one run share; each writes its own rows.
private struct TangentJob: @unchecked Sendable {
  let insertions: [Insertion]
  /// The angle at each instruction, or -1.
  let angleAtPlace: [Int]
  let size: Int
  let observables: CompiledObservables?
  var pulled: AlignedBuffer<Double>?
  let states: AlignedBuffer<Double>
  let images: AlignedBuffer<Double>
  let second: AlignedBuffer<Double>

  init(insertions: [Insertion], size: Int, observables: CompiledObservables?, places: Int) {
    self.insertions = insertions
    self.size = size
    self.observables = observables
    var angleAtPlace = [Int](repeating: -1, count: places)
    for (index, insertion) in insertions.enumerated() { angleAtPlace[insertion.place] = index }
    self.angleAtPlace = angleAtPlace
    let count = insertions.count
    states = AlignedBuffer(count: (count + 1) * size)
    images = AlignedBuffer(count: observables == nil ? 0 : count * size)
    second = AlignedBuffer(count: observables == nil ? 0 : count * count)
    second.pointer.initialize(repeating: 0, count: observables == nil ? 0 : count * count)
  }

  func tensor(_ buffer: AlignedBuffer<Double>, rows: Int, _ columns: Int) -> Tensor<Double> {
    Tensor(
      shape: [rows, columns],
      elements: Array(UnsafeBufferPointer(start: buffer.pointer, count: rows * columns)))
  }
}

private struct TangentVisitor: BlockVisitor {
  typealias S = Double
  let job: TangentJob

  func visit<V: LaneVector>(
    _ runner: BlockRunner<V>, block: Int, evaluations: ArraySlice<Evaluation>, state: Amplitudes<V>
  ) throws(AnsatzError) where V.Element == Double {
    let (first, count, size) = (evaluations.startIndex, job.insertions.count, job.size)
    try runner.forward(
      state, block: evaluations, coefficients: runner.coefficients(for: evaluations)
    ) { place in
      let angle = job.angleAtPlace[place]
      guard angle >= first else { return }
      if angle < first + evaluations.count {
        job.insertions[angle].apply(to: state, lane: angle - first)
      }
      guard let pulled = job.pulled else { return }
      let products = realProducts(
        pulled.pointer + angle * size, state.pointer, count: state.rowCount)
      for lane in 0..<min(evaluations.count, angle - first + 1) {
        job.second.pointer[angle * count + first + lane] = products[lane: lane]
      }
    }
    for lane in 0..<evaluations.count {
      copyLane(lane, of: state.pointer, count: size, to: job.states.pointer + (first + lane) * size)
    }
    guard let observables = job.observables else { return }
    let memory = AlignedBuffer<V>(count: size)
    let image = Amplitudes(
      pointer: memory.pointer, qubitCount: state.qubitCount, pool: state.pool)
    observables.apply(to: state, into: image, upstream: [V(repeating: 1)])
    for lane in 0..<min(evaluations.count, count - first) {
      copyLane(lane, of: image.pointer, count: size, to: job.images.pointer + (first + lane) * size)
    }
    withExtendedLifetime(memory) {}
  }
}

/// `Re⟨bra|ket⟩` in every lane.
@_specialize(where V == SIMD4<Double>)
@_specialize(where V == Double)
private func realProducts<V: LaneVector>(
  _ bra: UnsafeMutablePointer<Double>, _ ket: UnsafeMutablePointer<V>, count: Int
) -> V where V.Element == Double {
  var total = V.zero
  for i in 0..<2 * count { total += V(repeating: bra[i]) * ket[i] }
  return total
}
