import AnsatzMath
import Numerics

/// Lets the qubit relax to a mixture of |0⟩ and |1⟩: an environment that is not cold.
///
/// With probability `1 - p₁` amplitude damping to |0⟩, with probability `p₁` the same to |1⟩. The
/// Bloch vector goes to `(√(1 - γ) x, √(1 - γ) y, γ(1 - 2p₁) + (1 - γ) z)`.
///
/// Elsewhere: PennyLane's `GeneralizedAmplitudeDamping(γ, p)` and Qiskit's
/// `amplitude_damping_error(γ, p)` take the share of |1⟩, as here; Cirq's
/// `generalized_amplitude_damp(p, γ)` and the source take that of |0⟩, `p = 1 - p₁`.
///
/// - Source: Nielsen and Chuang, section 8.3.5.
public struct GeneralizedAmplitudeDamping: CircuitComponent {
  public let operations: [CircuitOperation]

  /// - Parameters:
  ///   - gamma: The share γ of the way to equilibrium that the qubit goes, in 0...1.
  ///   - excitedPopulation: The share p₁ of |1⟩ in equilibrium, in 0...1.
  public init(gamma: Double, excitedPopulation: Double, on qubit: Int) {
    operations = Self.definition.operations([gamma, excitedPopulation], on: [qubit])
  }

  /// The channel's record.
  public static let definition = ChannelDefinition(
    name: "GeneralizedAmplitudeDamping",
    summary: "relaxes to the share p₁ of |1⟩ with probability γ", symbol: "GAD",
    parameters: ["gamma", "excitedPopulation"],
    problem: ChannelDefinition.shareProblem(["gamma", "excitedPopulation"])
  ) { parameters in
    operators(gamma: parameters[0], excitedPopulation: parameters[1])
  }

  static func operators(gamma: Double, excitedPopulation p: Double) -> [ComplexMatrix] {
    let keep = Complex((1 - gamma).squareRoot())
    let rise = ComplexMatrix([[0, 0], [Complex(gamma.squareRoot()), 0]])
    return AmplitudeDamping.operators(gamma: gamma).map { $0.weighted(1 - p) }
      + [ComplexMatrix.diagonal([keep, 1]).weighted(p), rise.weighted(p)]
  }
}
