import AnsatzMath
import AnsatzSettings
import AnsatzSimulator
import Numerics

/// Exact gradients from shifted circuits, as hardware would measure them.
///
/// Each gate that depends on a wanted value is shifted on its own and the chain rule puts shared
/// weights and expressions together. Pauli rotations and phases take two evaluations, controlled
/// rotations and excitations four, others two for each frequency of their generator. All evaluations
/// run as one batch.
///
/// With shots, every Pauli word of an observable is measured that many times in every circuit, and
/// the gradient has standard errors.
///
/// - Source: Schuld et al., arXiv:1811.11184; Wierichs et al., arXiv:2107.12390.
public struct ParameterShift: GradientMethod {
  public static let name = "parameter-shift"
  /// What it is, in one line.
  public static let summary = "exact, or sampled with shots=N; shifted circuits for each gate"
  public static let accuracy = GradientAccuracy.exact
  public static let settings = [
    Setting(
      "shots", \ParameterShift.shots, 1...Int.max, none: "0",
      "how often each word is measured in each circuit; 0 for exact values"),
    Setting(seed: "seed", \ParameterShift.seed, "decides the results of shots"),
  ]

  /// How often each word is measured in each circuit; nil for exact values.
  public var shots: Int?
  /// Decides the results of shots.
  public var seed: UInt64

  /// How many evaluations run at once: enough to fill the threads, few enough to hold.
  private static let batchSize = 1 << 14

  /// With the default settings.
  public init() { self.init(shots: nil) }
  /// Exact values, or as many shots for each Pauli string.
  public init(shots: Int?, seed: UInt64 = 0) {
    self.shots = shots
    self.seed = seed
  }

  public func sampling(shots: Int, seed: UInt64) -> any GradientMethod {
    self.shots == nil ? ParameterShift(shots: shots, seed: seed) : self
  }

  public func gradient<S: Scalar>(
    of pass: ForwardPass<S>, upstream: Tensor<S>, request: GradientRequest
  ) throws(AnsatzError) -> CircuitGradient<S> {
    let (run, program) = (pass.run, pass.run.program)
    try program.checkAngles(Self.name, request)
    let entries = ShiftPlan(program, needs: request.needs).entries
    // Shots measure words, not observables.
    let words = pass.observables.words
    let measured = shots == nil ? pass.observables : words.observables
    // Other weights take other numbers, so that the errors of successive steps are independent.
    var noise = ShotNoise(seed: seed ^ fingerprint(run.values.weights))
    let samples = run.evaluations.count
    let angleCount = program.angles.count
    var list: [Evaluation] = []
    var places: [(slot: Int, coefficient: Double)] = []
    var derivatives = [Double](repeating: 0, count: samples * angleCount)
    var variances = [Double](repeating: 0, count: shots == nil ? 0 : samples * angleCount)
    var evaluations = 0

    func flush() throws(AnsatzError) {
      guard !list.isEmpty else { return }
      let shifted = try BatchRun(
        program, values: run.values, evaluations: list, pool: run.pool, executor: run.executor
      )
      .forward(measured, keepStates: false).expectations
      for (row, evaluation) in list.enumerated() {
        let (slot, coefficient) = places[row]
        var (total, variance) = (0.0, 0.0)
        for k in 0..<measured.count {
          let exact = Double(shifted[row, k])
          guard shots != nil else {
            total += Double(upstream[evaluation.sample, k]) * exact
            continue
          }
          let drawn = noise.mean(exact, shots: shots)
          var weight = 0.0
          for use in words.uses[k] {
            weight += Double(upstream[evaluation.sample, use.observable]) * use.coefficient
          }
          total += weight * drawn.mean
          variance += weight * weight * drawn.variance
        }
        derivatives[slot] += coefficient * total
        if shots != nil { variances[slot] += coefficient * coefficient * variance }
      }
      evaluations += list.count
      list.removeAll(keepingCapacity: true)
      places.removeAll(keepingCapacity: true)
    }

    for sample in 0..<samples {
      for entry in entries {
        for term in entry.rule.terms {
          list.append(Evaluation(sample: sample, shifts: entry.shifts(term)))
          places.append(
            (sample * angleCount + entry.occurrence, term.coefficient / entry.divisor))
        }
      }
      if list.count >= Self.batchSize { try flush() }
    }
    try flush()
    let rule = ChainRule(program: program, values: run.values, request: request)
    var gradient = try rule.gradient(angleDerivatives: derivatives, evaluations: evaluations)
    if let shots {
      gradient.shots = shotCount(evaluations, measured.count, shots)
      gradient.weightErrors = rule.weightErrors(angleVariances: variances)
    }
    return gradient
  }

  public func gradient(
    of function: StateFunction, at point: CircuitPoint, request: GradientRequest
  ) throws -> CircuitGradient<Double> {
    guard shots == nil else {
      throw AnsatzError(
        .usage,
        "parameter-shift takes shots for expectation values, not for \(function.name); leave out "
          + "shots, or use the gradient method 'spsa'")
    }
    try point.program.checkAngles(Self.name, request)
    let output = try FrozenOutput(function, at: point)
    let (program, entries) = (point.program, ShiftPlan(point.program, needs: request.needs).entries)
    var list: [(evaluation: Evaluation, insertion: Insertion?)] = []
    var places: [(slot: Int, coefficient: Double)] = []
    for sample in 0..<output.sampleCount {
      for entry in entries {
        for term in entry.rule.terms {
          list.append((Evaluation(sample: sample, shifts: entry.shifts(term)), nil))
          places.append(
            (
              sample * program.angles.count + entry.occurrence,
              term.coefficient / entry.divisor
            ))
        }
      }
    }
    var derivatives = [Double](repeating: 0, count: output.sampleCount * program.angles.count)
    try output.forEachState(list) { index, state in
      let apply = output.operators[list[index].evaluation.sample]
      derivatives[places[index].slot] +=
        places[index].coefficient * meanValue(apply, in: state)
    }
    return try output.gradient(derivatives, request, evaluations: list.count)
  }

  public func gradient<S: Scalar>(
    of point: NoisyPoint<S>, upstream: Tensor<S>, request: GradientRequest
  ) throws(AnsatzError) -> CircuitGradient<S> {
    try point.gradient(
      by: Self.name, upstream: upstream, request: request, shots: shots ?? point.shots
    ) {
      angle in
      point.expectations.rules[angle].terms.map { (.shift($0.shift), $0.coefficient) }
    }
  }
}
