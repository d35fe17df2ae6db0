import AnsatzMath

/// Applies X, Y or Z with a probability for each.
///
/// `ρ → (1 - pˣ - pʸ - pᶻ)ρ + pˣ XρX + pʸ YρY + pᶻ ZρZ`. It shrinks the Bloch vector's X by
/// `1 - 2(pʸ + pᶻ)`, and the others alike.
///
/// Elsewhere: Cirq's `asymmetric_depolarize` takes the same three; in Qiskit it is `pauli_error` with
/// the probability of I as well; in PennyLane a `QubitChannel`.
///
/// - Source: Nielsen and Chuang, section 8.3.4.
public struct PauliChannel: CircuitComponent {
  public let operations: [CircuitOperation]

  /// - Parameters:
  ///   - x: The probability of X, in 0...1.
  ///   - y: The probability of Y.
  ///   - z: The probability of Z; the three sum to at most 1.
  public init(x: Double = 0, y: Double = 0, z: Double = 0, on qubit: Int) {
    operations = Self.definition.operations([x, y, z], on: [qubit])
  }

  private static let parameters: [ChannelParameter] = [
    .init("x", default: 0), .init("y", default: 0), .init("z", default: 0),
  ]

  /// The channel's record.
  public static let definition = ChannelDefinition(
    name: "PauliChannel", summary: "X, Y or Z with a probability for each", symbol: "P",
    parameters: parameters,
    problem: { values in
      if let problem = ChannelDefinition.shareProblem(parameters)(values) { return problem }
      let sum = values.reduce(0, +)
      // Sums of thirds and tenths may exceed 1 by rounding.
      return sum <= 1 + 1e-12 ? nil : "x, y and z sum to \(sum), which is more than 1"
    }
  ) { p in
    [ComplexMatrix.pauli(nil).weighted(1 - p[0] - p[1] - p[2])]
      + zip(Pauli.allCases, p).map { .pauli($0).weighted($1) }
  }
}
