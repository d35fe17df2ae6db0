import AnsatzMath
import AnsatzSettings

/// Natural gradient by lot: SPSA's gradient in a metric that is itself estimated from four fidelities
/// a step.
///
/// The metric's estimate is `-δF/(8ε²) (Δ¹Δ²ᵀ + Δ²Δ¹ᵀ)` with
/// `δF = F(w + ε(Δ¹+Δ²)) - F(w + εΔ¹) - F(w + ε(Δ²-Δ¹)) + F(w - εΔ¹)`, F the fidelity with the state at
/// w. Estimates are averaged over all steps from the identity on, made positive, and regularised by λ.
///
/// - Source: Gacon et al., Quantum 5, 567 (2021), arXiv:2103.09232.
public struct QNSPSA: Minimizer {
  public static let name = "qn-spsa"
  public static let summary = "natural gradient with the metric estimated from fidelities"
  public static let settings = [
    Setting("perturbation", \QNSPSA.perturbation, .positive, "how far the trials go"),
    Setting("damping", \QNSPSA.damping, .positive, "added to the metric's diagonal"),
    Setting("draws", \QNSPSA.draws, .positive, "how many random metrics are averaged in a step"),
  ]

  /// ε and the step of the gradient.
  public var perturbation = 0.01
  /// λ.
  public var damping = 1e-2
  /// How many estimates a step averages, of gradient and metric each.
  public var draws = 1.0

  public init() {}

  public func minimize(
    _ objective: any Objective, from start: [Double], options: MinimizationOptions,
    observe: (Int, Double) -> Bool
  ) throws -> MinimizationResult {
    var random = RandomStream(seed: options.seed, stream: "qn-spsa")
    let n = start.count
    var metric = Tensor<Double>(shape: [n, n])
    for i in 0..<n { metric[i, i] = 1 }
    let count = max(1, Int(draws))
    return try minimizeBySteps(
      objective, from: start, options: options, stopsEarly: false, observe: observe
    ) { weights, number in
      var gradient = [Double](repeating: 0, count: n)
      var estimate = Tensor<Double>(shape: [n, n])
      for _ in 0..<count {
        let signs = randomSigns(n, &random)
        let slope = try directionalSlope(
          objective, at: weights, along: signs, step: perturbation)
        for i in 0..<n { gradient[i] += slope * signs[i] / Double(count) }
        estimate.add(
          1 / Double(count) * (try metricEstimate(objective, at: weights, &random)))
      }
      // The mean of the identity and all estimates so far.
      let (old, new) = (Double(number + 1) / Double(number + 2), 1 / Double(number + 2))
      metric = old * metric + new * estimate
      let (values, vectors) = try symmetricEigen(metric)
      var step = [Double](repeating: 0, count: n)
      for (k, value) in values.enumerated() {
        var along = 0.0
        for i in 0..<n { along += vectors[k, i] * gradient[i] }
        for i in 0..<n { step[i] += along / (abs(value) + damping) * vectors[k, i] }
      }
      for i in 0..<n { weights[i] -= options.learningRate * step[i] }
      return nil
    }
  }

  func metricEstimate(
    _ objective: any Objective, at weights: [Double], _ random: inout RandomStream
  ) throws -> Tensor<Double> {
    let (n, ε) = (weights.count, perturbation)
    let (first, second) = (randomSigns(n, &random), randomSigns(n, &random))
    func fidelity(_ a: Double, _ b: Double) throws -> Double {
      try objective.fidelity(
        weights, (0..<n).map { weights[$0] + ε * (a * first[$0] + b * second[$0]) })
    }
    let change =
      try fidelity(1, 1) - fidelity(1, 0) - fidelity(-1, 1) + fidelity(-1, 0)
    var estimate = Tensor<Double>(shape: [n, n])
    for i in 0..<n {
      for j in 0..<n {
        estimate[i, j] =
          -change / (8 * ε * ε) * (first[i] * second[j] + second[i] * first[j])
      }
    }
    return estimate
  }
}
