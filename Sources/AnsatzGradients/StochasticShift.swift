import AnsatzMath
import AnsatzSimulator

/// Exact gradients from a rotation by ±π/4 about each Pauli word of each generator.
///
/// For a gate `exp(-iθG)`, `G = Σ c_W W`, the derivative is `Σ c_W (f₊ - f₋)`, where `f±` has
/// `exp(∓iπW/4)` put in after the gate. The words of every gate here commute with its generator, so
/// the time at which they would be put in, which the method draws at random, does not matter. For
/// generators where it does, see `EvolutionShift`.
///
/// - Source: Banchi and Crooks, Quantum 5, 386 (2021), arXiv:2005.10299.
public struct StochasticShift: GradientMethod, AngleMethod {
  public static let name = "stochastic-shift"
  /// What it is, in one line.
  public static let summary = "exact; a turn by ±π/4 about each Pauli word of each generator"
  public static let accuracy = GradientAccuracy.exact

  /// With the default settings.
  public init() {}

  func gradient(
    of output: FrozenOutput, request: GradientRequest
  ) throws(AnsatzError) -> CircuitGradient<Double> {
    let program = output.program
    try program.checkAngles(Self.name, request)
    var list: [(evaluation: Evaluation, insertion: Insertion?)] = []
    var uses: [(slot: Int, factor: Double)] = []
    for sample in 0..<output.sampleCount {
      for (place, instruction) in program.instructions.enumerated() {
        guard let occurrence = instruction.occurrence, request.needs(program.angles[occurrence])
        else { continue }
        for word in instruction.generatorWords {
          for sign in [1.0, -1.0] {
            list.append(
              (
                Evaluation(sample: sample),
                .rotation(word, angle: sign * .pi / 4, at: place)
              ))
            uses.append((sample * program.angles.count + occurrence, sign * word.coefficient))
          }
        }
      }
    }
    var derivatives = [Double](repeating: 0, count: output.sampleCount * program.angles.count)
    try output.forEachState(list) { index, state in
      let (slot, factor) = uses[index]
      let apply = output.operators[list[index].evaluation.sample]
      derivatives[slot] += factor * meanValue(apply, in: state)
    }
    return try output.gradient(derivatives, request, evaluations: list.count)
  }

  public func gradient<S: Scalar>(
    of point: NoisyPoint<S>, upstream: Tensor<S>, request: GradientRequest
  ) throws(AnsatzError) -> CircuitGradient<S> {
    try point.gradient(by: Self.name, upstream: upstream, request: request, shots: point.shots) {
      angle in
      point.expectations.words[angle].flatMap { word in
        [1.0, -1.0].map { (.turn(word, angle: $0 * .pi / 4), $0 * word.coefficient) }
      }
    }
  }
}
