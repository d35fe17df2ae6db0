import AnsatzCircuits
import AnsatzMath

extension Circuit {
  /// ⟨O⟩ from a finite number of shots.
  ///
  /// Strings that commute are measured together; the shots are spread over the groups in proportion
  /// to their coefficients.
  ///
  /// - Parameters:
  ///   - shots: Of all groups together; at least two a group.
  ///   - grouping: Which strings share a run.
  /// - Throws: `AnsatzError` for too few shots, or values that do not fit; `CircuitError` for an
  ///   observable beyond the qubits.
  public func estimate(
    _ observable: any Observable, shots: Int, grouping: CommutingGroup.Rule = .general,
    inputs: [Double] = [], weights: [Double] = [], using random: inout RandomStream
  ) throws -> Estimate {
    let sum = observable.pauliSum
    _ = try CompiledObservables([sum], qubitCount: qubitCount)
    let constant = sum.terms.filter { $0.string.factors.isEmpty }.reduce(0) { $0 + $1.coefficient }
    let groups = sum.commutingGroups(grouping)
    guard !groups.isEmpty else { return Estimate(value: constant, standardError: 0, shots: shots) }
    guard shots / 2 >= groups.count else {
      throw AnsatzError(
        .usage,
        "\(shots) shots; the observable is measured in \(counted(groups.count)), and each takes at "
          + "least 2")
    }
    var value = constant
    var variance = 0.0
    for (group, share) in zip(groups, Self.shares(of: shots, over: groups.map(\.weight))) {
      let basis = try Circuit(
        name, qubits: qubitCount, registers: registers,
        operations: withoutTerminalMeasurements + group.basisChange)
      let counts = try basis.outcomeCounts(
        shots: share, inputs: inputs, weights: weights, using: &random)
      let masks = group.terms.map { term in
        (term.coefficient * term.sign, term.qubits.reduce(0) { $0 | 1 << (qubitCount - 1 - $1) })
      }
      let values = counts.entries.map { entry in
        let value = masks.reduce(0.0) { total, term in
          (entry.outcome & term.1).nonzeroBitCount & 1 == 0 ? total + term.0 : total - term.0
        }
        return (value: value, count: entry.count)
      }
      let estimate = Estimate(counted: values)
      value += estimate.value
      variance += estimate.standardError * estimate.standardError
    }
    return Estimate(value: value, standardError: variance.squareRoot(), shots: shots)
  }

  /// The operations without measurements that nothing follows.
  private var withoutTerminalMeasurements: [CircuitOperation] {
    let terminal = terminalMeasurements
    return operations.enumerated().filter { !terminal.contains($0.offset) }.map(\.element)
  }

  private func counted(_ groups: Int) -> String { groups == 1 ? "1 group" : "\(groups) groups" }

  /// Shots in proportion to the weights, at least two each.
  private static func shares(of shots: Int, over weights: [Double]) -> [Int] {
    let total = weights.reduce(0, +)
    let free = shots - 2 * weights.count
    // Rounding must not give away more than there are, and leaves less than one a group to the first.
    var left = free
    var shares = weights.map { weight in
      let share = Double(free) * (weight / total)
      let own = min(left, Int(exactly: share.rounded(.down)) ?? left)
      left -= own
      return 2 + own
    }
    let each = left / shares.count
    for index in shares.indices {
      shares[index] += each + (index < left - each * shares.count ? 1 : 0)
    }
    return shares
  }

  /// The distribution of some qubits from a finite number of shots, `[2ᵏ]`; the first qubit is the
  /// most significant bit.
  public func estimateMarginal(
    of qubits: [Int], shots: Int, inputs: [Double] = [], weights: [Double] = [],
    using random: inout RandomStream
  ) throws -> [Estimate] {
    let bits = try marginalBits(qubits)
    guard shots > 0 else { throw AnsatzError(.usage, "\(shots) shots; use 1 or more") }
    let found = try outcomeCounts(shots: shots, inputs: inputs, weights: weights, using: &random)
    var counts = [Int](repeating: 0, count: 1 << bits.count)
    for entry in found.entries {
      counts[bits.reduce(0) { 2 * $0 + entry.outcome >> $1 & 1 }] += entry.count
    }
    return counts.map { count in
      Estimate(counted: [(1, count), (0, shots - count)].filter { $0.1 > 0 })
    }
  }

  /// ⟨O²⟩ - ⟨O⟩² from a finite number of shots: half of them measure O, half its square.
  ///
  /// Unbiased: the error of ⟨O⟩, which its square would add, is taken off. May come out below 0.
  ///
  /// - Throws: As `estimate(_:shots:)` does.
  public func estimateVariance(
    of observable: any Observable, shots: Int, grouping: CommutingGroup.Rule = .general,
    inputs: [Double] = [], weights: [Double] = [], using random: inout RandomStream
  ) throws -> Estimate {
    let sum = observable.pauliSum
    let mean = try estimate(
      sum, shots: shots - shots / 2, grouping: grouping, inputs: inputs, weights: weights,
      using: &random)
    // Shifted first, so that the square has little spread of its own.
    let shifted = sum - mean.value * PauliString.identity
    let square = try estimate(
      shifted * shifted, shots: shots / 2, grouping: grouping, inputs: inputs, weights: weights,
      using: &random)
    // ⟨(O - m)²⟩ is the variance and the square of m's own error.
    let error = mean.standardError * mean.standardError
    return Estimate(
      value: square.value - error,
      standardError: (square.standardError * square.standardError + 2 * error * error)
        .squareRoot(),
      shots: shots)
  }

  /// |⟨a|b⟩|² from a finite number of shots: how often all qubits are 0 after the first circuit and
  /// the inverse of the second.
  ///
  /// - Throws: As `overlap` does; `AnsatzError` without a shot.
  /// - Source: Havlíček et al., arXiv:1804.11326, the "compute-uncompute" circuit.
  public func estimateFidelity(
    with other: Circuit, shots: Int, inputs: [Double] = [], weights: [Double] = [],
    otherInputs: [Double] = [], otherWeights: [Double] = [], using random: inout RandomStream
  ) throws -> Estimate {
    guard shots > 0 else { throw AnsatzError(.usage, "\(shots) shots; use 1 or more") }
    let probability = try fidelity(
      with: other, inputs: inputs, weights: weights, otherInputs: otherInputs,
      otherWeights: otherWeights)
    // Only whether the outcome is 0…0 is asked.
    let zeros = random.binomial(shots, probability: probability)
    return Estimate(counted: [(1, zeros), (0, shots - zeros)].filter { $0.1 > 0 })
  }
}
