/// CNOT from each qubit to the next, and from the last to the first.
///
/// Two qubits get a single CNOT, one qubit none.
public struct CNOTRing: CircuitComponent {
  public let operations: [CircuitOperation]

  /// - Parameter step: How many places a target is after its control.
  public init(over qubits: some Sequence<Int>, step: Int = 1) {
    let list = Array(qubits)
    let count = list.count == 2 ? 1 : list.count
    operations =
      list.count < 2
      ? []
      : (0..<count).flatMap {
        CNOT(control: list[$0], target: list[($0 + step) % list.count]).operations
      }
  }
}
