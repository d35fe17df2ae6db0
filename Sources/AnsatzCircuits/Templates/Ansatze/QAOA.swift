/// The quantum approximate optimisation algorithm's circuit: the cost's phases and a mixer in turn,
/// from the uniform superposition.
///
/// `H` on every qubit, then in each layer `exp(-iγC)` and `exp(-iβM)`; the mixer M is the sum of X
/// unless another is given. Weights: one bundle of shape `[layers, 2]`, γ first.
///
/// - Source: Farhi, Goldstone and Gutmann, arXiv:1411.4028; Hadfield et al., arXiv:1709.03489, for
///   mixers.
public struct QAOA: CircuitComponent {
  public let operations: [CircuitOperation]

  /// - Parameters:
  ///   - cost: A sum of products of Z on the circuit's qubits; a circuit refuses X and Y in it.
  ///   - qubits: The qubits of the superposition and of the mixer of X.
  ///   - mixer: Its terms act one after another.
  ///   - prefix: The name of the weights; circuits with two of these need two names.
  public init(
    cost: some Observable, layers: Int, on qubits: some Sequence<Int>, mixer: PauliSum? = nil,
    prefix: String = "qaoa"
  ) {
    let list = Array(qubits)
    let cost = cost.pauliSum
    let mixer = mixer ?? PauliSum(list.map { (1, PauliString([(.x, $0)])) })
    let turned = cost.terms.first { $0.string.factors.contains { $0.pauli != .z } }
    let problem = turned.map {
      "\($0.string) in the cost is not diagonal; use products of Z, or HamiltonianVariational"
    }
    if let problem = problem ?? cost.problem ?? mixer.problem {
      operations = [.refused("QAOA", on: list, problem)]
      return
    }
    let weights = Weights(prefix, max(0, layers), 2)
    operations =
      list.flatMap { H($0).operations }
      + (0..<max(0, layers)).flatMap {
        cost.rotations(by: weights[$0, 0]) + mixer.rotations(by: weights[$0, 1])
      }
  }
}
