import AnsatzMath
import AnsatzSimulator

/// Exact gradients from shifted circuits, as hardware would measure them.
///
/// Each gate that depends on a wanted value is shifted on its own and the chain rule puts shared
/// weights and expressions together. Pauli rotations and phases take two evaluations, controlled
/// rotations four. All evaluations run as one batch.
///
/// - Source: Schuld et al., arXiv:1811.11184; Wierichs et al., arXiv:2107.12390.
public struct ParameterShift: GradientMethod {
  public static let name = "parameter-shift"
  public static let summary = "exact; two or four shifted circuits for each gate and sample"

  /// How many evaluations run at once: enough to fill the threads, few enough to hold.
  private static let batchSize = 1 << 14

  public init() {}

  public func gradient<S: Scalar>(
    of pass: ForwardPass<S>, upstream: Tensor<S>, request: GradientRequest
  ) throws(AnsatzError) -> CircuitGradient<S> {
    let (run, program) = (pass.run, pass.run.program)
    if request.inputs, case .amplitudes = program.start {
      throw AnsatzError(
        .usage,
        "parameter-shift has no rule for the inputs of an amplitude embedding, which are not "
          + "angles; use the gradient method 'adjoint'")
    }
    let rules = shiftRules(of: program, request: request)
    let samples = run.evaluations.count
    let angleCount = program.angles.count
    var list: [Evaluation] = []
    var coefficients: [Double] = []
    var derivatives = [Double](repeating: 0, count: samples * angleCount)
    var evaluations = 0

    func flush() throws(AnsatzError) {
      guard !list.isEmpty else { return }
      let shifted = try BatchRun(
        program, values: run.values, evaluations: list, pool: run.pool, executor: run.executor
      )
      .forward(pass.observables, keepStates: false).expectations
      for (row, evaluation) in list.enumerated() {
        guard let occurrence = evaluation.shift?.occurrence else { continue }
        var total = 0.0
        for k in 0..<pass.observables.count {
          total += Double(upstream[evaluation.sample, k]) * Double(shifted[row, k])
        }
        derivatives[evaluation.sample * angleCount + occurrence] += coefficients[row] * total
      }
      evaluations += list.count
      list.removeAll(keepingCapacity: true)
      coefficients.removeAll(keepingCapacity: true)
    }

    for sample in 0..<samples {
      for (occurrence, rule) in rules {
        for term in rule.terms {
          list.append(Evaluation(sample: sample, shift: (occurrence, term.shift)))
          coefficients.append(term.coefficient)
        }
      }
      if list.count >= Self.batchSize { try flush() }
    }
    try flush()
    return ChainRule(program: program, values: run.values, request: request)
      .gradient(angleDerivatives: derivatives, evaluations: evaluations)
  }

  private func shiftRules(
    of program: Program, request: GradientRequest
  ) -> [(occurrence: Int, rule: ShiftRule)] {
    program.instructions.compactMap { instruction in
      guard let occurrence = instruction.occurrence, request.needs(program.angles[occurrence])
      else { return nil }
      let frequencies = instruction.frequencies
      return (
        occurrence, ShiftRule(harmonics: frequencies.count, base: frequencies.first ?? 1)
      )
    }
  }
}
