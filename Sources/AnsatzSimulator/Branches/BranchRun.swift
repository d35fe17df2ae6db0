import AnsatzCircuits
import AnsatzMath

/// One way that the measurements may turn out.
struct Branch {
  var bits: BitValues
  /// Its probability, or its number of shots.
  var weight: Double
  let state: StateBuffer<Double>
}

/// Follows the branches of one sample, side by side.
struct BranchRun {
  let program: BranchingProgram
  let values: ProgramValues<Double>
  let pool: ThreadPool
  var mode: Mode
  /// How many branches are alive, those set aside included.
  private var alive = 0

  enum Mode {
    case exact
    /// The source of results.
    case shots(RandomStream)
  }

  /// Results less probable than this are rounding.
  private static let negligible = 1e-14

  init(
    _ program: BranchingProgram, values: ProgramValues<Double>, pool: ThreadPool, mode: Mode
  ) {
    self.program = program
    self.values = values
    self.pool = pool
    self.mode = mode
  }

  private var isExact: Bool { if case .exact = mode { true } else { false } }

  /// The branches at the end.
  ///
  /// - Parameter weight: Of all branches together: 1, or the number of shots.
  mutating func branches(weight: Double) throws(AnsatzError) -> [Branch] {
    let state = try StateBuffer<Double>(qubitCount: program.circuit.qubitCount, pool: pool)
    try state.run(program.first, values)
    let start = Branch(bits: BitValues(count: program.slots.count), weight: weight, state: state)
    alive = 1
    return try follow(program.steps, [start])
  }

  private mutating func follow(
    _ steps: [BranchStep], _ start: [Branch]
  ) throws(AnsatzError) -> [Branch] {
    var branches = start
    for step in steps where !branches.isEmpty {
      switch step {
      case .gates(let gates): try apply(gates, to: branches)
      case .measure(let bit, let slot):
        branches = merged(try split(branches, bit: bit) { $0.bits[slot] = $1 })
      case .reset(let bit):
        branches = merged(try split(branches, bit: bit, moves: true) { _, _ in })
      case .project(let values, let projection):
        branches = project(branches, values)
        if branches.isEmpty, isExact {
          throw AnsatzError(
            .badData,
            "the outcome '\(projection.outcome)' of qubits \(projection.qubits), which the circuit "
              + "selects, has probability 0; select another one")
        }
      case .choose(let condition, let body, let otherwise):
        let slots = program.slots
        let answers = branches.map { branch in
          condition.holds { branch.bits[slots.slot(of: $0)] }
        }
        let chosen = zip(branches, answers).filter(\.1).map(\.0)
        let others = zip(branches, answers).filter { !$0.1 }.map(\.0)
        branches = try follow(body, chosen) + follow(otherwise, others)
        branches = merged(branches)
      }
    }
    return branches
  }

  /// Small states run side by side, large ones one after the other on all threads.
  private func apply(_ gates: Program, to branches: [Branch]) throws(AnsatzError) {
    guard program.circuit.qubitCount < StateBuffer<Double>.tiledFrom else {
      for branch in branches { try branch.state.run(gates, values) }
      return
    }
    let runner = BlockRunner<Double>(gates, values: values)
    let block = [Evaluation(sample: 0)][...]
    let coefficients = runner.coefficients(for: block)
    var failures = [AnsatzError?](repeating: nil, count: branches.count)
    failures.withUnsafeMutableBufferPointer { failures in
      let results = SendablePointer(failures.baseAddress)
      pool.run(chunks: branches.count) { index in
        do throws(AnsatzError) {
          let state = branches[index].state
          state.toInterleaved()
          try runner.forward(state.amplitudes, block: block, coefficients: coefficients)
        } catch {
          results.value?[index] = error
        }
      }
    }
    if let failure = failures.compactMap({ $0 }).first { throw failure }
  }

  /// Measures a bit of every branch.
  ///
  /// - Parameters:
  ///   - moves: Whether the bit is 0 afterwards, whatever it was.
  ///   - note: Writes the result down.
  private mutating func split(
    _ branches: [Branch], bit: Int, moves: Bool = false,
    note: (_ branch: inout Branch, _ result: Bool) -> Void
  ) throws(AnsatzError) -> [Branch] {
    var result: [Branch] = []
    result.reserveCapacity(branches.count)
    for branch in branches {
      let one = branch.state.probabilityOfOne(bit: bit)
      let ones = share(of: branch.weight, probability: one)
      let weights = [(false, branch.weight - ones, 1 - one), (true, ones, one)].filter {
        isExact ? $0.2 > Self.negligible : $0.1 > 0
      }
      if weights.count > 1 { try addBranch() }
      for (index, (value, weight, probability)) in weights.enumerated() {
        let isLast = index == weights.count - 1
        let state = isLast ? branch.state : try branch.state.copy()
        state.collapse(bit: bit, to: value, probability: probability, moves: moves)
        var next = Branch(bits: branch.bits, weight: weight, state: state)
        note(&next, value)
        result.append(next)
      }
    }
    return result
  }

  /// The part of a weight that a result with this probability gets.
  private mutating func share(of weight: Double, probability: Double) -> Double {
    guard case .shots(var random) = mode else { return weight * probability }
    var count = 0
    for _ in 0..<Int(weight) where random.uniform() < probability { count += 1 }
    mode = .shots(random)
    return Double(count)
  }

  private mutating func addBranch() throws(AnsatzError) {
    alive += 1
    guard isExact, alive > BranchingProgram.maximumBranches else {
      return try checkMemory()
    }
    throw AnsatzError(
      .unavailable,
      "the measurements of the circuit leave more than \(BranchingProgram.maximumBranches) "
        + "branches at once; run it by shots (--shots N)")
  }

  private func checkMemory() throws(AnsatzError) {
    // Asked now and then, and when the states are large.
    guard alive & 15 == 0 || program.circuit.qubitCount > 20 else { return }
    let needed = MemoryLimit.states(Double(alive), of: Double.self)(program.circuit.qubitCount, 1)
    guard needed > MemoryLimit.available * 0.8 else { return }
    throw AnsatzError(
      .unavailable,
      "\(alive) branches of \(program.circuit.qubitCount) qubits need \(byteText(needed)) of "
        + "memory, and there are \(byteText(MemoryLimit.available)); "
        + (isExact ? "run the circuit by shots (--shots N)" : "use fewer shots at once"))
  }

  private mutating func project(
    _ branches: [Branch], _ values: [(bit: Int, value: Bool)]
  ) -> [Branch] {
    var result: [Branch] = []
    for var branch in branches {
      var lives = true
      for (bit, value) in values where lives {
        let one = branch.state.probabilityOfOne(bit: bit)
        let probability = value ? one : 1 - one
        branch.weight = share(of: branch.weight, probability: probability)
        lives = probability > Self.negligible && branch.weight > 0
        if lives { branch.state.collapse(bit: bit, to: value, probability: probability) }
      }
      if lives { result.append(branch) } else { alive -= 1 }
    }
    return result
  }

  /// Joins branches with equal bits and equal states.
  private mutating func merged(_ branches: [Branch]) -> [Branch] {
    var result: [Branch] = []
    var places: [BitValues: [(place: Int, fingerprint: Double)]] = [:]
    var groups: [BitValues: Int] = [:]
    for branch in branches { groups[branch.bits, default: 0] += 1 }
    for branch in branches {
      guard groups[branch.bits, default: 0] > 1 else {
        result.append(branch)
        continue
      }
      let fingerprint = branch.state.fingerprint
      let known = places[branch.bits, default: []].first {
        abs($0.fingerprint - fingerprint) < 1e-11
          && result[$0.place].state.distance(to: branch.state) < 1e-12
      }
      if let known {
        result[known.place].weight += branch.weight
        alive -= 1
      } else {
        places[branch.bits, default: []].append((result.count, fingerprint))
        result.append(branch)
      }
    }
    return result
  }
}
