import AnsatzMath
import AnsatzSettings

/// Nesterov's accelerated gradient: `v ← μ v + g`, `w ← w - η (g + μ v)`.
///
/// The form of Sutskever et al. and PyTorch, in which the weights held are the *look-ahead* point,
/// so that the gradient is taken where the weights are. PennyLane's `NesterovMomentumOptimizer`
/// holds the point behind it, `x`, and takes the gradient at `x - μ a` with `a = η v`. At a constant
/// learning rate both walk the same path: our `w` is its `x - μ a` at every step.
///
/// - Source: Sutskever, Martens, Dahl and Hinton, "On the importance of initialization and momentum
///   in deep learning" (2013).
public struct Nesterov: Optimizer {
  public static let name = "nesterov"
  public static let summary = "Nesterov's accelerated gradient"
  public static let settings = [
    Setting(
      "momentum", \Nesterov.momentum, .fraction, "the part of the velocity that one step keeps")
  ]
  public static let slotNames = ["velocity"]

  /// μ, the part of the velocity that one step keeps.
  public var momentum: Double

  public init() { self.init(momentum: 0.9) }
  /// Takes the values as they are.
  public init(momentum: Double) { self.momentum = momentum }

  @_specialize(exported:true,where S == Double)
  @_specialize(exported:true,where S == Float)
  public func update<S: Scalar>(
    _ weights: inout [S], gradient: [S], state: inout OptimizerState<S>, learningRate: Double
  ) {
    var velocity = state.take(0)
    precondition(weights.count == gradient.count && velocity.count == gradient.count)
    let (μ, η) = (S(momentum), S(learningRate))
    let count = weights.count
    weights.withUnsafeMutableBufferPointer { w in
      gradient.withUnsafeBufferPointer { g in
        velocity.withUnsafeMutableBufferPointer { v in
          for i in 0..<count {
            v[i] = μ * v[i] + g[i]
            w[i] -= η * (g[i] + μ * v[i])
          }
        }
      }
    }
    state.slots[0] = velocity
    state.stepCount += 1
  }
}
