import Ansatz

/// Steps of equal size against the sign of the mean gradient: `m ← β m + (1 - β) g`,
/// `w ← w - η sign(m)`.
///
/// - Source: Bernstein et al., arXiv:1802.04434.
public struct SignDescent: Optimizer {
  public static let name = "sign-descent"
  public static let summary = "steps of equal size against the sign of the mean gradient"
  public static let settings = [
    Setting("beta", \SignDescent.beta, .fraction, "the part of the mean that one step keeps")
  ]
  public static let slotNames = ["mean"]

  /// β, the part of the running mean that one step keeps.
  public var beta: Double

  public init() { self.init(beta: 0.9) }
  public init(beta: Double) { self.beta = beta }

  @_specialize(exported:true,where S == Double)
  @_specialize(exported:true,where S == Float)
  public func update<S: Scalar>(
    _ weights: inout [S], gradient: [S], state: inout OptimizerState<S>, learningRate: Double
  ) {
    let (β, rest, η) = (S(beta), S(1 - beta), S(learningRate))
    for i in weights.indices {
      let mean = β * state.slots[0][i] + rest * gradient[i]
      state.slots[0][i] = mean
      weights[i] -= mean > 0 ? η : (mean < 0 ? -η : 0)
    }
    state.stepCount += 1
  }
}
