import Ansatz

/// Two qubits that always agree: (|00⟩ + |11⟩)/√2.
public func bellPair() throws -> Circuit {
  try Circuit("bell-pair", qubits: 2) {
    H(0)
    CNOT(control: 0, target: 1)
  }
}
