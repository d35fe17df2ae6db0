/// Hadamards and a rotation about Z by twice its feature on every qubit, repeated.
///
/// The `PauliFeatureMap` of the word Z; it entangles nothing.
///
/// - Source: Havlíček et al., arXiv:1804.11326.
public struct ZFeatureMap: CircuitComponent {
  public let operations: [CircuitOperation]

  /// - Parameters:
  ///   - scale: What a feature is multiplied by to give an angle.
  ///   - map: The data map, if another than the feature itself.
  public init(
    _ inputs: Inputs, on qubits: some Sequence<Int>, repeats: Int = 2, scale: Double = 2,
    map: (([Angle]) -> Angle)? = nil
  ) {
    operations =
      PauliFeatureMap(
        inputs, words: ["Z"], on: qubits, repeats: repeats, scale: scale, map: map
      ).operations
  }
}
