import AnsatzMath
import AnsatzSettings

/// Gradient descent in the geometry of states: `w ← w - η (g + λ)⁻¹ ∇C` with the metric tensor g.
///
/// Directions that do not move the state have no metric; where `g + λ` is below 10⁻¹⁰ of its largest
/// eigenvalue the step leaves them out.
///
/// - Source: Stokes et al., Quantum 4, 269 (2020), arXiv:1909.02108.
public struct QuantumNaturalGradient: Minimizer {
  public static let name = "qng"
  public static let summary = "gradient descent in the metric of quantum states"
  public static let settings = [
    Setting(
      "damping", \QuantumNaturalGradient.damping, .nonNegative, "added to the metric's diagonal")
  ]

  /// λ, added to the metric's diagonal.
  public var damping = 1e-4

  public init() {}

  public func minimize(
    _ objective: any Objective, from start: [Double], options: MinimizationOptions,
    observe: (Int, Double) -> Bool
  ) throws -> MinimizationResult {
    try minimizeBySteps(objective, from: start, options: options, observe: observe) { weights, _ in
      let gradient = try objective.gradient(at: weights).gradient
      let direction = try solveSymmetric(
        objective.metric(at: weights), gradient, damping: damping)
      for i in weights.indices { weights[i] -= options.learningRate * direction[i] }
      return nil
    }
  }
}
