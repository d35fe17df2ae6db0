import AnsatzCircuits
import AnsatzMath
import AnsatzSimulator

/// How second derivatives are computed.
public enum HessianMethod: String, CaseIterable, Sendable {
  /// Exact, from the derivatives of the state: one run for each gate parameter.
  case adjoint
  /// Exact, by shift rules for every pair of gate parameters, all circuits as one batch.
  case parameterShift = "parameter-shift"
}

/// An expectation value and its first two derivatives in the weights, summed over the samples.
public struct Hessian: Sendable {
  /// The expectation value, summed over the samples.
  public let value: Double
  /// `[weights]`
  public let gradient: [Double]
  /// `[weights, weights]`, symmetric.
  public let matrix: Tensor<Double>
  /// How many circuits were run.
  public let evaluations: Int
}

extension CircuitPoint {
  /// The value, gradient and Hessian of an expectation value in the weights, summed over samples.
  ///
  /// - Throws: `CircuitError` for an observable beyond the qubits, `AnsatzError` for values that do
  ///   not fit or a state that does not fit into memory.
  public func hessian(
    of observable: any Observable, method: HessianMethod = .adjoint
  ) throws -> Hessian {
    let compiled = try CompiledObservables([observable], qubitCount: program.qubitCount)
    return try hessian(of: compiled, method: method)
  }

  /// The same for one observable that is compiled already.
  public func hessian(
    of observables: CompiledObservables, method: HessianMethod = .adjoint
  ) throws(AnsatzError) -> Hessian {
    guard observables.count == 1 else {
      throw AnsatzError(.usage, "a Hessian is that of one observable, not of \(observables.count)")
    }
    let values = try ProgramValues(program, inputs: inputs, weights: weights)
    let count = program.weightCount
    var (value, evaluations) = (0.0, 0)
    var gradient = [Double](repeating: 0, count: count)
    var matrix = Tensor<Double>(shape: [count, count])
    for sample in 0..<inputs.shape[0] {
      let part =
        switch method {
        case .adjoint: try byTangents(observables, values, sample: sample)
        case .parameterShift: try byShifts(observables, values, sample: sample)
        }
      value += part.value
      evaluations += part.evaluations
      for i in 0..<count { gradient[i] += part.gradient[i] }
      matrix.add(part.matrix)
    }
    return Hessian(value: value, gradient: gradient, matrix: matrix, evaluations: evaluations)
  }

  /// `∂_a∂_b⟨O⟩ = 2 Re(⟨∂_aψ|O|∂_bψ⟩ + ⟨ψ|O|∂_a∂_bψ⟩)`.
  private func byTangents(
    _ observables: CompiledObservables, _ values: ProgramValues<Double>, sample: Int
  ) throws(AnsatzError) -> Hessian {
    let tangents = try program.tangents(
      values, sample: sample, needed: program.angles.map { !$0.weightPartials.isEmpty },
      observables: observables)
    let count = tangents.occurrences.count
    var elements = [Double](repeating: 0, count: count * count)
    if count > 0 {
      let products = matrixProduct(tangents.states, tangents.images, transposeB: true).elements
      let second = tangents.second.elements
      for b in 0..<count {
        for a in 0...b {
          let value = 2 * (products[a * count + b] + second[b * count + a])
          (elements[a * count + b], elements[b * count + a]) = (value, value)
        }
      }
    }
    let matrix = Tensor(shape: [count, count], elements: elements)
    let chain = try WeightChain(
      program, values, sample: sample, parameters: tangents.occurrences.map { ($0, 1) })
    return Hessian(
      value: tangents.value, gradient: chain.gradient(tangents.gradient),
      matrix: chain.hessian(matrix, gradient: tangents.gradient), evaluations: count + 1)
  }

  /// `Σ_st c_s c_t f(θ_a + x_s, θ_b + x_t)` for every pair of parameters.
  private func byShifts(
    _ observables: CompiledObservables, _ values: ProgramValues<Double>, sample: Int
  ) throws(AnsatzError) -> Hessian {
    let entries = ShiftPlan(program, needs: { !$0.weightPartials.isEmpty }).entries
    var list = [Evaluation(sample: sample)]
    var uses: [(place: Int, coefficient: Double)] = [(-1, 0)]
    for (a, entry) in entries.enumerated() {
      for term in entry.rule.terms {
        list.append(Evaluation(sample: sample, shifts: entry.shifts(term)))
        uses.append((entries.count * entries.count + a, term.coefficient))
        for (b, other) in entries[...a].enumerated() {
          for second in other.rule.terms {
            list.append(
              Evaluation(sample: sample, shifts: entry.shifts(term) + other.shifts(second)))
            uses.append((a * entries.count + b, term.coefficient * second.coefficient))
          }
        }
      }
    }
    let results = try BatchRun(
      program, values: values, evaluations: list, pool: .shared, executor: .standard
    ).forward(observables, keepStates: false).expectations
    let count = entries.count
    var sums = [Double](repeating: 0, count: count * (count + 1))
    for (row, use) in uses.enumerated() where use.place >= 0 {
      sums[use.place] += use.coefficient * results[row, 0]
    }
    var matrix = Tensor(shape: [count, count], elements: Array(sums.prefix(count * count)))
    for a in 0..<count {
      for b in 0..<a { matrix[b, a] = matrix[a, b] }
    }
    let derivatives = Array(sums.suffix(count))
    let chain = try WeightChain(
      program, values, sample: sample, parameters: entries.map { ($0.occurrence, $0.divisor) })
    return Hessian(
      value: results[0, 0], gradient: chain.gradient(derivatives),
      matrix: chain.hessian(matrix, gradient: derivatives), evaluations: list.count)
  }
}
