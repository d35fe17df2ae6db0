import Ansatz

/// Finds the hidden string 1011 of x ↦ s·x with one query.
///
/// - Source: Bernstein and Vazirani, SIAM J. Comput. 26, 1411 (1997).
public func bernsteinVazirani() throws -> Circuit {
  let secret = [true, false, true, true]
  let result = Bits("result", 4)
  return try Circuit("bernstein-vazirani", qubits: 5) {
    X(4)
    for q in 0..<5 { H(q) }
    for q in 0..<4 where secret[q] { CNOT(control: q, target: 4) }
    for q in 0..<4 { H(q) }
    MeasureAll(0..<4, into: result)
  }
}
