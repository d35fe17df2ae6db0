import Ansatz

/// One qubit in three, an error on the second, its syndrome measured, and the error undone.
///
/// - Source: Nielsen and Chuang, section 10.1.1.
public func bitFlipCode() throws -> Circuit {
  let angle = Inputs("angle", 1)
  let syndrome = Bits("syndrome", 2)
  return try Circuit("bit-flip-code", qubits: 5) {
    RY(angle[0], on: 0)
    CNOT(control: 0, target: 1)
    CNOT(control: 0, target: 2)
    RX(0.8, on: 1)
    CNOT(control: 0, target: 3)
    CNOT(control: 1, target: 3)
    CNOT(control: 1, target: 4)
    CNOT(control: 2, target: 4)
    Measure(3, into: syndrome[0])
    Measure(4, into: syndrome[1])
    If(syndrome == 1) { X(0) }
    If(syndrome == 3) { X(1) }
    If(syndrome == 2) { X(2) }
    CNOT(control: 0, target: 2)
    CNOT(control: 0, target: 1)
  }
}
