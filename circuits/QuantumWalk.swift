import Ansatz

/// Three steps of a walk with a coin on a ring of eight places, from place 4.
///
/// Qubit 3 is the coin; the place's highest bit is qubit 0.
///
/// - Source: Aharonov et al., arXiv:quant-ph/0012090.
public func quantumWalk() throws -> Circuit {
  try Circuit("quantum-walk", qubits: 4) {
    X(0)
    for _ in 0..<3 {
      H(3)
      // One place up where the coin is 1, one down where it is 0.
      Controlled(by: 3) {
        Toffoli(controls: 1, 2, target: 0)
        CNOT(control: 2, target: 1)
        X(2)
      }
      Controlled(whenZero: 3) {
        X(2)
        CNOT(control: 2, target: 1)
        Toffoli(controls: 1, 2, target: 0)
      }
    }
  }
}
