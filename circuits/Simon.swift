import Ansatz

/// One query of Simon's algorithm for the hidden string 110: every result y has y·s = 0.
///
/// - Source: Simon, SIAM J. Comput. 26, 1474 (1997).
public func simon() throws -> Circuit {
  let result = Bits("result", 3)
  return try Circuit("simon", qubits: 6) {
    for q in 0..<3 { H(q) }
    // A copy, and the hidden string added where its first bit is set: f(x) = f(x ⊕ 110).
    for q in 0..<3 { CNOT(control: q, target: q + 3) }
    CNOT(control: 0, target: 3)
    CNOT(control: 0, target: 4)
    for q in 0..<3 { H(q) }
    MeasureAll(0..<3, into: result)
  }
}
