import AnsatzCircuits
import AnsatzMath

extension TrajectoryProgram {
  /// What runs noise whose probabilities depend on the state.
  struct KrausPart: Sendable {
    enum Step: Sendable {
      case gates(Program)
      case channel(KrausOperators)
    }

    /// The gates before the first channel, from the start state.
    let first: Program
    let steps: [Step]

    init(_ circuit: Circuit, _ noiseSteps: [NoiseStep]) {
      var segments: [[CircuitOperation]] = [[]]
      var channels: [KrausOperators] = []
      for step in noiseSteps {
        switch step {
        case .gate(let operation): segments[segments.count - 1].append(operation)
        case .channel(let kraus, let qubits):
          let channel = KrausOperators(kraus, bits: qubits.map { circuit.qubitCount - 1 - $0 })
          if channel.isTrivial.allSatisfy({ $0 }) { continue }
          channels.append(channel)
          segments.append([])
        }
      }
      first = Program(segments[0], of: circuit, start: .zero)
      steps = zip(channels, segments.dropFirst()).flatMap { channel, gates in
        [.channel(channel)]
          + (gates.isEmpty ? [] : [.gates(Program(gates, of: circuit, start: .given))])
      }
    }
  }
}

extension TrajectoryProgram.KrausPart {
  /// `[trajectories, observables]`
  func expectations(
    _ observables: CompiledObservables, _ count: Int, inputs: [Double], weights: [Double],
    using random: inout RandomStream, pool: ThreadPool
  ) throws(AnsatzError) -> Tensor<Double> {
    var result = Tensor<Double>(shape: [count, observables.count])
    let run = try run(count, inputs: inputs, weights: weights, pool: pool)
    let seed = random.next()
    let failure = result.elements.withUnsafeMutableBufferPointer { buffer -> AnsatzError? in
      guard let base = buffer.baseAddress else { return nil }
      do throws(AnsatzError) {
        try run.visitBlocks(
          storage: nil,
          KrausVisitor(
            part: self, seed: seed, first: 0,
            readout: .expectations(observables, SendablePointer(base))))
        return nil
      } catch {
        return error
      }
    }
    if let failure { throw failure }
    return result
  }

  /// Visits the probabilities of each trajectory in turn.
  func forEachDistribution<S: Scalar>(
    _ count: Int, inputs: [S], weights: [S], using random: inout RandomStream, pool: ThreadPool,
    _ body: (_ probabilities: UnsafePointer<S>, _ trajectory: Int) -> Void
  ) throws {
    let size = 1 << first.qubitCount
    // As many trajectories at once as fill a few megabytes and all lanes and threads.
    let lot = max(4 * S.Lanes.laneCount, (1 << 20) / size)
    let seed = random.next()
    var start = 0
    while start < count {
      try StopFlag.check()
      let number = min(lot, count - start)
      let rows = BufferPool.shared.take(number * size, of: S.self)
      try run(number, inputs: inputs, weights: weights, pool: pool).visitBlocks(
        storage: nil,
        KrausVisitor(
          part: self, seed: seed, first: start,
          readout: .probabilities(SendablePointer(rows.pointer))))
      for row in 0..<number { body(rows.pointer + row * size, start + row) }
      start += number
    }
  }

  private func run<S: Scalar>(
    _ count: Int, inputs: [S], weights: [S], pool: ThreadPool
  ) throws(AnsatzError) -> BatchRun<S> {
    try MemoryLimit.check(
      "a trajectory", qubits: first.qubitCount, bytes: MemoryLimit.states(1.5, of: S.self))
    let values = try ProgramValues(
      first, inputs: Tensor(shape: [1, inputs.count], elements: inputs), weights: weights)
    return BatchRun(
      first, values: values, evaluations: (0..<count).map { _ in Evaluation(sample: 0) },
      pool: pool)
  }
}

/// Runs a block of trajectories, one in each lane.
private struct KrausVisitor<S: Scalar>: BlockVisitor {
  let part: TrajectoryProgram.KrausPart
  let seed: UInt64
  /// The number of the first trajectory of the run.
  let first: Int
  let readout: Readout

  enum Readout {
    /// A row of values for each trajectory.
    case expectations(CompiledObservables, SendablePointer<UnsafeMutablePointer<S>>)
    /// A row of 2ⁿ for each.
    case probabilities(SendablePointer<UnsafeMutablePointer<S>>)
  }

  func visit<V: LaneVector>(
    _ runner: BlockRunner<V>, block: Int, evaluations: ArraySlice<Evaluation>, state: Amplitudes<V>
  ) throws(AnsatzError) where V.Element == S {
    // A stream for each trajectory: what happens in it does not depend on its neighbours.
    var streams = evaluations.indices.map {
      RandomStream(seed: seed &+ UInt64(first + $0), stream: "trajectory")
    }
    try runner.forward(
      state, block: evaluations, coefficients: runner.coefficients(for: evaluations))
    for step in part.steps {
      switch step {
      case .gates(let program):
        let next = BlockRunner<V>(program, values: runner.values)
        try next.forward(
          state, block: evaluations, coefficients: next.coefficients(for: evaluations))
      case .channel(let channel):
        channel.apply(to: state, places: streams.indices.map { streams[$0].uniform() })
      }
    }
    switch readout {
    case .expectations(let observables, let results):
      let values = observables.expectations(in: state)
      for lane in 0..<evaluations.count {
        let row = (evaluations.startIndex + lane) * observables.count
        for k in 0..<observables.count { results.value[row + k] = values[k][lane: lane] }
      }
    case .probabilities(let results):
      for lane in 0..<evaluations.count {
        squareLane(
          lane, of: state.pointer, count: state.rowCount,
          to: results.value + (evaluations.startIndex + lane) * state.rowCount)
      }
    }
  }
}

@_specialize(where V == SIMD4<Double>)
@_specialize(where V == SIMD8<Float>)
@_specialize(where V == Double)
@_specialize(where V == Float)
private func squareLane<V: LaneVector>(
  _ lane: Int, of state: UnsafeMutablePointer<V>, count: Int,
  to probabilities: UnsafeMutablePointer<V.Element>
) {
  for i in 0..<count {
    let (re, im) = (state[2 * i][lane: lane], state[2 * i + 1][lane: lane])
    probabilities[i] = re * re + im * im
  }
}
