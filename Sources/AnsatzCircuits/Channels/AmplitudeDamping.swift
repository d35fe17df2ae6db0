import AnsatzMath
import Numerics

/// Lets |1⟩ decay to |0⟩ with a probability: loss of energy to a cold environment.
///
/// Kraus operators `diag(1, √(1 - γ))` and `√γ |0⟩⟨1|`. The Bloch vector goes to
/// `(√(1 - γ) x, √(1 - γ) y, γ + (1 - γ) z)`.
///
/// Elsewhere: `γ` is the parameter of PennyLane's `AmplitudeDamping`, Cirq's `amplitude_damp` and
/// Qiskit's `amplitude_damping_error`.
///
/// - Source: Nielsen and Chuang, section 8.3.5.
public struct AmplitudeDamping: CircuitComponent {
  public let operations: [CircuitOperation]

  /// - Parameter gamma: The probability γ that |1⟩ decays, in 0...1.
  public init(gamma: Double, on qubit: Int) {
    operations = Self.definition.operations([gamma], on: [qubit])
  }

  /// The channel's record.
  public static let definition = ChannelDefinition(
    name: "AmplitudeDamping", summary: "|1⟩ decays to |0⟩ with probability γ", symbol: "AD",
    parameters: ["gamma"], problem: ChannelDefinition.shareProblem(["gamma"])
  ) { parameters in
    operators(gamma: parameters[0])
  }

  static func operators(gamma: Double) -> [ComplexMatrix] {
    [
      .diagonal([1, Complex((1 - gamma).squareRoot())]),
      ComplexMatrix([[0, Complex(gamma.squareRoot())], [0, 0]]),
    ]
  }
}
