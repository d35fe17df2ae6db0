import Ansatz

/// Two classical bits, here 10, sent with one qubit of an entangled pair.
///
/// - Source: Bennett and Wiesner, Phys. Rev. Lett. 69, 2881 (1992).
public func superdenseCoding() throws -> Circuit {
  let received = Bits("received", 2)
  return try Circuit("superdense-coding", qubits: 2) {
    H(0)
    CNOT(control: 0, target: 1)
    // The sender's half: Z for the bit sent as received[0], X for the one sent as received[1].
    X(0)
    CNOT(control: 0, target: 1)
    H(0)
    MeasureAll(into: received)
  }
}
