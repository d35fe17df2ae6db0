import Ansatz

/// Four qubits that are all 0 or all 1: (|0000⟩ + |1111⟩)/√2.
///
/// - Source: Greenberger, Horne and Zeilinger, arXiv:0712.0921.
public func ghz() throws -> Circuit {
  try Circuit("ghz", qubits: 4) {
    H(0)
    for q in 1..<4 { CNOT(control: q - 1, target: q) }
  }
}
