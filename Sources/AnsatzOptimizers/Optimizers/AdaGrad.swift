import AnsatzMath
import AnsatzSettings

/// Adaptive steps from the sum of squared gradients: `s ← s + g²`, `w ← w - η g / (√s + ε)`.
///
/// PyTorch's form: ε = 1e-10 is added outside the root, and the sum starts at 0.
///
/// - Source: Duchi, Hazan and Singer, "Adaptive subgradient methods" (2011).
public struct AdaGrad: Optimizer {
  public static let name = "adagrad"
  public static let summary = "steps scaled by the root of all past squared gradients"
  public static let settings = [
    Setting(
      "epsilon", \AdaGrad.epsilon, .positive, "keeps the step finite where the gradient has been 0")
  ]
  public static let slotNames = ["squares"]

  /// ε, which keeps the step finite where the gradient has been 0.
  public var epsilon: Double

  public init() { self.init(epsilon: 1e-10) }
  /// Takes the values as they are.
  public init(epsilon: Double) { self.epsilon = epsilon }

  @_specialize(exported:true,where S == Double)
  @_specialize(exported:true,where S == Float)
  public func update<S: Scalar>(
    _ weights: inout [S], gradient: [S], state: inout OptimizerState<S>, learningRate: Double
  ) {
    var squares = state.take(0)
    precondition(weights.count == gradient.count && squares.count == gradient.count)
    let (ε, η) = (S(epsilon), S(learningRate))
    let count = weights.count
    weights.withUnsafeMutableBufferPointer { w in
      gradient.withUnsafeBufferPointer { g in
        squares.withUnsafeMutableBufferPointer { s in
          for i in 0..<count {
            s[i] += g[i] * g[i]
            w[i] -= η * g[i] / (s[i].squareRoot() + ε)
          }
        }
      }
    }
    state.slots[0] = squares
    state.stepCount += 1
  }
}
