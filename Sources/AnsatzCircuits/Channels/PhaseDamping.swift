import AnsatzMath
import Numerics

/// Loses the phase between |0⟩ and |1⟩ without loss of energy.
///
/// Kraus operators `diag(1, √(1 - γ))` and `diag(0, √γ)`. It shrinks the Bloch vector's X and Y by
/// `√(1 - γ)`, so that two in a row with `γ` have `1 - (1 - γ)²`.
///
/// Elsewhere: `γ` is the parameter of PennyLane's `PhaseDamping`, Cirq's `phase_damp` and Qiskit's
/// `phase_damping_error`. A `PhaseFlip` by `p` is the same channel with `γ = 4p(1 - p)`.
///
/// - Source: Nielsen and Chuang, section 8.3.6.
public struct PhaseDamping: CircuitComponent {
  public let operations: [CircuitOperation]

  /// - Parameter gamma: The probability γ that |1⟩ is noticed by the environment, in 0...1.
  public init(gamma: Double, on qubit: Int) {
    operations = Self.definition.operations([gamma], on: [qubit])
  }

  /// The channel's record.
  public static let definition = ChannelDefinition(
    name: "PhaseDamping", summary: "shrinks what is between |0⟩ and |1⟩ by √(1 - γ)", symbol: "PD",
    parameters: ["gamma"], problem: ChannelDefinition.shareProblem(["gamma"])
  ) { parameters in
    let gamma = parameters[0]
    return [
      .diagonal([1, Complex((1 - gamma).squareRoot())]),
      .diagonal([0, Complex(gamma.squareRoot())]),
    ]
  }
}
