import AnsatzMath
import AnsatzSettings
import AnsatzSimulator
import Numerics

/// Gradients on average from two runs, whatever the number of weights: simultaneous perturbation.
///
/// `g_i = (f(x + hΔ) - f(x - hΔ)) / 2hΔ_i` with every Δ_i = ±1 by lot, weights and inputs together,
/// averaged over a number of draws. The mean is the gradient up to h² terms; the variance of one
/// draw's g_i is the sum of the squares of the other derivatives.
///
/// The numbers drawn depend on the seed and the weights, so steps of an optimizer differ and runs
/// repeat.
///
/// - Source: Spall, IEEE Trans. Automat. Contr. 37, 332 (1992).
public struct SPSA: GradientMethod {
  public static let name = "spsa"
  /// What it is, in one line.
  public static let summary = "sampled; two runs for each of draws=N random directions"
  public static let accuracy = GradientAccuracy.sampled
  public static let settings = [
    Setting("draws", \SPSA.draws, 1...1_000_000, "how many directions are averaged"),
    Setting("step", \SPSA.step, .positive, "the step h, in the units of weights and inputs"),
    Setting(seed: "seed", \SPSA.seed, "decides the directions"),
  ]

  /// How many directions are averaged.
  public private(set) var draws: Int
  /// h, in the units of weights and inputs.
  public private(set) var step: Double
  /// Decides the directions.
  public private(set) var seed: UInt64

  /// With the default settings.
  public init() {
    draws = 10
    step = 1e-3
    seed = 0
  }

  /// - Throws: `AnsatzError` if there is no draw, or the step is not positive.
  public init(draws: Int, step: Double = 1e-3, seed: UInt64 = 0) throws(AnsatzError) {
    self.init()
    try set("draws", to: "\(draws)")
    try set("step", to: "\(step)")
    self.seed = seed
  }

  public func gradient<S: Scalar>(
    of pass: ForwardPass<S>, upstream: Tensor<S>, request: GradientRequest
  ) throws(AnsatzError) -> CircuitGradient<S> {
    let run = pass.run
    return try gradient(
      inputs: run.values.inputs, weights: run.values.weights.map { S($0) }, request: request
    ) { inputs, weights throws(AnsatzError) in
      try weightedValues(of: pass, upstream: upstream, inputs: inputs, weights: weights)
    }
  }

  public func gradient<S: Scalar>(
    of point: NoisyPoint<S>, upstream: Tensor<S>, request: GradientRequest
  ) throws(AnsatzError) -> CircuitGradient<S> {
    try gradient(inputs: point.inputs, weights: point.weights, request: request) {
      inputs, weights throws(AnsatzError) in
      try point.weightedValues(upstream, inputs: inputs, weights: weights)
    }
  }

  public func gradient(
    of function: StateFunction, at point: CircuitPoint, request: GradientRequest
  ) throws -> CircuitGradient<Double> {
    try gradient(inputs: point.inputs, weights: point.weights, request: request) {
      inputs, weights in
      try CircuitPoint(point.program, inputs: inputs, weights: weights).values(of: function)
    }
  }

  private func gradient<S: Scalar, Failure: Error>(
    inputs: Tensor<S>, weights: [S], request: GradientRequest,
    values: (Tensor<S>, [S]) throws(Failure) -> [Double]
  ) throws(Failure) -> CircuitGradient<S> {
    let samples = inputs.shape[0]
    let h = S(MemoryLayout<S>.size == 8 ? step : max(step, 0x1p-6))
    var random = RandomStream(
      seed: seed ^ fingerprint(weights.map { Double($0) }), stream: "spsa")
    var weightSums = [Double](repeating: 0, count: request.weights ? weights.count : 0)
    var weightSquares = weightSums
    var inputSums = [Double](repeating: 0, count: request.inputs ? inputs.count : 0)
    for _ in 0..<draws {
      let weightSigns = weightSums.map { _ in random.next() >> 63 == 0 ? 1.0 : -1.0 }
      let inputSigns = inputSums.map { _ in random.next() >> 63 == 0 ? 1.0 : -1.0 }
      func moved(_ amount: S) throws(Failure) -> [Double] {
        var (w, x) = (weights, inputs)
        for (i, sign) in weightSigns.enumerated() { w[i] += amount * S(sign) }
        for (i, sign) in inputSigns.enumerated() { x.elements[i] += amount * S(sign) }
        return try values(x, w)
      }
      let (up, down) = (try moved(h), try moved(-h))
      let slopes = zip(up, down).map { ($0 - $1) / (2 * Double(h)) }
      let total = slopes.reduce(0, +)
      for (i, sign) in weightSigns.enumerated() {
        weightSums[i] += total * sign
        weightSquares[i] += total * total
      }
      for (i, sign) in inputSigns.enumerated() {
        inputSums[i] += slopes[i / inputs.shape[1]] * sign
      }
    }
    let n = Double(draws)
    var gradient = CircuitGradient<S>(
      weights: weightSums.map { S($0 / n) },
      inputs: request.inputs
        ? Tensor(shape: inputs.shape, elements: inputSums.map { S($0 / n) }) : nil,
      evaluations: 2 * draws * samples)
    if draws > 1 {
      gradient.weightErrors = zip(weightSums, weightSquares).map {
        (max(0, $1 - $0 * $0 / n) / (n - 1) / n).squareRoot()
      }
    }
    return gradient
  }
}
