/// The basis state whose bits are given: constants, or the sample's features.
///
/// Constant bits put X where a bit is 1. Features turn by `RX(π xᵢ)`: a feature 1 gives the state
/// |1⟩ up to its phase -i, 0 leaves |0⟩, and what lies between a superposition.
public struct BasisEmbedding: CircuitComponent {
  public let operations: [CircuitOperation]

  /// - Parameter bits: 0 or 1 for each qubit; a circuit refuses others.
  public init(_ bits: [Int], on qubits: some Sequence<Int>) {
    let list = Array(qubits)
    guard bits.count == list.count, bits.allSatisfy({ $0 == 0 || $0 == 1 }) else {
      operations = [
        .refused(
          "BasisEmbedding", on: list, "bits \(bits) for \(list.count) qubits; use 0 or 1 for each")
      ]
      return
    }
    operations = zip(bits, list).flatMap { bit, qubit in bit == 1 ? X(qubit).operations : [] }
  }

  /// Features beyond the qubits and qubits beyond the features are left alone.
  public init(_ inputs: Inputs, on qubits: some Sequence<Int>) {
    operations = AngleEmbedding(inputs, on: qubits, axis: .x, scale: .pi).operations
  }
}
