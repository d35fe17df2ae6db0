import Ansatz

/// Estimates the phase 5/16 of a phase gate with four qubits, exactly: 0101.
///
/// - Source: Nielsen and Chuang, section 5.2.
public func phaseEstimation() throws -> Circuit {
  let estimate = Bits("estimate", 4)
  return try Circuit("phase-estimation", qubits: 5) {
    X(4)
    for q in 0..<4 {
      H(q)
      CPhase(2 * Double.pi * 5 / 16 * Double(1 << (3 - q)), q, 4)
    }
    InverseQFT(on: 0..<4)
    // Qubit 0 is the highest bit of the estimate.
    for q in 0..<4 { Measure(q, into: estimate[3 - q]) }
  }
}
