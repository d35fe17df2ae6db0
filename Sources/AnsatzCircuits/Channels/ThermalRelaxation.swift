import AnsatzMath
import Numerics

/// Lets the qubit relax for a time, with the two time constants of its data sheet.
///
/// Populations approach equilibrium as `e^{-t/T₁}`, what is between |0⟩ and |1⟩ fades as `e^{-t/T₂}`:
/// the Bloch vector goes to `(e^{-t/T₂} x, e^{-t/T₂} y, (1 - e^{-t/T₁})(1 - 2p₁) + e^{-t/T₁} z)`.
///
/// Elsewhere: Qiskit's `thermal_relaxation_error(t1, t2, time, p₁)` and PennyLane's
/// `ThermalRelaxationError(p₁, t1, t2, time)` take the same; Cirq has none. All times are in one unit,
/// whichever it is.
///
/// Edge cases:
/// - `t1` or `t2` may be infinite: no such relaxation.
///
/// - Source: Georgopoulos et al., Phys. Rev. A 104, 062432 (2021), arXiv:2101.02109, section II.
public struct ThermalRelaxation: CircuitComponent {
  public let operations: [CircuitOperation]

  /// - Parameters:
  ///   - t1: The time constant of the populations, above 0.
  ///   - t2: The time constant of the phases, above 0 and at most `2 t1`.
  ///   - time: How long, 0 or more.
  ///   - excitedPopulation: The share p₁ of |1⟩ in equilibrium, in 0...1.
  public init(
    t1: Double, t2: Double, time: Double, excitedPopulation: Double = 0, on qubit: Int
  ) {
    operations = Self.definition.operations([t1, t2, time, excitedPopulation], on: [qubit])
  }

  /// The channel's record.
  public static let definition = ChannelDefinition(
    name: "ThermalRelaxation", summary: "relaxes for a time with the constants T₁ and T₂",
    symbol: "TR", parameters: ["t1", "t2", "time", .init("excitedPopulation", default: 0)],
    problem: { values in
      let (t1, t2, time) = (values[0], values[1], values[2])
      if !(t1 > 0) { return "t1 \(t1) is not above 0" }
      if !(t2 > 0) { return "t2 \(t2) is not above 0" }
      if t2 > 2 * t1 { return "t2 \(t2) is more than twice t1 \(t1), which no qubit can have" }
      if !(time >= 0 && time.isFinite) { return "time \(time) is not a number of 0 or more" }
      return ChannelParameter("excitedPopulation").problem(ofShare: values[3])
    }
  ) { parameters in
    let (t1, t2, time) = (parameters[0], parameters[1], parameters[2])
    let damping = GeneralizedAmplitudeDamping.operators(
      gamma: -Double.expMinusOne(-time / t1), excitedPopulation: parameters[3])
    // The damping alone takes e^{-t/2T₁} from the phases; flips of the phase take the rest.
    let flip = max(0, -Double.expMinusOne(-time * max(0, 1 / t2 - 0.5 / t1)) / 2)
    return damping.map { $0.weighted(1 - flip) }
      + damping.map { (ComplexMatrix.pauli(.z) * $0).weighted(flip) }
  }
}
