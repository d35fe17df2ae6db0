import AnsatzMath
import AnsatzSettings

/// Adam with decoupled weight decay: `w ← (1 - η λ) w` before Adam's step.
///
/// Unlike an L2 penalty, the decay does not pass through Adam's scaling. PyTorch's form: the decay
/// is multiplied by the scheduled learning rate. Every weight decays, biases included.
///
/// - Source: Loshchilov and Hutter, "Decoupled weight decay regularization" (2019), algorithm 2.
public struct AdamW: Optimizer {
  public static let name = "adamw"
  public static let summary = "Adam with decoupled weight decay"
  public static let settings = [
    Setting("beta1", \AdamW.beta1, .fraction, "the part of the mean gradient that one step keeps"),
    Setting(
      "beta2", \AdamW.beta2, .fraction, "the part of the mean squared gradient that one step keeps"),
    Setting(
      "epsilon", \AdamW.epsilon, .positive, "keeps the step finite where the gradient has been 0"),
    Setting(
      "decay", \AdamW.decay, .nonNegative,
      "how much of a weight one step takes away, times the learning rate"),
  ]
  public static let slotNames = Adam.slotNames

  /// β₁, the part of the mean gradient that one step keeps.
  public var beta1: Double
  /// β₂, the part of the mean squared gradient that one step keeps.
  public var beta2: Double
  /// ε, which keeps the step finite where the gradient has been 0.
  public var epsilon: Double
  /// λ, the rate at which weights shrink, in units of the learning rate.
  public var decay: Double

  public init() { self.init(decay: 0.01) }
  /// Takes the values as they are.
  public init(
    decay: Double, beta1: Double = 0.9, beta2: Double = 0.999, epsilon: Double = 1e-8
  ) {
    self.decay = decay
    self.beta1 = beta1
    self.beta2 = beta2
    self.epsilon = epsilon
  }

  public func update<S: Scalar>(
    _ weights: inout [S], gradient: [S], state: inout OptimizerState<S>, learningRate: Double
  ) {
    adamStep(
      &weights, gradient: gradient, state: &state, learningRate: learningRate, beta1: beta1,
      beta2: beta2, epsilon: epsilon, shrinkage: 1 - learningRate * decay)
  }
}
