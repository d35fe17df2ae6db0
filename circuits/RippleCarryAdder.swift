import Ansatz

/// Adds two numbers of two bits, 3 + 2, with majority and unmajority gates.
///
/// Qubit 0 carries in, then b₀ a₀ b₁ a₁, and qubit 5 carries out; the sum replaces b.
///
/// - Source: Cuccaro et al., arXiv:quant-ph/0410184.
public func rippleCarryAdder() throws -> Circuit {
  let sum = Bits("sum", 3)
  func majority(_ c: Int, _ b: Int, _ a: Int) -> [CircuitOperation] {
    CNOT(control: a, target: b).operations + CNOT(control: a, target: c).operations
      + Toffoli(controls: c, b, target: a).operations
  }
  func unmajority(_ c: Int, _ b: Int, _ a: Int) -> [CircuitOperation] {
    Toffoli(controls: c, b, target: a).operations + CNOT(control: a, target: c).operations
      + CNOT(control: c, target: b).operations
  }
  return try Circuit("ripple-carry-adder", qubits: 6) {
    // a = 3, b = 2
    for q in [2, 4, 3] { X(q) }
    OperationList(majority(0, 1, 2))
    OperationList(majority(2, 3, 4))
    CNOT(control: 4, target: 5)
    OperationList(unmajority(2, 3, 4))
    OperationList(unmajority(0, 1, 2))
    Measure(1, into: sum[0])
    Measure(3, into: sum[1])
    Measure(5, into: sum[2])
  }
}
