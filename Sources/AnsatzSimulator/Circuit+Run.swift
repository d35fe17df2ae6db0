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
  public func probabilities(inputs: [Double] = [], weights: [Double] = []) throws -> [Double] {
    try Program(self).probabilities(
      inputs: Tensor(shape: [1, inputs.count], elements: inputs), weights: weights
    ).elements
  }

  /// Measures all qubits `shots` times.
  public func sample(
    shots: Int, inputs: [Double] = [], weights: [Double] = [], using random: inout RandomStream
  ) throws -> Samples {
    let probabilities = try probabilities(inputs: inputs, weights: weights)
    return AnsatzSimulator.sample(
      probabilities[...], shots: shots, qubitCount: qubitCount, using: &random)
  }
}
