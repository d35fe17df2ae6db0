import AnsatzMath

/// Applies X with a probability: exchanges |0⟩ and |1⟩.
///
/// `ρ → (1 - p)ρ + p XρX`. It shrinks the Bloch vector's Y and Z by `1 - 2p`.
///
/// Elsewhere: PennyLane's `BitFlip` and Cirq's `bit_flip` take the same `p`; in Qiskit it is
/// `pauli_error([("X", p), ("I", 1 - p)])`.
///
/// - Source: Nielsen and Chuang, section 8.3.3.
public struct BitFlip: CircuitComponent {
  public let operations: [CircuitOperation]

  /// - Parameter probability: p, in 0...1.
  public init(probability: Double, on qubit: Int) {
    operations = Self.definition.operations([probability], on: [qubit])
  }

  /// The channel's record.
  public static let definition = ChannelDefinition(
    name: "BitFlip", summary: "X with probability p", symbol: "BF",
    parameters: ["probability"], problem: ChannelDefinition.shareProblem(["probability"])
  ) { parameters in
    [
      ComplexMatrix.pauli(nil).weighted(1 - parameters[0]),
      ComplexMatrix.pauli(.x).weighted(parameters[0]),
    ]
  }
}
