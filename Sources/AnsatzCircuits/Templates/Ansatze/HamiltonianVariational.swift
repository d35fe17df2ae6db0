/// Layers that follow the parts of a Hamiltonian one after another, each for a trained time.
///
/// Each layer is `exp(-iθ_g H_g)` for every part g in order; the terms inside a part act one after
/// another, which is exact if they commute. Weights: one bundle of shape `[layers, parts]`.
///
/// - Source: Wecker, Hastings and Troyer, arXiv:1507.08969.
public struct HamiltonianVariational: CircuitComponent {
  public let operations: [CircuitOperation]

  /// - Parameters:
  ///   - parts: Sums on the circuit's qubits.
  ///   - prefix: The name of the weights; circuits with two of these need two names.
  public init(_ parts: [PauliSum], layers: Int, prefix: String = "hamiltonian") {
    if let problem = parts.compactMap(\.problem).first {
      operations = [.refused("HamiltonianVariational", on: parts.flatMap(\.qubits), problem)]
      return
    }
    let weights = Weights(prefix, max(0, layers), parts.count)
    operations = (0..<max(0, layers)).flatMap { layer in
      parts.enumerated().flatMap { index, part in part.rotations(by: weights[layer, index]) }
    }
  }
}
