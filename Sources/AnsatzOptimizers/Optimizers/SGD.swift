import AnsatzMath

/// Plain gradient descent: `w ← w - η g`.
///
/// Stochastic when the gradient is that of a mini-batch.
///
/// - Source: Robbins and Monro, "A stochastic approximation method" (1951).
public struct SGD: Optimizer {
  public static let name = "sgd"
  public static let summary = "plain gradient descent"
  public static let slotNames: [String] = []

  public init() {}

  @_specialize(exported:true,where S == Double)
  @_specialize(exported:true,where S == Float)
  public func update<S: Scalar>(
    _ weights: inout [S], gradient: [S], state: inout OptimizerState<S>, learningRate: Double
  ) {
    precondition(weights.count == gradient.count)
    let rate = S(learningRate)
    let count = weights.count
    weights.withUnsafeMutableBufferPointer { w in
      gradient.withUnsafeBufferPointer { g in
        for i in 0..<count { w[i] -= rate * g[i] }
      }
    }
    state.stepCount += 1
  }
}
