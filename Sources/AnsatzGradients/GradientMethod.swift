import AnsatzMath
import AnsatzSimulator

/// The derivative of a weighted sum of expectation values, summed over the samples for the weights
/// and sample by sample for the inputs.
public struct CircuitGradient<S: Scalar>: Sendable {
  /// `[weightCount]`, empty if not asked for.
  public var weights: [S]
  /// `[samples, inputCount]`, nil if not asked for.
  public var inputs: Tensor<S>?
  /// How many circuits were run to get it, the forward pass not counted.
  public var evaluations: Int
}

/// Which derivatives are wanted.
public struct GradientRequest: Sendable {
  public var weights: Bool
  public var inputs: Bool

  public init(weights: Bool = true, inputs: Bool = true) {
    self.weights = weights
    self.inputs = inputs
  }

  /// Whether the derivative in an angle is needed.
  func needs(_ angle: CompiledAngle) -> Bool {
    weights && !angle.weightPartials.isEmpty || inputs && !angle.inputPartials.isEmpty
  }
}

/// A way to differentiate expectation values in weights and inputs.
///
/// A new method is one file with a conforming type and one line in `GradientMethods.all`.
public protocol GradientMethod: Sendable {
  /// What the command line calls it.
  static var name: String { get }
  static var summary: String { get }

  /// Σ_k upstream[b, k] · ∂⟨O_k⟩_b, in the weights (summed over b) and in the inputs.
  ///
  /// - Parameters:
  ///   - pass: The batch run forwards. A method may use up the states it keeps.
  ///   - upstream: `[samples, observables]`
  /// - Throws: `AnsatzError` if the method does not apply to what is asked; the message names one
  ///   that does.
  func gradient<S: Scalar>(
    of pass: ForwardPass<S>, upstream: Tensor<S>, request: GradientRequest
  ) throws(AnsatzError) -> CircuitGradient<S>
}

/// Every gradient method, the default first.
public enum GradientMethods {
  public static let all: [any GradientMethod] = [Adjoint(), ParameterShift(), FiniteDifference()]

  /// - Throws: `AnsatzError` with the near miss if there is no method of that name.
  public static func named(_ name: String) throws(AnsatzError) -> any GradientMethod {
    if let method = all.first(where: { type(of: $0).name == name }) { return method }
    let names = all.map { type(of: $0).name }
    throw AnsatzError(
      .usage, "unknown gradient method '\(name)'; \(didYouMean(name, in: names))")
  }
}
