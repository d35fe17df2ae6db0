import AnsatzCircuits
import AnsatzMath

/// How much of what was started with took a branch.
enum BranchWeight {
  case probability(Double)
  /// As many as fit an `Int`, which a `Double` does not hold to the last one.
  case shots(Int)

  var value: Double {
    switch self {
    case .probability(let value): value
    case .shots(let count): Double(count)
    }
  }

  static func + (a: BranchWeight, b: BranchWeight) -> BranchWeight {
    switch (a, b) {
    case (.shots(let a), .shots(let b)): .shots(a + b)
    default: .probability(a.value + b.value)
    }
  }

  /// What is left of it without a part.
  static func - (a: BranchWeight, b: BranchWeight) -> BranchWeight {
    switch (a, b) {
    case (.shots(let a), .shots(let b)): .shots(a - b)
    default: .probability(a.value - b.value)
    }
  }
}

/// One way that the measurements may turn out.
struct Branch {
  var bits: BitValues
  var weight: BranchWeight
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

  /// The most branches at once by shots.
  let largestCount: Int

  /// Shots took more ways than are followed at once.
  static let overflow = AnsatzError(
    .unavailable, "the shots take more ways at once than fit into memory; use fewer shots")

  /// Results less probable than this are rounding.
  private static let negligible = 1e-14

  init(
    _ program: BranchingProgram, values: ProgramValues<Double>, pool: ThreadPool, mode: Mode
  ) {
    self.program = program
    self.values = values
    self.pool = pool
    self.mode = mode
    let bytes = MemoryLimit.states(1, of: Double.self)(program.circuit.qubitCount, 1)
    largestCount = Int(min(Double(1 << 14), max(1, MemoryLimit.available / 2 / bytes)))
  }

  private var isExact: Bool { if case .exact = mode { true } else { false } }

  /// The branches at the end.
  ///
  /// - Parameter weight: Of all branches together: 1, or the number of shots.
  /// - Throws: `AnsatzError` for more branches than are followed at once.
  mutating func branches(weight: BranchWeight) throws(AnsatzError) -> [Branch] {
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
        isExact ? $0.2 > Self.negligible : $0.1.value > 0
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
  private mutating func share(of weight: BranchWeight, probability: Double) -> BranchWeight {
    guard case .shots(var random) = mode, case .shots(let shots) = weight else {
      return .probability(weight.value * probability)
    }
    let count = random.binomial(shots, probability: probability)
    mode = .shots(random)
    return .shots(count)
  }

  private mutating func addBranch() throws(AnsatzError) {
    alive += 1
    if isExact, alive > BranchingProgram.maximumBranches {
      throw AnsatzError(
        .unavailable,
        "the measurements of the circuit leave more than \(BranchingProgram.maximumBranches) "
          + "branches at once; run it by shots (--shots N)")
    }
    // Asked now and then, and when the states are large.
    guard alive & 15 == 0 || program.circuit.qubitCount > 20 else { return }
    let bytes = MemoryLimit.states(1, of: Double.self)(program.circuit.qubitCount, 1)
    // Those that are there are counted already.
    if !isExact, alive > largestCount { throw Self.overflow }
    try MemoryLimit.check(
      "one more branch beside \(alive - 1) of \(program.circuit.qubitCount) qubits",
      bytes: 16 * bytes,
      mend: isExact ? "run the circuit by shots (--shots N)" : "use fewer shots")
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
        lives = probability > Self.negligible && branch.weight.value > 0
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
        result[known.place].weight = result[known.place].weight + branch.weight
        alive -= 1
      } else {
        places[branch.bits, default: []].append((result.count, fingerprint))
        result.append(branch)
      }
    }
    return result
  }
}
