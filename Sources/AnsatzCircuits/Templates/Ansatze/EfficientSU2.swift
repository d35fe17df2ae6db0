/// Layers of RY, then RZ on every qubit and CNOTs between them, closed by a last layer of rotations.
///
/// The `TwoLocal` of RY, RZ and CNOT. Weights: one bundle of shape `[layers + 1, 2, qubits]`, RY
/// first.
public struct EfficientSU2: CircuitComponent {
  public let operations: [CircuitOperation]

  /// - Parameter prefix: The name of the weights; circuits with two of these need two names.
  public init(
    layers: Int, on qubits: some Sequence<Int>, entanglement: Entanglement = .reverseLinear,
    prefix: String = "su2"
  ) {
    operations =
      TwoLocal(
        rotations: [RY.definition, RZ.definition], entanglement: entanglement, layers: layers,
        on: qubits, prefix: prefix
      ).operations
  }
}
