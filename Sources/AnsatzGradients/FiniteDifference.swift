import AnsatzMath
import AnsatzSimulator

/// Gradients by the central difference of fourth order: the checker of the others, not their rival.
///
/// `f'(x) ≈ (8 (f(x+h) - f(x-h)) - (f(x+2h) - f(x-2h))) / 12h` for each weight and input, with
/// h = 10⁻³ max(1, |x|) in Double, where the error is about 10⁻¹³ times the fifth derivative plus
/// rounding; in Float h is 2⁻⁵.
public struct FiniteDifference: GradientMethod {
  public static let name = "finite-difference"
  public static let summary = "approximate; four runs for each weight and input, as a check"

  public init() {}

  private static let stencil: [(place: Double, factor: Double)] = [
    (1, 8.0 / 12), (-1, -8.0 / 12), (2, -1.0 / 12), (-2, 1.0 / 12),
  ]

  public func gradient<S: Scalar>(
    of pass: ForwardPass<S>, upstream: Tensor<S>, request: GradientRequest
  ) throws(AnsatzError) -> CircuitGradient<S> {
    let (run, program) = (pass.run, pass.run.program)
    let weights = run.values.weights.map { S($0) }
    let inputs = run.values.inputs
    let samples = inputs.shape[0]
    var evaluations = 0

    /// Σ_k upstream[b, k] ⟨O_k⟩_b for each sample.
    func weighted(inputs: Tensor<S>, weights: [S]) throws(AnsatzError) -> [Double] {
      evaluations += samples
      let values = try program.forward(
        pass.observables, inputs: inputs, weights: weights, pool: run.pool
      ).expectations
      return (0..<samples).map { b in
        (0..<pass.observables.count).reduce(0) {
          $0 + Double(upstream[b, $1]) * Double(values[b, $1])
        }
      }
    }

    var result = CircuitGradient<S>(weights: [], inputs: nil, evaluations: 0)
    if request.weights {
      for index in weights.indices {
        let step = Self.step(at: weights[index])
        var total = 0.0
        for (place, factor) in Self.stencil {
          var moved = weights
          moved[index] += S(place) * step
          let values = try weighted(inputs: inputs, weights: moved)
          total += factor * values.reduce(0, +) / Double(step)
        }
        result.weights.append(S(total))
      }
    }
    if request.inputs {
      var gradient = Tensor<S>(shape: inputs.shape)
      for column in 0..<program.inputCount {
        for (place, factor) in Self.stencil {
          var moved = inputs
          for b in 0..<samples { moved[b, column] += S(place) * Self.step(at: inputs[b, column]) }
          for (b, value) in try weighted(inputs: moved, weights: weights).enumerated() {
            gradient[b, column] += S(factor * value / Double(Self.step(at: inputs[b, column])))
          }
        }
      }
      result.inputs = gradient
    }
    result.evaluations = evaluations
    return result
  }

  private static func step<S: Scalar>(at value: S) -> S {
    let size: S = MemoryLayout<S>.size == 8 ? 0x1p-10 : 0x1p-5
    return size * max(1, abs(value))
  }
}
