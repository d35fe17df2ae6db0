import AnsatzMath

/// Sets the qubit to |0⟩ or |1⟩ with a probability for each, else leaves it.
///
/// `ρ → (1 - p₀ - p₁)ρ + p₀ |0⟩⟨0| ⊗ Tr ρ + p₁ |1⟩⟨1| ⊗ Tr ρ`, the trace over the qubit. The Bloch
/// vector goes to `(1 - p₀ - p₁)(x, y, z) + (0, 0, p₀ - p₁)`. `Reset(q)` is `p₀ = 1`.
///
/// Elsewhere: PennyLane's `ResetError(p₀, p₁)` and Qiskit's `reset_error(p₀, p₁)` take the same;
/// Cirq's `ResetChannel` always resets to |0⟩.
public struct ResetChannel: CircuitComponent {
  public let operations: [CircuitOperation]

  /// - Parameters:
  ///   - zero: The probability p₀ of |0⟩, in 0...1.
  ///   - one: The probability p₁ of |1⟩; the two sum to at most 1.
  public init(zero: Double, one: Double = 0, on qubit: Int) {
    operations = Self.definition.operations([zero, one], on: [qubit])
  }

  private static let parameters: [ChannelParameter] = ["zero", .init("one", default: 0)]

  /// The channel's record.
  public static let definition = ChannelDefinition(
    name: "ResetChannel", summary: "sets to |0⟩ or |1⟩ with a probability for each", symbol: "R",
    parameters: parameters,
    problem: { values in
      if let problem = ChannelDefinition.shareProblem(parameters)(values) { return problem }
      let sum = values[0] + values[1]
      return sum <= 1 + 1e-12 ? nil : "zero and one sum to \(sum), which is more than 1"
    }
  ) { p in
    [
      ComplexMatrix.identity(2).weighted(1 - p[0] - p[1]),
      ComplexMatrix([[1, 0], [0, 0]]).weighted(p[0]),
      ComplexMatrix([[0, 1], [0, 0]]).weighted(p[0]),
      ComplexMatrix([[0, 0], [1, 0]]).weighted(p[1]),
      ComplexMatrix([[0, 0], [0, 1]]).weighted(p[1]),
    ]
  }
}
