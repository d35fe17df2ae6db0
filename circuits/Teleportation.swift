import Ansatz

/// Moves the state of qubit 0, turned by two inputs, to qubit 2 with two classical bits.
///
/// - Source: Bennett et al., Phys. Rev. Lett. 70, 1895 (1993).
public func teleportation() throws -> Circuit {
  let angles = Inputs("angles", 2)
  let sent = Bits("sent", 2)
  return try Circuit("teleportation", qubits: 3) {
    RY(angles[0], on: 0)
    RZ(angles[1], on: 0)
    H(1)
    CNOT(control: 1, target: 2)
    CNOT(control: 0, target: 1)
    H(0)
    Measure(0, into: sent[0])
    Measure(1, into: sent[1])
    If(sent[1]) { X(2) }
    If(sent[0]) { Z(2) }
  }
}
