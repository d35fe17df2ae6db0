import Ansatz

/// Tells that x₀ ⊕ x₁x₂ ⊕ x₂ is balanced: with one query no result is 000, as it would be for a
/// constant function.
///
/// - Source: Deutsch and Jozsa, Proc. R. Soc. Lond. A 439, 553 (1992).
public func deutschJozsa() throws -> Circuit {
  let result = Bits("result", 3)
  return try Circuit("deutsch-jozsa", qubits: 4) {
    X(3)
    for q in 0..<4 { H(q) }
    CNOT(control: 0, target: 3)
    Toffoli(controls: 0, 1, target: 3)
    Toffoli(controls: 1, 2, target: 3)
    for q in 0..<3 { H(q) }
    MeasureAll(0..<3, into: result)
  }
}
