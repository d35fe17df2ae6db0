import AnsatzMath
import AnsatzSettings
import AnsatzSimulator

/// Gradients by differences: the checker of the others, not their rival.
///
/// | order | formula | step in Double | error |
/// |---|---|---|---|
/// | 1 | `(f(x+h) - f(x)) / h` | 2⁻²⁶ | h f″/2 |
/// | 2 | `(f(x+h) - f(x-h)) / 2h` | 2⁻¹⁷ | h² f‴/6 |
/// | 4 (default) | `(8 (f(x+h) - f(x-h)) - (f(x+2h) - f(x-2h))) / 12h` | 2⁻¹⁰ | h⁴ f⁽⁵⁾/30 |
/// | 6 | `(45 (…) - 9 (…) + (f(x+3h) - f(x-3h))) / 60h` | 2⁻⁷ | h⁶ f⁽⁷⁾/140 |
///
/// The step is multiplied by max(1, |x|); in Float it is larger. Works on whatever has a value.
public struct FiniteDifference: GradientMethod {
  public static let name = "finite-difference"
  /// What it is, in one line.
  public static let summary = "approximate; differences of order=1, 2, 4 or 6 as a check"
  public static let accuracy = GradientAccuracy.approximate
  public static let settings = [
    Setting(
      "order", \FiniteDifference.order, oneOf: [1, 2, 4, 6],
      "the error falls with that power of the step"),
    Setting(
      "step", \FiniteDifference.step, .positive, none: "auto",
      "the step h; auto suits the order and the precision"),
  ]

  /// 1, 2, 4 or 6: the error falls with that power of the step.
  public private(set) var order: Int
  /// The step h; nil for one that suits the order and the precision.
  public private(set) var step: Double?

  /// With the default settings.
  public init() {
    order = 4
    step = nil
  }

  /// - Throws: `AnsatzError` for an order other than 1, 2, 4 and 6, or a step that is not positive.
  public init(order: Int, step: Double? = nil) throws(AnsatzError) {
    self.init()
    try set("order", to: "\(order)")
    if let step { try set("step", to: "\(step)") }
  }

  private static func stencil(_ order: Int) -> [(place: Double, factor: Double)]? {
    func central(_ factors: [Double]) -> [(Double, Double)] {
      factors.enumerated().flatMap {
        [(Double($0 + 1), $1), (-Double($0 + 1), -$1)]
      }
    }
    switch order {
    case 1: return [(1, 1), (0, -1)]
    case 2: return central([0.5])
    case 4: return central([8.0 / 12, -1.0 / 12])
    case 6: return central([45.0 / 60, -9.0 / 60, 1.0 / 60])
    default: return nil
    }
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

  /// - Parameter values: One for each sample, from inputs and weights.
  private func gradient<S: Scalar, Failure: Error>(
    inputs: Tensor<S>, weights: [S], request: GradientRequest,
    values: (Tensor<S>, [S]) throws(Failure) -> [Double]
  ) throws(Failure) -> CircuitGradient<S> {
    let samples = inputs.shape[0]
    let stencil = Self.stencil(order) ?? []
    var evaluations = 0
    // The unmoved values, if the stencil needs them, are the same for all.
    var middle: [Double]?
    func evaluated(_ place: Double, _ inputs: Tensor<S>, _ weights: [S]) throws(Failure) -> [Double]
    {
      if place == 0, let middle { return middle }
      evaluations += samples
      let result = try values(inputs, weights)
      if place == 0 { middle = result }
      return result
    }
    var result = CircuitGradient<S>(weights: [], inputs: nil, evaluations: 0)
    if request.weights {
      for index in weights.indices {
        let step = step(at: weights[index])
        var total = 0.0
        for (place, factor) in stencil {
          var moved = weights
          moved[index] += S(place) * step
          total += factor * (try evaluated(place, inputs, moved)).reduce(0, +) / Double(step)
        }
        result.weights.append(S(total))
      }
    }
    if request.inputs {
      var gradient = Tensor<S>(shape: inputs.shape)
      for column in 0..<inputs.shape[1] {
        for (place, factor) in stencil {
          var moved = inputs
          for b in 0..<samples { moved[b, column] += S(place) * step(at: inputs[b, column]) }
          for (b, value) in (try evaluated(place, moved, weights)).enumerated() {
            gradient[b, column] += S(factor * value / Double(step(at: inputs[b, column])))
          }
        }
      }
      result.inputs = gradient
    }
    result.evaluations = evaluations
    return result
  }

  /// How far a derivative may be off: the formula's remainder and rounding.
  ///
  /// - Parameters:
  ///   - scale: The largest value of the function.
  ///   - value: Where the derivative is taken.
  ///   - frequency: The highest of the function, which is a trigonometric polynomial; nil if it is
  ///     none.
  func errorBound(scale: Double, value: Double, frequency: Double?) -> Double {
    guard let frequency else { return 1e-5 * scale }
    let h = step(at: value)
    let remainder: Double =
      switch order {
      case 1: h * Double.pow(frequency, 2) / 2
      case 2: Double.pow(h, 2) * Double.pow(frequency, 3) / 6
      case 4: Double.pow(h, 4) * Double.pow(frequency, 5) / 30
      default: Double.pow(h, 6) * Double.pow(frequency, 7) / 140
      }
    return scale * (remainder + 0x1p-46 / h)
  }

  private func step<S: Scalar>(at value: S) -> S {
    let isDouble = MemoryLayout<S>.size == 8
    let usual: Double =
      switch order {
      case 1: isDouble ? 0x1p-26 : 0x1p-12
      case 2: isDouble ? 0x1p-17 : 0x1p-8
      case 4: isDouble ? 0x1p-10 : 0x1p-5
      default: isDouble ? 0x1p-7 : 0x1p-4
      }
    return S(step ?? usual) * max(1, abs(value))
  }
}

/// Σ_k upstream[b, k] ⟨O_k⟩_b for each sample, at other inputs and weights.
func weightedValues<S: Scalar>(
  of pass: ForwardPass<S>, upstream: Tensor<S>, inputs: Tensor<S>, weights: [S]
) throws(AnsatzError) -> [Double] {
  let values = try pass.run.program.forward(
    pass.observables, inputs: inputs, weights: weights, pool: pass.run.pool
  ).expectations
  return (0..<inputs.shape[0]).map { b in
    (0..<pass.observables.count).reduce(0) {
      $0 + Double(upstream[b, $1]) * Double(values[b, $1])
    }
  }
}
