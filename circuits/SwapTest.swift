import Ansatz

/// Measures the overlap of two qubits: ⟨Z₀⟩ = |⟨a|b⟩|².
///
/// - Source: Buhrman et al., arXiv:quant-ph/0102001.
public func swapTest() throws -> Circuit {
  let angle = Inputs("angle", 2)
  return try Circuit("swap-test", qubits: 3) {
    RY(angle[0], on: 1)
    RY(angle[1], on: 2)
    H(0)
    CSWAP(control: 0, 1, 2)
    H(0)
  }
}
