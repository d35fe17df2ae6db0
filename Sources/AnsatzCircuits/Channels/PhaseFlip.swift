import AnsatzMath

/// Applies Z with a probability: turns the sign of |1⟩.
///
/// `ρ → (1 - p)ρ + p ZρZ`. It shrinks the Bloch vector's X and Y by `1 - 2p`.
///
/// Elsewhere: PennyLane's `PhaseFlip` and Cirq's `phase_flip` take the same `p`; in Qiskit it is
/// `pauli_error([("Z", p), ("I", 1 - p)])`. The same channel as `PhaseDamping` with
/// `γ = 4p(1 - p)`.
///
/// - Source: Nielsen and Chuang, section 8.3.3.
public struct PhaseFlip: CircuitComponent {
  public let operations: [CircuitOperation]

  /// - Parameter probability: p, in 0...1.
  public init(probability: Double, on qubit: Int) {
    operations = Self.definition.operations([probability], on: [qubit])
  }

  /// The channel's record.
  public static let definition = ChannelDefinition(
    name: "PhaseFlip", summary: "Z with probability p", symbol: "PF",
    parameters: ["probability"], problem: ChannelDefinition.shareProblem(["probability"])
  ) { parameters in
    [
      ComplexMatrix.pauli(nil).weighted(1 - parameters[0]),
      ComplexMatrix.pauli(.z).weighted(parameters[0]),
    ]
  }
}
