import AnsatzCircuits
import AnsatzMath
import Numerics

extension Program {
  /// The final state vectors, amplitude by amplitude.
  ///
  /// - Returns: For each sample, `[2ⁿ]` amplitudes; qubit 0 is the most significant bit of the index.
  public func stateVectors<S: Scalar>(
    inputs: Tensor<S>, weights: [S], pool: ThreadPool = .shared
  ) throws(AnsatzError) -> [[Complex<S>]] {
    let rows = try flatStates(inputs: inputs, weights: weights, pool: pool)
    let size = 2 << qubitCount
    return (0..<inputs.shape[0]).map { sample in
      (0..<1 << qubitCount).map {
        Complex(rows[sample * size + 2 * $0], rows[sample * size + 2 * $0 + 1])
      }
    }
  }

  /// The probability of every outcome, `[samples, 2ⁿ]`; qubit 0 is the most significant bit.
  public func probabilities<S: Scalar>(
    inputs: Tensor<S>, weights: [S], pool: ThreadPool = .shared
  ) throws(AnsatzError) -> Tensor<S> {
    let rows = try flatStates(inputs: inputs, weights: weights, pool: pool)
    return squaredMagnitudes(rows, shape: [inputs.shape[0], 1 << qubitCount])
  }

  /// Real and imaginary parts in turn, sample after sample.
  private func flatStates<S: Scalar>(
    inputs: Tensor<S>, weights: [S], pool: ThreadPool
  ) throws(AnsatzError) -> [S] {
    let values = try ProgramValues(self, inputs: inputs, weights: weights)
    let run = BatchRun(
      self, values: values, evaluations: (0..<inputs.shape[0]).map { Evaluation(sample: $0) },
      pool: pool)
    try MemoryLimit.check(
      "the final state and its amplitudes", qubits: qubitCount, samples: inputs.shape[0],
      bytes: MemoryLimit.states(2, of: S.self))
    var flat = [S](repeating: 0, count: inputs.shape[0] * (2 << qubitCount))
    let failure = flat.withUnsafeMutableBufferPointer { buffer -> AnsatzError? in
      guard let base = buffer.baseAddress else { return nil }
      do throws(AnsatzError) {
        try run.visitBlocks(storage: nil, StateVisitor(results: SendablePointer(base)))
        return nil
      } catch {
        return error
      }
    }
    if let failure { throw failure }
    return flat
  }
}

private struct StateVisitor<S: Scalar>: BlockVisitor {
  let results: SendablePointer<UnsafeMutablePointer<S>>

  func visit<V: LaneVector>(
    _ runner: BlockRunner<V>, block: Int, evaluations: ArraySlice<Evaluation>, state: Amplitudes<V>
  ) throws(AnsatzError) where V.Element == S {
    try runner.forward(
      state, block: evaluations, coefficients: runner.coefficients(for: evaluations))
    let size = 2 * state.rowCount
    for lane in 0..<evaluations.count {
      copyLane(
        lane, of: state.pointer, count: size,
        to: results.value + (evaluations.startIndex + lane) * size)
    }
  }
}

@_specialize(where V == SIMD4<Double>)
@_specialize(where V == SIMD8<Float>)
@_specialize(where V == Double)
@_specialize(where V == Float)
func copyLane<V: LaneVector>(
  _ lane: Int, of state: UnsafeMutablePointer<V>, count: Int,
  to destination: UnsafeMutablePointer<V.Element>
) {
  let lanes = V.laneCount
  let numbers = UnsafeMutableRawPointer(state).assumingMemoryBound(to: V.Element.self) + lane
  for i in 0..<count { destination[i] = numbers[i * lanes] }
}

@_specialize(where S == Double)
@_specialize(where S == Float)
private func squaredMagnitudes<S: Scalar>(_ flat: [S], shape: [Int]) -> Tensor<S> {
  var result = Tensor<S>(shape: shape)
  for i in 0..<result.elements.count {
    result.elements[i] = flat[2 * i] * flat[2 * i] + flat[2 * i + 1] * flat[2 * i + 1]
  }
  return result
}
