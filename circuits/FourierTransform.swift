import Ansatz

/// The Fourier transform of |0101⟩, spelt out with Hadamards, controlled phases and swaps.
///
/// - Source: Nielsen and Chuang, figure 5.1.
public func fourierTransform() throws -> Circuit {
  try Circuit("fourier-transform", qubits: 4) {
    X(1)
    X(3)
    for q in 0..<4 {
      H(q)
      for j in q + 1..<max(q + 1, 4) {
        CPhase(Double.pi / Double(1 << (j - q)), j, q)
      }
    }
    SWAP(0, 3)
    SWAP(1, 2)
  }
}
