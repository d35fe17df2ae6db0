import Ansatz

/// Two rounds of QAOA for the largest cut of a ring of four vertices.
///
/// The cut of edge (i, j) is (1 - Zᵢ Zⱼ)/2.
///
/// - Source: Farhi, Goldstone and Gutmann, arXiv:1411.4028.
public func maxCut() throws -> Circuit {
  let gamma = Weights("gamma", 2)
  let beta = Weights("beta", 2)
  return try Circuit("max-cut", qubits: 4) {
    for q in 0..<4 { H(q) }
    for round in 0..<2 {
      for q in 0..<4 { RZZ(gamma[round], q, (q + 1) % 4) }
      for q in 0..<4 { RX(2 * beta[round], on: q) }
    }
  }
}
