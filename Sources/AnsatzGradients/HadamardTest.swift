import AnsatzMath
import AnsatzSimulator

/// Exact gradients from one circuit with an ancilla for each Pauli word of each generator.
///
/// For a gate `exp(-iθG)`, `G = Σ c_W W`, the derivative of `⟨E⟩` is `Σ 2 c_W Im⟨ψ|E|ψ_W⟩`, where
/// `ψ_W` has W put in after the gate. An ancilla in `|+⟩` that controls W reads the imaginary part as
/// `⟨Y ⊗ E⟩`; what is computed here is that circuit's expectation value, from its two branches.
///
/// - Source: Schuld et al., arXiv:1811.11184; Guerreschi and Smelyanskiy, arXiv:1701.01450.
public struct HadamardTest: GradientMethod, AngleMethod {
  public static let name = "hadamard-test"
  /// What it is, in one line.
  public static let summary = "exact; one circuit with an ancilla for each word of each generator"
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
          list.append((Evaluation(sample: sample), .word(word, at: place)))
          uses.append((sample * program.angles.count + occurrence, 2 * word.coefficient))
        }
      }
    }
    let bras = zip(output.operators, output.states).map { $0($1) }
    var derivatives = [Double](repeating: 0, count: output.sampleCount * program.angles.count)
    try output.forEachState(list) { index, state in
      let (slot, factor) = uses[index]
      derivatives[slot] +=
        factor * innerProduct(bras[list[index].evaluation.sample], state).imaginary
    }
    return try output.gradient(derivatives, request, evaluations: list.count)
  }

  /// The ancilla itself is without noise.
  public func gradient<S: Scalar>(
    of point: NoisyPoint<S>, upstream: Tensor<S>, request: GradientRequest
  ) throws(AnsatzError) -> CircuitGradient<S> {
    try point.gradient(by: Self.name, upstream: upstream, request: request, shots: point.shots) {
      angle in
      point.expectations.words[angle].map { (.commutator($0), 2 * $0.coefficient) }
    }
  }
}
