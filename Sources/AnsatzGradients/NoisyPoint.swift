import AnsatzMath
import AnsatzSimulator

/// Where a circuit under noise is differentiated: a batch of inputs and the weights, and how often is
/// measured.
///
/// The gradient of one sample takes one pass forwards and one back for each Pauli string of the
/// observables, whatever the number of angles and of the circuits that the method stands for.
public struct NoisyPoint<S: Scalar>: Sendable {
  /// What is measured, and under which noise.
  public let expectations: NoisyExpectations
  /// `[samples, inputCount]`
  public let inputs: Tensor<S>
  /// `[weightCount]`
  public let weights: [S]
  /// How often each Pauli string is measured in each circuit; nil for exact values.
  public let shots: Int?
  /// Decides the results of shots, with the weights.
  public let seed: UInt64
  let pool: ThreadPool

  /// A batch of samples, at the same weights.
  public init(
    _ expectations: NoisyExpectations, inputs: Tensor<S>, weights: [S], shots: Int? = nil,
    seed: UInt64 = 0, pool: ThreadPool = .shared
  ) {
    self.expectations = expectations
    self.inputs = inputs
    self.weights = weights
    self.shots = shots
    self.seed = seed
    self.pool = pool
  }

  /// Σ_k upstream[b, k] ⟨O_k⟩_b for each sample, at other inputs and weights.
  func weightedValues(
    _ upstream: Tensor<S>, inputs: Tensor<S>, weights: [S]
  ) throws(AnsatzError) -> [Double] {
    let values = try expectations.values(
      inputs: inputs, weights: weights, shots: shots,
      seed: seed ^ fingerprint((weights + inputs.elements).map { Double($0) }), pool: pool)
    return (0..<inputs.rowCount).map { sample in
      zip(upstream.row(sample), values.row(sample)).reduce(0) { $0 + Double($1.0) * Double($1.1) }
    }
  }

  /// The gradient by probes of each angle's gate.
  ///
  /// - Parameter probes: For an angle of the program, what is put in and the factor of each result.
  func gradient(
    by method: String, upstream: Tensor<S>, request: GradientRequest, shots: Int?,
    probes: (_ angle: Int) -> [(probe: DensityProbe, factor: Double)]
  ) throws(AnsatzError) -> CircuitGradient<S> {
    let program = expectations.program
    if request.inputs, case .amplitudes = program.start {
      throw AnsatzError(
        .usage,
        "under noise '\(method)' does not differentiate the inputs of an amplitude embedding, which "
          + "are not angles; put no trained layer before the circuit, or use the gradient method "
          + "'\(FiniteDifference.name)' or '\(SPSA.name)'")
    }
    let values = try ProgramValues(
      program, inputs: inputs, weights: weights, allowsChannels: true)
    let angles = program.angles.count
    let asked = program.angles.indices.filter { request.needs(program.angles[$0]) }.map {
      (occurrence: $0, probes: probes($0))
    }
    let rows = try expectations.sums(
      asked, inputs: inputs, weights: weights, upstream: upstream, shots: shots,
      seed: seed ^ fingerprint(values.weights), pool: pool)
    let rule = ChainRule(program: program, values: values, request: request)
    let circuits = asked.reduce(0) { $0 + $1.probes.count } * inputs.rowCount
    var gradient = try rule.gradient(
      angleDerivatives: rows.flatMap { $0.prefix(angles) }, evaluations: circuits)
    if let shots {
      gradient.shots = shotCount(circuits, expectations.stringCount, shots)
      gradient.weightErrors = rule.weightErrors(angleVariances: rows.flatMap { $0.suffix(angles) })
    }
    return gradient
  }
}
