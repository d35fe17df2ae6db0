import AnsatzCircuits
import AnsatzMath

/// Trajectories drawn for one sample, those in which the same happened together.
struct DrawnFrames<S: Scalar>: Sendable {
  struct Group: Sendable {
    let trajectory: FrameCircuit.Trajectory
    /// The numbers of the trajectories, ascending.
    var members: [Int]
  }

  /// In order of first appearance.
  let groups: [Group]
  /// The circuit's inputs, `[groups, inputCount]`.
  let inputs: Tensor<S>
}

extension TrajectoryProgram.FramePart {
  func draw<S: Scalar>(
    _ count: Int, inputs: [S], using random: inout RandomStream
  ) throws -> DrawnFrames<S> {
    guard inputs.count == circuit.ownInputCount else {
      throw AnsatzError(
        .badData, "\(inputs.count) inputs given; the circuit takes \(circuit.ownInputCount)")
    }
    var groups: [DrawnFrames<S>.Group] = []
    var places: [FrameCircuit.Trajectory: Int] = [:]
    for index in 0..<count {
      if index & 0xffff == 0 { try StopFlag.check() }
      let trajectory = circuit.draw(using: &random)
      if let place = places[trajectory] {
        groups[place].members.append(index)
      } else {
        places[trajectory] = groups.count
        groups.append(DrawnFrames<S>.Group(trajectory: trajectory, members: [index]))
      }
    }
    let rows = groups.flatMap { circuit.inputs(sample: inputs[...], $0.trajectory) }
    return DrawnFrames(
      groups: groups,
      inputs: Tensor(shape: [groups.count, circuit.circuit.inputCount], elements: rows))
  }

  /// The expectation values of Pauli strings in each group.
  func expectations(
    _ strings: [PauliString], _ compiled: CompiledObservables, _ drawn: DrawnFrames<Double>,
    weights: [Double], pool: ThreadPool
  ) throws(AnsatzError) -> [[Double]] {
    let n = circuit.circuit.qubitCount
    let masks = strings.map { string in
      PauliMasks(string.factors.map { ($0.pauli, bit: n - 1 - $0.qubit) })
    }
    // A circuit that noise changes in no angle reads no inputs: one row serves all.
    let isSame = circuit.circuit.inputCount == 0
    let inputs = isSame ? Tensor<Double>(shape: [1, 0]) : drawn.inputs
    let values = try program.forward(compiled, inputs: inputs, weights: weights, pool: pool)
      .expectations
    return drawn.groups.enumerated().map { index, group in
      let row = Array(values.row(isSame ? 0 : index))
      return zip(row, masks).map { value, mask in
        group.trajectory.error.anticommutes(x: mask.x, z: mask.z) ? -value : value
      }
    }
  }

  /// Visits the probabilities of each group in turn.
  func forEachDistribution(
    _ drawn: DrawnFrames<Double>, weights: [Double], pool: ThreadPool,
    _ body: (UnsafePointer<Double>, DrawnFrames<Double>.Group) -> Void
  ) throws(AnsatzError) {
    let n = circuit.circuit.qubitCount
    let state = try StateBuffer<Double>(qubitCount: n, pool: pool)
    let plain = BufferPool.shared.take(1 << n, of: Double.self)
    let moved = BufferPool.shared.take(1 << n, of: Double.self)
    for (index, group) in drawn.groups.enumerated() {
      try state.run(program, inputs: Array(drawn.inputs.row(index)), weights: weights)
      state.fillProbabilities(plain.pointer, pool: pool)
      let flips = group.trajectory.error.x
      for j in 0..<1 << n { moved.pointer[j] = plain.pointer[j ^ flips] }
      body(moved.pointer, group)
    }
  }

  /// States from this many qubits on are spread over the threads one by one.
  private static var spreadFrom: Int { 14 }

  /// One outcome a trajectory.
  func outcomes<S: Scalar>(
    _ drawn: DrawnFrames<S>, weights: [S], using random: inout RandomStream, pool: ThreadPool
  ) throws(AnsatzError) -> [Int] {
    let n = circuit.circuit.qubitCount
    let total = drawn.groups.reduce(0) { $0 + $1.members.count }
    let seed = random.next()
    var outcomes = [Int](repeating: 0, count: total)
    var failures = [AnsatzError?](repeating: nil, count: drawn.groups.count)
    outcomes.withUnsafeMutableBufferPointer { outcomes in
      failures.withUnsafeMutableBufferPointer { failures in
        let results = SendablePointer(outcomes.baseAddress)
        let errors = SendablePointer(failures.baseAddress)
        func run(_ index: Int) {
          let group = drawn.groups[index]
          do throws(AnsatzError) {
            let state = try StateBuffer<S>(qubitCount: n, pool: pool)
            try state.run(program, inputs: Array(drawn.inputs.row(index)), weights: weights)
            var stream = RandomStream(seed: seed &+ UInt64(index), stream: "trajectory outcomes")
            let found = state.draw(group.members.count, using: &stream, pool: pool)
            for (member, outcome) in zip(group.members, found) {
              results.value?[member] = outcome ^ group.trajectory.error.x
            }
          } catch {
            errors.value?[index] = error
          }
        }
        if n < Self.spreadFrom {
          pool.run(chunks: drawn.groups.count, run)
        } else {
          for index in drawn.groups.indices { run(index) }
        }
      }
    }
    if let failure = failures.lazy.compactMap({ $0 }).first { throw failure }
    return outcomes
  }
}

extension StateBuffer {
  /// Outcomes of a few measurements.
  fileprivate func draw(
    _ count: Int, using random: inout RandomStream, pool: ThreadPool
  ) -> [Int] {
    let size = 1 << qubitCount
    let probabilities = BufferPool.shared.take(size, of: S.self)
    fillProbabilities(probabilities.pointer, pool: pool)
    if count > 8 {
      return drawOutcomes(
        UnsafeBufferPointer(start: probabilities.pointer, count: size), shots: count,
        using: &random, pool: pool)
    }
    return (0..<count).map { _ in
      drawOutcome(probabilities.pointer, count: size, place: random.uniform())
    }
  }
}

/// The outcome at a place in 0..<1 of the distribution; the sum need not be exactly 1.
@_specialize(where S == Double)
@_specialize(where S == Float)
func drawOutcome<S: Scalar>(
  _ probabilities: UnsafePointer<S>, count: Int, place: Double
) -> Int {
  var total = 0.0
  for j in 0..<count { total += Double(probabilities[j]) }
  let wanted = place * total
  var (sum, last) = (0.0, 0)
  for j in 0..<count where probabilities[j] > 0 {
    sum += Double(probabilities[j])
    last = j
    if wanted < sum { break }
  }
  return last
}
