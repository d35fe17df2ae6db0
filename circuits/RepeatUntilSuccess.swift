import Ansatz

/// Turns qubit 2 about Z by the angle with cosine 3/5, from gates that cannot do it at once: a try
/// succeeds with probability 5/8, where both helpers read 0, and leaves Z otherwise. Three tries.
///
/// - Source: Nielsen and Chuang, exercise 4.41.
public func repeatUntilSuccess() throws -> Circuit {
  let failed = Bits("failed", 2)
  func attempt() -> [CircuitOperation] {
    let toffoli = Toffoli(controls: 0, 1, target: 2).operations
    let mixed = H(0).operations + H(1).operations
    return mixed + toffoli + S(2).operations + toffoli + mixed
      + MeasureAll(0..<2, into: failed).operations
  }
  return try Circuit("repeat-until-success", qubits: 3) {
    H(2)
    OperationList(attempt())
    for _ in 0..<2 {
      If(failed > 0) {
        Z(2)
        Reset(0)
        Reset(1)
        OperationList(attempt())
      }
    }
  }
}
