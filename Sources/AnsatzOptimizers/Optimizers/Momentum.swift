import AnsatzMath
import AnsatzSettings

/// Gradient descent with heavy-ball momentum: `v ← μ v + g`, `w ← w - η v`.
///
/// PyTorch's form: the learning rate multiplies the velocity. The older form `v ← μ v - η g` takes
/// the same path while the learning rate is constant.
///
/// - Source: Polyak, "Some methods of speeding up the convergence of iteration methods" (1964).
public struct Momentum: Optimizer {
  public static let name = "momentum"
  public static let summary = "gradient descent with heavy-ball momentum"
  public static let settings = [
    Setting(
      "momentum", \Momentum.momentum, .fraction, "the part of the velocity that one step keeps")
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
            w[i] -= η * v[i]
          }
        }
      }
    }
    state.slots[0] = velocity
    state.stepCount += 1
  }
}
