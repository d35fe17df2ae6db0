import Ansatz

/// One excitation shared by four qubits: (|1000⟩ + |0100⟩ + |0010⟩ + |0001⟩)/2.
///
/// Each turn hands on all but its share of the excitation.
///
/// - Source: Dür, Vidal and Cirac, arXiv:quant-ph/0005115.
public func wState() throws -> Circuit {
  try Circuit("w-state", qubits: 4) {
    X(0)
    for q in 1..<4 {
      let share = Angle(1 / Double(5 - q))
      CRY(2 * .acos(.sqrt(share)), control: q - 1, target: q)
      CNOT(control: q, target: q - 1)
    }
  }
}
