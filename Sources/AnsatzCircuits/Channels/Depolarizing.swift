import AnsatzMath

/// Replaces the qubit's state by X, Y or Z of it, each with a third of the probability.
///
/// `ρ → (1 - p)ρ + p/3 (XρX + YρY + ZρZ)`. It shrinks the Bloch vector by `1 - 4p/3`: `p = 3/4`
/// leaves the fully mixed state, `p = 1` turns the vector round.
///
/// Elsewhere: `p` is the parameter of PennyLane's `DepolarizingChannel` and Cirq's `depolarize`;
/// Qiskit's `depolarizing_error` takes `λ = 4p/3`, with `ρ → (1 - λ)ρ + λ I/2`.
///
/// - Source: Nielsen and Chuang, eq. (8.102).
public struct Depolarizing: CircuitComponent {
  public let operations: [CircuitOperation]

  /// - Parameter probability: p, in 0...1.
  public init(probability: Double, on qubit: Int) {
    operations = Self.definition.operations([probability], on: [qubit])
  }

  /// The channel's record.
  public static let definition = ChannelDefinition(
    name: "Depolarizing", summary: "X, Y or Z, each with probability p/3", symbol: "D",
    parameters: ["probability"], problem: ChannelDefinition.shareProblem(["probability"])
  ) { parameters in
    let p = parameters[0]
    return [ComplexMatrix.pauli(nil).weighted(1 - p)]
      + Pauli.allCases.map { .pauli($0).weighted(p / 3) }
  }
}
