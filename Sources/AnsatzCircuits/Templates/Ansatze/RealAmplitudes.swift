/// Layers of RY on every qubit and CNOTs between them, closed by a last layer of RY: from |0…0⟩ its
/// amplitudes are real.
///
/// Weights: one bundle of shape `[layers + 1, qubits]`.
public struct RealAmplitudes: CircuitComponent {
  public let operations: [CircuitOperation]

  /// - Parameter prefix: The name of the weights; circuits with two of these need two names.
  public init(
    layers: Int, on qubits: some Sequence<Int>, entanglement: Entanglement = .reverseLinear,
    prefix: String = "real"
  ) {
    let list = Array(qubits)
    if let problem = entanglement.problem(sizes: [2], among: list.count) {
      operations = [.refused("RealAmplitudes", on: list, problem)]
      return
    }
    let weights = Weights(prefix, max(0, layers) + 1, list.count)
    let pairs = entanglement.blocks(of: 2, among: list.count)
    operations = (0...max(0, layers)).flatMap { layer in
      (layer == 0
        ? [] : pairs.flatMap { CNOT(control: list[$0[0]], target: list[$0[1]]).operations })
        + list.indices.flatMap { RY(weights[layer, $0], on: list[$0]).operations }
    }
  }
}
