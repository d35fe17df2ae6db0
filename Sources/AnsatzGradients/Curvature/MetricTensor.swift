import AnsatzMath
import AnsatzSimulator

/// Which entries of a metric tensor are kept; the others are 0.
public enum MetricForm: String, CaseIterable, Sendable {
  /// All entries.
  case full
  /// Pairs of weights whose first gates stand in one layer: parametric gates none of which another
  /// one of the layer comes before.
  case blockDiagonal = "block-diagonal"
  /// Each weight alone.
  case diagonal
}

extension CircuitPoint {
  /// The Fubini-Study metric of the final state in the weights, `[weights, weights]`:
  /// `g_ij = Re⟨∂_iψ|∂_jψ⟩ - Re(⟨∂_iψ|ψ⟩⟨ψ|∂_jψ⟩)`, the mean over the samples.
  ///
  /// For a gate `exp(-iθG)` alone it is the variance of G: 1/4 for a rotation of a qubit whose axis
  /// is across the state. `|⟨ψ(θ)|ψ(θ+δ)⟩|² ≈ 1 - δᵀgδ`, and the quantum Fisher information is 4g.
  ///
  /// - Throws: `AnsatzError` for values that do not fit, or states that do not fit into memory.
  public func metricTensor(_ form: MetricForm = .full) throws(AnsatzError) -> Tensor<Double> {
    var total = Tensor<Double>(shape: [program.weightCount, program.weightCount])
    let values = try ProgramValues(program, inputs: inputs, weights: weights)
    for sample in 0..<inputs.shape[0] {
      let tangents = try program.tangents(values, sample: sample, needed: weightAngles)
      let count = tangents.occurrences.count
      guard count > 0 else { continue }
      let gram = matrixProduct(tangents.states, tangents.states, transposeB: true)
      let phases = alongState(tangents)
      var metric = Tensor<Double>(shape: [count, count])
      for i in 0..<count {
        for j in 0..<count {
          metric[i, j] =
            gram[i, j] - gram[i, count] * gram[j, count] - phases[i] * phases[j]
        }
      }
      total.add(
        try WeightChain(
          program, values, sample: sample, parameters: tangents.occurrences.map { ($0, 1) }
        ).congruence(metric))
    }
    total = 1 / Double(max(1, inputs.shape[0])) * total
    switch form {
    case .full: return total
    case .diagonal: return masked(total) { $0 == $1 }
    case .blockDiagonal:
      let layers = program.weightLayers
      return masked(total) { layers[$0] == layers[$1] }
    }
  }

  /// The quantum Fisher information of the final state: 4 times the metric tensor.
  public func quantumFisher(_ form: MetricForm = .full) throws(AnsatzError) -> Tensor<Double> {
    4 * (try metricTensor(form))
  }

  /// The Fisher information of the outcomes of measuring all qubits, the mean over the samples:
  /// `F_ij = Σ_x ∂_i p(x) ∂_j p(x) / p(x)`.
  ///
  /// Outcomes of probability 0 (below 10⁻³⁰) are left out; where one appears, F is not continuous.
  /// F is never more than the quantum Fisher information.
  ///
  /// - Throws: `AnsatzError` for values that do not fit, or states that do not fit into memory.
  public func classicalFisher() throws(AnsatzError) -> Tensor<Double> {
    var total = Tensor<Double>(shape: [program.weightCount, program.weightCount])
    let values = try ProgramValues(program, inputs: inputs, weights: weights)
    for sample in 0..<inputs.shape[0] {
      let tangents = try program.tangents(values, sample: sample, needed: weightAngles)
      let count = tangents.occurrences.count
      let outcomes = tangents.states.rowSize / 2
      let state = Array(tangents.states.row(count))
      // Rows of ∂_i p / √p.
      var scores = Tensor<Double>(shape: [outcomes, count])
      for x in 0..<outcomes {
        let (re, im) = (state[2 * x], state[2 * x + 1])
        let probability = re * re + im * im
        guard probability > 1e-30 else { continue }
        for i in 0..<count {
          scores[x, i] =
            2 * (re * tangents.states[i, 2 * x] + im * tangents.states[i, 2 * x + 1])
            / probability.squareRoot()
        }
      }
      let rows = try WeightChain(
        program, values, sample: sample, parameters: tangents.occurrences.map { ($0, 1) }
      ).transported(scores)
      total.add(matrixProduct(rows, rows, transposeA: true))
    }
    return 1 / Double(max(1, inputs.shape[0])) * total
  }

  private var weightAngles: [Bool] { program.angles.map { !$0.weightPartials.isEmpty } }

  /// `Im⟨ψ|∂_iψ⟩`
  private func alongState(_ tangents: StateTangents) -> [Double] {
    let count = tangents.occurrences.count
    let state = Array(tangents.states.row(count))
    return (0..<count).map { innerProduct(state, Array(tangents.states.row($0))).imaginary }
  }

  private func masked(
    _ matrix: Tensor<Double>, keep: (Int, Int) -> Bool
  ) -> Tensor<Double> {
    var result = matrix
    for i in 0..<matrix.shape[0] {
      for j in 0..<matrix.shape[1] where !keep(i, j) { result[i, j] = 0 }
    }
    return result
  }
}

extension Program {
  /// For each weight, the layer of the first gate that depends on it; -1 if none does.
  package var weightLayers: [Int] {
    var layers = [Int](repeating: -1, count: weightCount)
    var layer = 0
    // The bits that parametric gates of the layer have reached.
    var reached = 0
    for instruction in instructions {
      let bits = instruction.bits
      let weights = instruction.occurrence.map { angles[$0].weightPartials.map(\.weight) } ?? []
      guard !weights.isEmpty else {
        if bits & reached != 0 { reached |= bits }
        continue
      }
      if bits & reached != 0 {
        layer += 1
        reached = 0
      }
      reached |= bits
      for weight in weights where layers[weight] < 0 { layers[weight] = layer }
    }
    return layers
  }
}
