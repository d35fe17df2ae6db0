import Ansatz

/// A chain of three spins after time 1 under Σ XX + YY + ZZ, in four Trotter steps.
///
/// - Source: Lloyd, Science 273, 1073 (1996).
public func heisenbergEvolution() throws -> Circuit {
  try Circuit("heisenberg-evolution", qubits: 3) {
    X(0)
    for _ in 0..<4 {
      for q in 0..<2 {
        RXX(0.5, q, q + 1)
        RYY(0.5, q, q + 1)
        RZZ(0.5, q, q + 1)
      }
    }
  }
}
