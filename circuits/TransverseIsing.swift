import Ansatz

/// The ground state of a ring of four spins in a field, by alternating the two parts of its energy.
///
/// - Source: Wecker, Hastings and Troyer, arXiv:1507.08969.
public func transverseIsing() throws -> Circuit {
  let coupling = Weights("coupling", 2)
  let field = Weights("field", 2)
  return try Circuit("transverse-ising", qubits: 4) {
    for q in 0..<4 { H(q) }
    for layer in 0..<2 {
      for q in 0..<4 { RZZ(coupling[layer], q, (q + 1) % 4) }
      for q in 0..<4 { RX(field[layer], on: q) }
    }
  }
}
