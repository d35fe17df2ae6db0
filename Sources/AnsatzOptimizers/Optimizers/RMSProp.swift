import AnsatzMath
import AnsatzSettings

/// Adaptive steps from a running mean of squared gradients: `s ← ρ s + (1 - ρ) g²`,
/// `w ← w - η g / (√s + ε)`.
///
/// PyTorch's form and defaults (ρ = 0.99, ε = 1e-8 outside the root, not centred, no momentum).
///
/// - Source: Tieleman and Hinton, "Neural networks for machine learning", lecture 6.5 (2012).
public struct RMSProp: Optimizer {
  public static let name = "rmsprop"
  public static let summary = "steps scaled by the root of the mean squared gradient"
  public static let settings = [
    Setting(
      "decay", \RMSProp.decay, .fraction,
      "the part of the mean squared gradient that one step keeps"),
    Setting(
      "epsilon", \RMSProp.epsilon, .positive, "keeps the step finite where the gradient has been 0"),
  ]
  public static let slotNames = ["squares"]

  /// ρ, the part of the running mean that one step keeps.
  public var decay: Double
  /// ε, which keeps the step finite where the gradient has been 0.
  public var epsilon: Double

  public init() { self.init(decay: 0.99) }
  /// Takes the values as they are.
  public init(decay: Double, epsilon: Double = 1e-8) {
    self.decay = decay
    self.epsilon = epsilon
  }

  @_specialize(exported:true,where S == Double)
  @_specialize(exported:true,where S == Float)
  public func update<S: Scalar>(
    _ weights: inout [S], gradient: [S], state: inout OptimizerState<S>, learningRate: Double
  ) {
    var squares = state.take(0)
    precondition(weights.count == gradient.count && squares.count == gradient.count)
    let (ρ, ε, η) = (S(decay), S(epsilon), S(learningRate))
    let rest = S(1 - decay)
    let count = weights.count
    weights.withUnsafeMutableBufferPointer { w in
      gradient.withUnsafeBufferPointer { g in
        squares.withUnsafeMutableBufferPointer { s in
          for i in 0..<count {
            s[i] = ρ * s[i] + rest * g[i] * g[i]
            w[i] -= η * g[i] / (s[i].squareRoot() + ε)
          }
        }
      }
    }
    state.slots[0] = squares
    state.stepCount += 1
  }
}
