/// Hadamards, rotations about Z by the features, and about ZZ by products of pairs, repeated.
///
/// The `PauliFeatureMap` of the words Z and ZZ: the angles are `2 x_i` and `2 (π - x_i)(π - x_j)`.
///
/// - Source: Havlíček et al., arXiv:1804.11326.
public struct ZZFeatureMap: CircuitComponent {
  public let operations: [CircuitOperation]

  /// - Parameters:
  ///   - scale: What the data map is multiplied by to give an angle.
  ///   - map: The data map from one or two features, if another.
  public init(
    _ inputs: Inputs, on qubits: some Sequence<Int>, repeats: Int = 2,
    entanglement: Entanglement = .full, scale: Double = 2, map: (([Angle]) -> Angle)? = nil
  ) {
    operations =
      PauliFeatureMap(
        inputs, on: qubits, repeats: repeats, entanglement: entanglement, scale: scale, map: map
      ).operations
  }
}
