import AnsatzMath
import AnsatzSettings
import CAnsatzKernels

/// Adam: steps from bias-corrected running means of the gradient and of its square.
///
/// `m ← β₁ m + (1 - β₁) g`, `v ← β₂ v + (1 - β₂) g²`, and at step t (from 1)
/// `w ← w - η m̂ / (√v̂ + ε)` with `m̂ = m / (1 - β₁ᵗ)`, `v̂ = v / (1 - β₂ᵗ)`. The defaults are the
/// paper's, and PyTorch's.
///
/// - Source: Kingma and Ba, "Adam: a method for stochastic optimization" (2015), algorithm 1.
public struct Adam: Optimizer {
  public static let name = "adam"
  public static let summary = "steps from running means of the gradient and its square"
  public static let settings = [
    Setting("beta1", \Adam.beta1, .fraction, "the part of the mean gradient that one step keeps"),
    Setting(
      "beta2", \Adam.beta2, .fraction, "the part of the mean squared gradient that one step keeps"),
    Setting(
      "epsilon", \Adam.epsilon, .positive, "keeps the step finite where the gradient has been 0"),
  ]
  public static let slotNames = ["mean", "squares"]

  /// β₁, the part of the mean gradient that one step keeps.
  public var beta1: Double
  /// β₂, the part of the mean squared gradient that one step keeps.
  public var beta2: Double
  /// ε, which keeps the step finite where the gradient has been 0.
  public var epsilon: Double

  public init() { self.init(beta1: 0.9) }
  /// Takes the values as they are.
  public init(beta1: Double, beta2: Double = 0.999, epsilon: Double = 1e-8) {
    self.beta1 = beta1
    self.beta2 = beta2
    self.epsilon = epsilon
  }

  public func update<S: Scalar>(
    _ weights: inout [S], gradient: [S], state: inout OptimizerState<S>, learningRate: Double
  ) {
    adamStep(
      &weights, gradient: gradient, state: &state, learningRate: learningRate, beta1: beta1,
      beta2: beta2, epsilon: epsilon, shrinkage: 1)
  }
}

/// One step of Adam after the weights have been multiplied by `shrinkage`.
@_specialize(where S == Double)
@_specialize(where S == Float)
func adamStep<S: Scalar>(
  _ weights: inout [S], gradient: [S], state: inout OptimizerState<S>, learningRate: Double,
  beta1: Double, beta2: Double, epsilon: Double, shrinkage: Double
) {
  state.stepCount += 1
  var mean = state.take(0)
  var squares = state.take(1)
  precondition(
    weights.count == gradient.count && mean.count == gradient.count
      && squares.count == gradient.count)
  // The corrections depend on the step alone: computed once, in double precision.
  let correction1 = 1 - Double.pow(beta1, state.stepCount)
  let correction2 = 1 - Double.pow(beta2, state.stepCount)
  let stepSize = S(learningRate / correction1)
  let rootScale = S(1 / correction2.squareRoot())
  let (β1, rest1) = (S(beta1), S(1 - beta1))
  let (β2, rest2) = (S(beta2), S(1 - beta2))
  let (ε, keep) = (S(epsilon), S(shrinkage))
  let count = weights.count
  weights.withUnsafeMutableBufferPointer { w in
    gradient.withUnsafeBufferPointer { g in
      mean.withUnsafeMutableBufferPointer { m in
        squares.withUnsafeMutableBufferPointer { v in
          guard let w = w.baseAddress, let g = g.baseAddress, let m = m.baseAddress,
            let v = v.baseAddress
          else { return }
          // Each weight stands alone, so the pieces change no result.
          let piece = 1 << 13
          ThreadPool.shared.run(chunks: (count + piece - 1) / piece) { chunk in
            let first = chunk * piece
            S.adam(
              w + first, g + first, m + first, v + first, min(piece, count - first), β1, rest1, β2,
              rest2, stepSize, rootScale, ε, keep)
          }
        }
      }
    }
  }
  state.slots[0] = mean
  state.slots[1] = squares
}

extension Scalar {
  /// The loop in C, for the processor.
  fileprivate static func adam(
    _ w: UnsafeMutablePointer<Self>, _ g: UnsafePointer<Self>, _ m: UnsafeMutablePointer<Self>,
    _ v: UnsafeMutablePointer<Self>, _ count: Int, _ β1: Self, _ rest1: Self, _ β2: Self,
    _ rest2: Self, _ stepSize: Self, _ rootScale: Self, _ ε: Self, _ keep: Self
  ) {
    func cast<T>(_ pointer: UnsafeMutablePointer<Self>, _ type: T.Type) -> UnsafeMutablePointer<T> {
      UnsafeMutableRawPointer(pointer).assumingMemoryBound(to: type)
    }
    if Self.self == Double.self {
      let g = UnsafeRawPointer(g).assumingMemoryBound(to: Double.self)
      ansatz_adam_double(
        cast(w, Double.self), g, cast(m, Double.self), cast(v, Double.self), count, Double(β1),
        Double(rest1), Double(β2), Double(rest2), Double(stepSize), Double(rootScale), Double(ε),
        Double(keep))
    } else {
      let g = UnsafeRawPointer(g).assumingMemoryBound(to: Float.self)
      ansatz_adam_float(
        cast(w, Float.self), g, cast(m, Float.self), cast(v, Float.self), count, Float(β1),
        Float(rest1), Float(β2), Float(rest2), Float(stepSize), Float(rootScale), Float(ε),
        Float(keep))
    }
  }
}
