import AnsatzCircuits
import AnsatzMath

/// A circuit with noise, compiled once to run as trajectories: pure states in which each channel acts
/// by one of its Kraus operators, drawn anew each time.
///
/// The mean over trajectories is what a density matrix gives, with a standard error that falls as
/// `1/√N`. Noise that is a mixture of Pauli words is drawn beforehand, and trajectories in which the
/// same happened are run once, as a batch of one circuit with other angles. Other noise is drawn by
/// the norms of what the Kraus operators make of the state, trajectories side by side.
///
/// - Source: Dalibard, Castin and Mølmer, Phys. Rev. Lett. 68, 580 (1992).
public struct TrajectoryProgram: Sendable {
  /// What is run.
  public let circuit: Circuit
  /// How many trajectories expectation values and probabilities are means of.
  public let trajectories: Int
  let frames: FramePart?
  let kraus: KrausPart?

  /// What runs noise that is all Pauli words.
  struct FramePart: Sendable {
    let circuit: FrameCircuit
    let program: Program
  }

  /// The most trajectories of one call: each is a run of its own, so their time grows with their number.
  public static let maximumTrajectories = 1 << 28

  /// - Throws: `AnsatzError` for fewer than 2 trajectories or more than `maximumTrajectories`, and for operations that depend on results
  ///   of measurements.
  public init(_ circuit: Circuit, trajectories: Int = 1000) throws(AnsatzError) {
    guard trajectories > 1 else {
      throw AnsatzError(
        .usage, "\(trajectories) trajectories; use 2 or more, since one has no standard error")
    }
    try Self.check(trajectories)
    self.circuit = circuit
    self.trajectories = trajectories
    let steps = try NoiseStep.steps(of: circuit)
    if let frame = try FrameCircuit(circuit, steps) {
      frames = FramePart(circuit: frame, program: Program(frame.circuit))
      kraus = nil
    } else {
      frames = nil
      kraus = KrausPart(circuit, steps)
    }
  }

  /// Refuses numbers that no one waits for, and those whose records do not fit into memory.
  private static func check(_ trajectories: Int) throws(AnsatzError) {
    guard trajectories <= maximumTrajectories else {
      throw AnsatzError(
        .usage,
        "\(trajectories) trajectories, each of them run; use at most \(maximumTrajectories), or a "
          + "density matrix, which counts any number of shots")
    }
    try MemoryLimit.check(
      "a record of \(trajectories) trajectories", bytes: 64 * Double(trajectories),
      mend: "use fewer")
  }

  /// Whether all noise is mixtures of Pauli words, which run on the fast engines.
  public var hasPauliNoiseOnly: Bool { frames != nil }
}

extension TrajectoryProgram: NoisySimulator {
  public func expectations(
    of observables: [any Observable], inputs: [Double] = [], weights: [Double] = [],
    using random: inout RandomStream, pool: ThreadPool = .shared
  ) throws -> [Estimate] {
    // Each string alone, since what is left of errors turns the signs of some.
    let sums = observables.map(\.pauliSum)
    let strings = sums.flatMap { $0.terms.map(\.string) }
    _ = try CompiledObservables(observables, qubitCount: circuit.qubitCount)
    var means = sums.map { _ in RunningMean() }
    try forEachString(strings, inputs, weights, using: &random, pool: pool) { values, count in
      var place = 0
      for (k, sum) in sums.enumerated() {
        var total = 0.0
        for term in sum.terms {
          total += term.coefficient * values[place]
          place += 1
        }
        means[k].add(total, times: count)
      }
    }
    return means.map(\.estimate)
  }

  /// Visits the trajectories' expectation values of Pauli strings, with how often each came up.
  private func forEachString(
    _ strings: [PauliString], _ inputs: [Double], _ weights: [Double],
    using random: inout RandomStream, pool: ThreadPool,
    _ body: (_ values: [Double], _ count: Int) -> Void
  ) throws {
    let compiled = try CompiledObservables(strings, qubitCount: circuit.qubitCount)
    if let frames {
      let drawn = try frames.draw(trajectories, inputs: inputs, using: &random)
      let values = try frames.expectations(
        strings, compiled, drawn, weights: weights, pool: pool)
      for (row, group) in zip(values, drawn.groups) { body(row, group.members.count) }
    } else if let kraus {
      let rows = try kraus.expectations(
        compiled, trajectories, inputs: inputs, weights: weights, using: &random, pool: pool)
      for row in 0..<rows.rowCount { body(Array(rows.row(row)), 1) }
    }
  }

  public func probabilities(
    inputs: [Double] = [], weights: [Double] = [], using random: inout RandomStream,
    pool: ThreadPool = .shared
  ) throws -> [Estimate] {
    let size = 1 << circuit.qubitCount
    try MemoryLimit.check("probabilities of trajectories", qubits: circuit.qubitCount) {
      qubits, _ in
      64 * Double(sign: .plus, exponent: qubits, significand: 1)
    }
    var means = [RunningMean](repeating: RunningMean(), count: size)
    let add: (UnsafePointer<Double>, Int) -> Void = { row, count in
      for j in 0..<size { means[j].add(row[j], times: count) }
    }
    if let frames {
      let drawn = try frames.draw(trajectories, inputs: inputs, using: &random)
      try frames.forEachDistribution(drawn, weights: weights, pool: pool) { row, group in
        add(row, group.members.count)
      }
    } else if let kraus {
      try kraus.forEachDistribution(
        trajectories, inputs: inputs, weights: weights, using: &random, pool: pool
      ) { row, _ in add(row, 1) }
    }
    return means.map(\.estimate)
  }

  /// Measures all qubits `shots` times, each time at the end of a trajectory of its own.
  ///
  /// - Throws: As the initializer for as many trajectories; `CancellationError` once `StopFlag` is raised.
  public func samples(
    shots: Int, inputs: [Double] = [], weights: [Double] = [], using random: inout RandomStream,
    pool: ThreadPool = .shared
  ) throws -> Samples {
    try samples(
      shots: shots, inputs: inputs, weights: weights, in: Double.self, using: &random, pool: pool)
  }

  /// The same in another precision.
  public func samples<S: Scalar>(
    shots: Int, inputs: [S] = [], weights: [S] = [], in precision: S.Type,
    using random: inout RandomStream, pool: ThreadPool = .shared
  ) throws -> Samples {
    guard shots > 0 else { throw AnsatzError(.usage, "\(shots) shots; use 1 or more") }
    try Self.check(shots)
    var outcomes = [Int](repeating: 0, count: shots)
    if let frames {
      let drawn = try frames.draw(shots, inputs: inputs, using: &random)
      outcomes = try frames.outcomes(drawn, weights: weights, using: &random, pool: pool)
    } else if let kraus {
      var places = [Double](repeating: 0, count: shots)
      for i in 0..<shots { places[i] = random.uniform() }
      try kraus.forEachDistribution(
        shots, inputs: inputs, weights: weights, using: &random, pool: pool
      ) { (row: UnsafePointer<S>, index) in
        outcomes[index] = drawOutcome(row, count: 1 << circuit.qubitCount, place: places[index])
      }
    }
    return Samples(qubitCount: circuit.qubitCount, outcomes: outcomes)
  }

  public func counts(
    shots: Int, inputs: [Double] = [], weights: [Double] = [], using random: inout RandomStream,
    pool: ThreadPool = .shared
  ) throws -> OutcomeCounts {
    let samples = try samples(
      shots: shots, inputs: inputs, weights: weights, using: &random, pool: pool)
    var counts: [Int: Int] = [:]
    for outcome in samples.outcomes { counts[outcome, default: 0] += 1 }
    return OutcomeCounts(
      qubitCount: circuit.qubitCount, shots: shots,
      entries: counts.sorted { $0.key < $1.key }.map { .init(outcome: $0.key, count: $0.value) })
  }
}
