import AnsatzCircuits
import AnsatzMath
import Numerics

/// One-sample conveniences. A loop over many samples or steps should compile a `Program` once.
extension Circuit {
  /// ⟨ψ|O|ψ⟩ in the final state.
  ///
  /// - Throws: `CircuitError` for an observable beyond the qubits, `AnsatzError` for values that do
  ///   not fit.
  public func expectation(
    of observable: any Observable, inputs: [Double] = [], weights: [Double] = []
  ) throws -> Double {
    if isDynamic {
      return try BranchingProgram(self).run(
        [observable], inputs: inputs, weights: weights, probabilities: false
      ).expectations[0]
    }
    let compiled = try CompiledObservables([observable], qubitCount: qubitCount)
    return try Program(self).forward(
      compiled, inputs: Tensor(shape: [1, inputs.count], elements: inputs), weights: weights
    ).expectations.elements[0]
  }

  /// The final amplitudes; qubit 0 is the most significant bit of the index.
  public func stateVector(
    inputs: [Double] = [], weights: [Double] = []
  ) throws -> [Complex<Double>] {
    try Program(self).stateVectors(
      inputs: Tensor(shape: [1, inputs.count], elements: inputs), weights: weights)[0]
  }

  /// The probability of every outcome; qubit 0 is the most significant bit of the index.
  ///
  /// A terminal measurement does not change them; with measurements in mid-circuit they are those of
  /// the mixture of all results.
  public func probabilities(inputs: [Double] = [], weights: [Double] = []) throws -> [Double] {
    if isDynamic {
      return try BranchingProgram(self).run(inputs: inputs, weights: weights).probabilities
    }
    return try Program(self).probabilities(
      inputs: Tensor(shape: [1, inputs.count], elements: inputs), weights: weights
    ).elements
  }

  /// Measures all qubits `shots` times.
  ///
  /// - Throws: `AnsatzError` for values that do not fit, and for a list of more shots than memory
  ///   holds; `outcomeCounts` takes any number.
  public func sample(
    shots: Int, inputs: [Double] = [], weights: [Double] = [], using random: inout RandomStream
  ) throws -> Samples {
    let probabilities = try probabilities(inputs: inputs, weights: weights)
    return try AnsatzSimulator.sample(
      probabilities[...], shots: shots, qubitCount: qubitCount, using: &random)
  }

  /// Measures all qubits any number of times, and counts the outcomes.
  ///
  /// Up to 2²⁰ shots are those of `sample`; see `countOutcomes` for more.
  public func outcomeCounts(
    shots: Int, inputs: [Double] = [], weights: [Double] = [], using random: inout RandomStream
  ) throws -> OutcomeCounts {
    let probabilities = try probabilities(inputs: inputs, weights: weights)
    return countOutcomes(
      probabilities[...], shots: shots, qubitCount: qubitCount, using: &random)
  }

  /// The exact distribution of the classical registers, outcomes above 1e-12.
  ///
  /// An outcome lists the last register first, a space between registers, and the highest bit of
  /// each first. Empty for a circuit without registers.
  ///
  /// - Throws: `AnsatzError` for values that do not fit, and for more branches than an exact run
  ///   follows.
  public func outcomes(
    inputs: [Double] = [], weights: [Double] = []
  ) throws -> [String: Double] {
    try BranchingProgram(self).run(inputs: inputs, weights: weights, probabilities: false)
      .outcomes ?? [:]
  }

  /// Runs the circuit `shots` times and counts the values of its registers, written as `outcomes`
  /// are. Empty for a circuit without registers.
  public func counts(
    shots: Int, inputs: [Double] = [], weights: [Double] = [], using random: inout RandomStream
  ) throws -> [String: Int] {
    try BranchingProgram(self).run(
      shots: shots, inputs: inputs, weights: weights, probabilities: false, using: &random
    ).counts ?? [:]
  }
}
