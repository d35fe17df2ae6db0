import AnsatzCircuits
import AnsatzMath

/// A circuit with measurements, compiled to run exactly or by shots.
///
/// The run follows every result that a measurement in mid-circuit can have, as a branch with a state
/// and register values of its own; branches with equal registers and equal states are merged.
/// Exactly, a branch carries its probability; by shots, the number of shots that took it, so that
/// only results that came up are followed.
///
/// Terminal measurements do not branch: the final states stay those before them.
public struct BranchingProgram: Sendable {
  /// What is run.
  public let circuit: Circuit
  /// The gates before the first measurement, from the start state.
  let first: Program
  let steps: [BranchStep]
  let slots: BitSlots
  /// What is measured last: bits of the state and where the results go.
  let terminal: [(bit: Int, slot: Int)]

  /// The most branches that may be alive at once in an exact run.
  public static let maximumBranches = 1 << 16

  /// The most shots of a circuit whose branches do not fit side by side, so that it runs lot by lot.
  public static let maximumShotsInLots = 1 << 30

  /// - Throws: `AnsatzError` if the circuit holds a channel, which branches do not follow.
  public init(_ circuit: Circuit) throws(AnsatzError) {
    self.circuit = circuit
    slots = BitSlots(circuit.registers)
    let terminalPlaces = circuit.terminalMeasurements
    let compiler = StepCompiler(circuit: circuit, slots: slots)
    var body: [CircuitOperation] = []
    var terminal: [(bit: Int, slot: Int)] = []
    for (index, operation) in circuit.operations.enumerated() {
      if terminalPlaces.contains(index), case .measurement(let measurement) = operation {
        terminal.append(
          (circuit.qubitCount - 1 - measurement.qubit, slots.slot(of: measurement.bit)))
      } else {
        body.append(operation)
      }
    }
    self.terminal = terminal
    let head = body.prefix {
      switch $0 {
      case .gate, .amplitudes: true
      default: false
      }
    }
    first = Program(Array(head), of: circuit, start: .zero)
    steps = try compiler.steps(of: Array(body.dropFirst(head.count)))
  }

  /// Runs exactly.
  ///
  /// - Parameters:
  ///   - observables: What to take the expectation values of.
  ///   - inputs: One sample, `[inputCount]`.
  ///   - weights: `[weightCount]`, in the circuit's order.
  ///   - probabilities: Whether the probabilities of basis states are wanted.
  /// - Throws: `AnsatzError` for values that do not fit, for more than `maximumBranches` branches at
  ///   once, for states that do not fit into memory, and if a postselected outcome is impossible;
  ///   `CircuitError` for observables that do not fit.
  public func run(
    _ observables: [any Observable] = [], inputs: [Double] = [], weights: [Double] = [],
    probabilities: Bool = true, pool: ThreadPool = .shared
  ) throws -> BranchingResult {
    var run = BranchRun(self, values: try values(inputs, weights), pool: pool, mode: .exact)
    var summary = try summary(observables, probabilities)
    var none: RandomStream?
    try summary.add(try run.branches(weight: .probability(1)), random: &none)
    return try summary.result(of: 1, shots: false)
  }

  /// Follows as many shots as asked for, each with measurement results of its own.
  ///
  /// - Parameter random: Decides the results, which are the same whatever the number of threads.
  /// - Throws: As the exact run does, but for the number of branches; for more than
  ///   `maximumShotsInLots` shots that take more ways than fit side by side; `CancellationError` once
  ///   `StopFlag` is raised.
  public func run(
    shots: Int, _ observables: [any Observable] = [], inputs: [Double] = [],
    weights: [Double] = [], probabilities: Bool = true, using random: inout RandomStream,
    pool: ThreadPool = .shared
  ) throws -> BranchingResult {
    guard shots > 0 else { throw AnsatzError(.usage, "\(shots) shots; use 1 or more") }
    let values = try values(inputs, weights)
    var summary = try summary(observables, probabilities)
    // All shots at once: only the ways that they take are followed, however many take one. Where
    // those do not fit side by side, the shots go in lots.
    var lot = shots
    var left = shots
    while left > 0 {
      try StopFlag.check()
      let size = min(lot, left)
      var run = BranchRun(self, values: values, pool: pool, mode: .shots(random))
      let branches: [Branch]
      do throws(AnsatzError) {
        branches = try run.branches(weight: .shots(size))
      } catch {
        guard error == BranchRun.overflow, size > 1 else { throw error }
        guard shots <= Self.maximumShotsInLots else {
          throw AnsatzError(
            .unavailable,
            "\(shots) shots of the circuit take more ways at once than are followed side by side, and "
              + "would run lot by lot; use at most \(Self.maximumShotsInLots) shots")
        }
        // A lot of as many shots as there may be branches always fits.
        lot = min(run.largestCount, size / 2)
        continue
      }
      left -= size
      if case .shots(let stream) = run.mode { random = stream }
      var source: RandomStream? = random
      try summary.add(branches, random: &source)
      if let source { random = source }
    }
    return try summary.result(of: Double(shots), shots: true)
  }

  private func values(
    _ inputs: [Double], _ weights: [Double]
  ) throws(AnsatzError) -> ProgramValues<Double> {
    try ProgramValues(
      first, inputs: Tensor(shape: [1, inputs.count], elements: inputs), weights: weights)
  }

  private func summary(
    _ observables: [any Observable], _ probabilities: Bool
  ) throws -> BranchSummary {
    let n = circuit.qubitCount
    try MemoryLimit.check(
      probabilities ? "a state and its probabilities" : "a state", qubits: n,
      bytes: MemoryLimit.states(probabilities ? 1.5 : 1, of: Double.self))
    return BranchSummary(
      self, try CompiledObservables(observables, qubitCount: n), probabilities: probabilities)
  }
}
