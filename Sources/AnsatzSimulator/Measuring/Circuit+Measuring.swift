import AnsatzCircuits
import AnsatzMath
import Numerics

extension Circuit {
  /// The most qubits a reduced state is made for.
  private static let largestReducedState = 10

  /// ⟨O²⟩ - ⟨O⟩² in the final state.
  ///
  /// - Throws: As `expectation(of:)` does.
  public func variance(
    of observable: any Observable, inputs: [Double] = [], weights: [Double] = []
  ) throws -> Double {
    let sum = observable.pauliSum
    let mean = try expectation(of: sum, inputs: inputs, weights: weights)
    // Shifted by the mean first, so that nothing large cancels.
    let shifted = sum - mean * PauliString.identity
    return max(0, try expectation(of: shifted * shifted, inputs: inputs, weights: weights))
  }

  /// The probability of every outcome of some qubits, `[2ᵏ]`; the first is the most significant bit.
  public func marginal(
    of qubits: [Int], inputs: [Double] = [], weights: [Double] = []
  ) throws -> [Double] {
    let bits = try marginalBits(qubits)
    var marginal = [Double](repeating: 0, count: 1 << bits.count)
    for (index, probability) in try probabilities(inputs: inputs, weights: weights).enumerated() {
      marginal[bits.reduce(0) { 2 * $0 + index >> $1 & 1 }] += probability
    }
    return marginal
  }

  /// The bits of an index that distinct qubits of the circuit stand for.
  func marginalBits(_ qubits: [Int]) throws(AnsatzError) -> [Int] {
    guard !qubits.isEmpty, Set(qubits).count == qubits.count,
      qubits.allSatisfy({ (0..<qubitCount).contains($0) })
    else {
      throw AnsatzError(
        .usage, "qubits \(qubits) given; use one or more distinct ones of 0...\(qubitCount - 1)")
    }
    return qubits.map { qubitCount - 1 - $0 }
  }

  /// The state of some qubits, the others traced out.
  ///
  /// - Parameter qubits: At most 10; at most 5 for a circuit with measurements in mid-circuit.
  /// - Throws: `AnsatzError` for other qubits, or values that do not fit.
  public func reducedState(
    of qubits: [Int], inputs: [Double] = [], weights: [Double] = []
  ) throws -> ReducedState {
    let bits = try marginalBits(qubits)
    let largest = isDynamic ? Self.largestReducedState / 2 : Self.largestReducedState
    guard bits.count <= largest else {
      throw AnsatzError(
        .usage, "a reduced state of \(bits.count) qubits; use at most \(largest)")
    }
    if isDynamic {
      let words = ReducedState.words(on: qubits)
      let result = try BranchingProgram(self).run(
        words, inputs: inputs, weights: weights, probabilities: false)
      return ReducedState(qubits: qubits, paulis: result.expectations)
    }
    let state = try stateVector(inputs: inputs, weights: weights)
    let kept = bits.reduce(0) { $0 | 1 << $1 }
    let others = (0..<qubitCount).filter { kept >> $0 & 1 == 0 }
    // One row for each value of the kept qubits, one column for each of the others.
    let columns = 1 << others.count
    var split = ComplexMatrix(
      rows: 1 << bits.count, columns: columns,
      elements: [Complex<Double>](repeating: 0, count: state.count))
    for (index, amplitude) in state.enumerated() {
      let row = bits.reduce(0) { 2 * $0 + index >> $1 & 1 }
      let column = others.reduce(0) { 2 * $0 + index >> $1 & 1 }
      split.elements[row * columns + column] = amplitude
    }
    return ReducedState(qubits: qubits, matrix: split * split.adjoint)
  }

  /// S(A) + S(B) - S(AB), in bits.
  public func mutualInformation(
    between first: [Int], and second: [Int], inputs: [Double] = [], weights: [Double] = []
  ) throws -> Double {
    func entropy(_ qubits: [Int]) throws -> Double {
      try reducedState(of: qubits, inputs: inputs, weights: weights).vonNeumannEntropy()
    }
    return try entropy(first) + entropy(second) - entropy(first + second)
  }

  /// ⟨a|b⟩ of the final states of two circuits with as many qubits.
  ///
  /// - Throws: `AnsatzError` if the qubits differ, or values do not fit.
  public func overlap(
    with other: Circuit, inputs: [Double] = [], weights: [Double] = [],
    otherInputs: [Double] = [], otherWeights: [Double] = []
  ) throws -> Complex<Double> {
    guard qubitCount == other.qubitCount else {
      throw AnsatzError(
        .usage,
        "circuits of \(qubitCount) and \(other.qubitCount) qubits have no overlap; use as many")
    }
    let a = try stateVector(inputs: inputs, weights: weights)
    let b = try other.stateVector(inputs: otherInputs, weights: otherWeights)
    return zip(a, b).reduce(Complex<Double>.zero) { $0 + $1.0.conjugate * $1.1 }
  }

  /// |⟨a|b⟩|² of the final states of two circuits; see `overlap`.
  public func fidelity(
    with other: Circuit, inputs: [Double] = [], weights: [Double] = [],
    otherInputs: [Double] = [], otherWeights: [Double] = []
  ) throws -> Double {
    try overlap(
      with: other, inputs: inputs, weights: weights, otherInputs: otherInputs,
      otherWeights: otherWeights
    ).lengthSquared
  }
}

extension DensityMatrix {
  /// The state of some qubits, the others traced out.
  ///
  /// - Parameter qubits: Distinct qubits of the state; at most 10.
  /// - Throws: `AnsatzError` for other qubits.
  public func reducedState(of qubits: [Int]) throws -> ReducedState {
    guard (1...10).contains(qubits.count), Set(qubits).count == qubits.count,
      qubits.allSatisfy({ (0..<qubitCount).contains($0) })
    else {
      throw AnsatzError(
        .usage, "qubits \(qubits) given; use 1 to 10 distinct ones of 0...\(qubitCount - 1)")
    }
    let values = try ReducedState.words(on: qubits).map { try expectation(of: $0) }
    return ReducedState(qubits: qubits, paulis: values)
  }
}
