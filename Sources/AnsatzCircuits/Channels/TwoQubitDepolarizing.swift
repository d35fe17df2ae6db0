import AnsatzMath

/// Applies one of the 15 Pauli words on two qubits other than I⊗I, each equally probable.
///
/// `ρ → (1 - p)ρ + p/15 Σ PρP`. Every Pauli word but I⊗I shrinks by `1 - 16p/15`: `p = 15/16`
/// leaves the fully mixed state.
///
/// Elsewhere: `p` is the parameter of Cirq's `depolarize(p, n_qubits=2)` and Qulacs'
/// `TwoQubitDepolarizingNoise`; Qiskit's `depolarizing_error(λ, 2)` takes `λ = 16p/15`, with
/// `ρ → (1 - λ)ρ + λ I/4`; PennyLane has none.
///
/// - Source: Nielsen and Chuang, section 8.3.4, for two qubits.
public struct TwoQubitDepolarizing: CircuitComponent {
  public let operations: [CircuitOperation]

  /// - Parameter probability: p, in 0...1.
  public init(probability: Double, on first: Int, _ second: Int) {
    operations = Self.definition.operations([probability], on: [first, second])
  }

  /// The channel's record.
  public static let definition = ChannelDefinition(
    name: "TwoQubitDepolarizing",
    summary: "one of the 15 Pauli words other than II, each with probability p/15", qubits: 2,
    symbol: "D2", parameters: ["probability"],
    problem: ChannelDefinition.shareProblem(["probability"])
  ) { parameters in
    let paulis = [nil] + Pauli.allCases
    let words = paulis.flatMap { a in
      paulis.map { ComplexMatrix.pauli(a).kronecker(.pauli($0)) }
    }
    return [words[0].weighted(1 - parameters[0])]
      + words.dropFirst().map { $0.weighted(parameters[0] / 15) }
  }
}
