import AnsatzMath

/// The derivatives of a circuit's final state in its angles, and what second derivatives of an
/// observable need of them.
///
/// Each lane of a block runs the circuit with `-iG` put in after one of the gates, from that gate
/// on, so P derivatives cost about P / 2 runs, whatever is made of them.
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
      bytes: MemoryLimit.states(Double((observables == nil ? 2 : 4) * (count + 1)), of: Double.self)
    )
    let size = 2 << qubitCount
    let job = TangentJob(
      insertions: insertions, size: size, observables: observables, places: instructions.count)
    let (value, gradient) = try plainRun(
      job, values, sample: sample, occurrences: occurrences, pool: pool)
    let run = BatchRun(
      self, values: values,
      evaluations: [Evaluation](repeating: Evaluation(sample: sample), count: count), pool: pool)
    try run.visitBlocks(storage: nil, TangentVisitor(job: job))
    return StateTangents(
      occurrences: occurrences, states: job.tensor(job.states, rows: count + 1, size),
      images: job.tensor(job.images, rows: observables == nil ? 0 : count, size),
      second: job.tensor(job.second, rows: observables == nil ? 0 : count, count),
      value: value, gradient: gradient)
  }

  /// One run without insertions, for the state at every angle and at the end.
  ///
  /// With an observable it goes back, too: the observable's bra at every angle is turned by
  /// `(-iG)†`, since `⟨ψ|O|∂_a∂_b ψ⟩` is its inner product with the derivative in a at the place
  /// of b.
  private func plainRun(
    _ job: TangentJob, _ values: ProgramValues<Double>, sample: Int, occurrences: [Int],
    pool: ThreadPool
  ) throws(AnsatzError) -> (Double, [Double]) {
    let (size, count) = (job.size, occurrences.count)
    let runner = BlockRunner<Double>(self, values: values)
    let memory = AlignedBuffer<Double>(count: 2 * size)
    let spread = qubitCount >= 14 ? pool : nil
    let ket = Amplitudes<Double>(pointer: memory.pointer, qubitCount: qubitCount, pool: spread)
    let bra = Amplitudes<Double>(
      pointer: memory.pointer + size, qubitCount: qubitCount, pool: spread)
    let block = [Evaluation(sample: sample)][...]
    let coefficients = runner.coefficients(for: block)
    try runner.forward(ket, block: block, coefficients: coefficients) { place in
      let angle = job.angleAtPlace[place]
      guard angle >= 0 else { return }
      (job.prefixes.pointer + angle * size).update(from: ket.pointer, count: size)
    }
    (job.states.pointer + count * size).update(from: ket.pointer, count: size)
    var gradient = [Double](repeating: 0, count: count)
    guard let observables = job.observables else { return (0, gradient) }
    let value = observables.expectations(in: ket)[0]
    observables.apply(to: ket, into: bra, upstream: [1])
    var slots = [Int?](repeating: nil, count: angles.count)
    for (index, occurrence) in occurrences.enumerated() { slots[occurrence] = index }
    try runner.backward(
      ket: ket, bra: bra, coefficients: coefficients, needed: slots.map { $0 != nil }
    ) { occurrence, derivative in
      guard let slot = slots[occurrence] else { return }
      gradient[slot] = derivative
      let target = Amplitudes<Double>(
        pointer: job.pulled.pointer + slot * size, qubitCount: qubitCount, pool: spread)
      bra.copy(to: target)
      job.insertions[slot].apply(to: target, lane: 0)
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
  /// The state after each angle's gate.
  let prefixes: AlignedBuffer<Double>
  /// The bra that meets the second derivative at each angle.
  let pulled: AlignedBuffer<Double>
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
    prefixes = AlignedBuffer(count: count * size)
    pulled = AlignedBuffer(count: observables == nil ? 0 : count * size)
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
    let (first, size) = (evaluations.startIndex, job.size)
    let place = job.insertions[first].place
    for i in 0..<size { state.pointer[i] = V(repeating: job.prefixes.pointer[first * size + i]) }
    meet(evaluations, at: place, state)
    try runner.resume(
      state, at: place + 1, coefficients: runner.coefficients(for: evaluations)
    ) { meet(evaluations, at: $0, state) }
    for lane in 0..<evaluations.count {
      copyLane(lane, of: state.pointer, count: size, to: job.states.pointer + (first + lane) * size)
    }
    guard let observables = job.observables else { return }
    let memory = AlignedBuffer<V>(count: size)
    let image = Amplitudes(
      pointer: memory.pointer, qubitCount: state.qubitCount, pool: state.pool)
    observables.apply(to: state, into: image, upstream: [V(repeating: 1)])
    for lane in 0..<evaluations.count {
      copyLane(lane, of: image.pointer, count: size, to: job.images.pointer + (first + lane) * size)
    }
    withExtendedLifetime(memory) {}
  }

  /// What happens after the gate at a place: a lane's own insertion, and the inner products with
  /// the bra of this place in the lanes that have been inserted into.
  private func meet<V: LaneVector>(
    _ evaluations: ArraySlice<Evaluation>, at place: Int, _ state: Amplitudes<V>
  ) where V.Element == Double {
    let (first, angle, count) = (
      evaluations.startIndex, job.angleAtPlace[place], job.insertions.count
    )
    guard angle >= first else { return }
    if angle < evaluations.endIndex {
      job.insertions[angle].apply(to: state, lane: angle - first)
    }
    guard job.observables != nil else { return }
    let products = realProducts(
      job.pulled.pointer + angle * job.size, state.pointer, count: state.rowCount)
    for lane in 0..<min(evaluations.count, angle - first + 1) {
      job.second.pointer[angle * count + first + lane] = products[lane: lane]
    }
  }
}

/// `Re⟨bra|ket⟩` in every lane.
@_specialize(where V == SIMD4<Double>)
@_specialize(where V == Double)
private func realProducts<V: LaneVector>(
  _ bra: UnsafeMutablePointer<Double>, _ ket: UnsafeMutablePointer<V>, count: Int
) -> V where V.Element == Double {
  // Four sums, so that an addition need not wait for the one before.
  var (a, b, c, d) = (V.zero, V.zero, V.zero, V.zero)
  var i = 0
  while i + 4 <= 2 * count {
    a += V(repeating: bra[i]) * ket[i]
    b += V(repeating: bra[i + 1]) * ket[i + 1]
    c += V(repeating: bra[i + 2]) * ket[i + 2]
    d += V(repeating: bra[i + 3]) * ket[i + 3]
    i += 4
  }
  return (a + b) + (c + d)
}
