import Ansatz

/// The same phase, 5/16, with one qubit measured and reset four times, the lowest bit first.
///
/// - Source: Dobšíček et al., arXiv:quant-ph/0610214.
public func iterativePhaseEstimation() throws -> Circuit {
  let estimate = Bits("estimate", 4)
  return try Circuit("iterative-phase-estimation", qubits: 2) {
    X(1)
    for step in 0..<4 {
      Reset(0)
      H(0)
      CPhase(2 * Double.pi * 5 / 16 * Double(1 << (3 - step)), 0, 1)
      for known in 0..<step {
        If(estimate[known]) { Phase(-Double.pi / Double(1 << (step - known)), on: 0) }
      }
      H(0)
      Measure(0, into: estimate[step])
    }
  }
}
