import Ansatz

/// Entangles qubits 0 and 3, which never meet, by a Bell measurement of their partners.
///
/// - Source: Żukowski et al., Phys. Rev. Lett. 71, 4287 (1993).
public func entanglementSwapping() throws -> Circuit {
  let bell = Bits("bell", 2)
  return try Circuit("entanglement-swapping", qubits: 4) {
    for q in [0, 2] {
      H(q)
      CNOT(control: q, target: q + 1)
    }
    CNOT(control: 1, target: 2)
    H(1)
    Measure(1, into: bell[0])
    Measure(2, into: bell[1])
    If(bell[1]) { X(3) }
    If(bell[0]) { Z(3) }
  }
}
