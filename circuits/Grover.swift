import Ansatz

/// Two rounds of Grover's search for 101 among eight: found with probability 121/128.
///
/// - Source: Grover, arXiv:quant-ph/9605043.
public func grover() throws -> Circuit {
  try Circuit("grover", qubits: 3) {
    for q in 0..<3 { H(q) }
    for _ in 0..<2 {
      // The sign of 101.
      Controlled(by: [0, 1], values: [1, 0]) { Z(2) }
      // The inversion about the mean.
      for q in 0..<3 { H(q) }
      Controlled(whenZero: 0, 1) {
        X(2)
        Z(2)
        X(2)
      }
      for q in 0..<3 { H(q) }
    }
  }
}
