import AnsatzMath
import AnsatzSettings
import Numerics

/// Simultaneous perturbation: two values a step, whatever the number of weights.
///
/// Step k (from 0) moves by `a_k (C(w + c_k Δ) - C(w - c_k Δ)) / 2c_k Δ` with every Δ_i = ±1 by lot,
/// `a_k = η (A + 1)^α / (A + k + 1)^α`, `c_k = c / (k + 1)^γ`, A a tenth of the steps.
///
/// - Source: Spall, IEEE Trans. Aerosp. Electron. Syst. 34, 817 (1998).
public struct SPSAMinimizer: Minimizer {
  public static let name = "spsa"
  public static let summary = "two values a step along random directions"
  public static let settings = [
    Setting("alpha", \SPSAMinimizer.alpha, .nonNegative, "how fast the step size falls"),
    Setting("gamma", \SPSAMinimizer.gamma, .nonNegative, "how fast the trials draw in"),
    Setting("perturbation", \SPSAMinimizer.perturbation, .positive, "how far the first trials go"),
  ]

  /// How fast the steps shrink: with that power of their number.
  public var alpha = 0.602
  /// How fast the perturbations shrink: with that power of their number.
  public var gamma = 0.101
  /// c, the size of the first perturbation.
  public var perturbation = 0.1

  public init() {}

  public func minimize(
    _ objective: any Objective, from start: [Double], options: MinimizationOptions,
    observe: (Int, Double) -> Bool
  ) throws -> MinimizationResult {
    var random = RandomStream(seed: options.seed, stream: "spsa")
    let stability = Double(options.maximumSteps) / 10
    return try minimizeBySteps(
      objective, from: start, options: options, stopsEarly: false, observe: observe
    ) { weights, number in
      let c = perturbation / Double.pow(Double(number + 1), gamma)
      let a =
        options.learningRate * Double.pow((stability + 1) / (stability + Double(number + 1)), alpha)
      let signs = randomSigns(weights.count, &random)
      let slope = try directionalSlope(objective, at: weights, along: signs, step: c)
      for i in weights.indices { weights[i] -= a * slope * signs[i] }
      return nil
    }
  }
}

func randomSigns(_ count: Int, _ random: inout RandomStream) -> [Double] {
  (0..<count).map { _ in random.next() >> 63 == 0 ? 1 : -1 }
}

/// `(C(w + hΔ) - C(w - hΔ)) / 2h`
func directionalSlope(
  _ objective: any Objective, at weights: [Double], along signs: [Double], step h: Double
) throws -> Double {
  let up = try objective.value(at: zip(weights, signs).map { $0 + h * $1 })
  let down = try objective.value(at: zip(weights, signs).map { $0 - h * $1 })
  return (up - down) / (2 * h)
}
