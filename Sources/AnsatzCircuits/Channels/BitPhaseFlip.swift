import AnsatzMath

/// Applies Y with a probability.
///
/// `ρ → (1 - p)ρ + p YρY`. It shrinks the Bloch vector's X and Z by `1 - 2p`.
///
/// Elsewhere: in PennyLane it is `PauliError("Y", p)`, in Cirq `asymmetric_depolarize(p_y=p)`, in
/// Qiskit `pauli_error([("Y", p), ("I", 1 - p)])`.
///
/// - Source: Nielsen and Chuang, section 8.3.3.
public struct BitPhaseFlip: CircuitComponent {
  public let operations: [CircuitOperation]

  /// - Parameter probability: p, in 0...1.
  public init(probability: Double, on qubit: Int) {
    operations = Self.definition.operations([probability], on: [qubit])
  }

  /// The channel's record.
  public static let definition = ChannelDefinition(
    name: "BitPhaseFlip", summary: "Y with probability p", symbol: "BPF",
    parameters: ["probability"], problem: ChannelDefinition.shareProblem(["probability"])
  ) { parameters in
    [
      ComplexMatrix.pauli(nil).weighted(1 - parameters[0]),
      ComplexMatrix.pauli(.y).weighted(parameters[0]),
    ]
  }
}
