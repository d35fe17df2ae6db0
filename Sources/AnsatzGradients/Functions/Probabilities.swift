import AnsatzMath

extension StateFunction {
  /// The probability of one outcome of measuring some qubits.
  ///
  /// - Parameter bits: A 0 or 1 for each of the qubits, in their order.
  public static func probability(of bits: String, on qubits: [Int]) throws -> StateFunction {
    guard bits.count == qubits.count, bits.allSatisfy({ $0 == "0" || $0 == "1" }) else {
      throw AnsatzError(
        .usage,
        "the outcome '\(bits)' of \(qubits.count) qubits must be as many digits, each 0 or 1")
    }
    let values = bits.map { $0 == "1" }
    return StateFunction("P(\(bits))", qubits: qubits) { state in
      var result = state
      let masks = qubits.map { placeBit($0, ofNumbers: state.count) }
      for j in 0..<state.count / 2 {
        for (mask, value) in zip(masks, values) where (j & mask != 0) != value {
          (result[2 * j], result[2 * j + 1]) = (0, 0)
        }
      }
      return result
    }
  }

  /// The fidelity `|⟨φ|ψ⟩|²` with a state.
  ///
  /// - Parameter state: `[2ⁿ]` amplitudes, qubit 0 the most significant bit; normalised by the
  ///   caller.
  public static func fidelity(with state: [(real: Double, imaginary: Double)]) -> StateFunction {
    fidelity(with: state.flatMap { [$0.real, $0.imaginary] })
  }

  /// The fidelity `|⟨ψ(θ′)|ψ(θ)⟩|²` with the state of the same or another circuit at fixed values.
  ///
  /// - Throws: `AnsatzError` for values that do not fit.
  public static func overlap(with point: CircuitPoint) throws -> StateFunction {
    guard point.inputs.shape[0] == 1 else {
      throw AnsatzError(.usage, "an overlap is with the state of one sample")
    }
    return fidelity(with: try point.run().states(inserting: [nil]))
  }

  private static func fidelity(with target: [Double]) -> StateFunction {
    var function = StateFunction("fidelity", qubits: []) { state in
      let along = innerProduct(target, state)
      var result = target
      for j in stride(from: 0, to: target.count, by: 2) {
        result[j] = along.real * target[j] - along.imaginary * target[j + 1]
        result[j + 1] = along.real * target[j + 1] + along.imaginary * target[j]
      }
      return result
    }
    function.qubitCount = max(0, (target.count / 2).trailingZeroBitCount)
    return function
  }
}
