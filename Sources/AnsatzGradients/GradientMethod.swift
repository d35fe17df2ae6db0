import AnsatzMath
import AnsatzSettings
import AnsatzSimulator

/// The derivative of a weighted sum of outputs, summed over the samples for the weights and sample by
/// sample for the inputs.
public struct CircuitGradient<S: Scalar>: Sendable {
  /// `[weightCount]`, empty if not asked for.
  public var weights: [S]
  /// `[samples, inputCount]`, nil if not asked for.
  public var inputs: Tensor<S>?
  /// How many circuits were run to get it, the forward pass not counted.
  public var evaluations: Int
  /// How often qubits were measured; 0 where the values are exact.
  public var shots = 0
  /// The standard error of each weight's derivative; nil for methods that do not draw lots.
  public var weightErrors: [Double]?
}

/// Which derivatives are wanted.
public struct GradientRequest: Sendable {
  /// Whether derivatives in the weights are wanted.
  public var weights: Bool
  /// Whether derivatives in the inputs are wanted.
  public var inputs: Bool

  /// Both, unless one is declined.
  public init(weights: Bool = true, inputs: Bool = true) {
    self.weights = weights
    self.inputs = inputs
  }

  /// Whether the derivative in an angle is needed.
  func needs(_ angle: CompiledAngle) -> Bool {
    weights && !angle.weightPartials.isEmpty || inputs && !angle.inputPartials.isEmpty
  }
}

/// How near to the truth a gradient method comes.
public enum GradientAccuracy: Sendable {
  /// To rounding.
  case exact
  /// To the error of a formula that leaves out higher derivatives.
  case approximate
  /// On average, with a standard error.
  case sampled
}

/// A way to differentiate what a circuit gives in its weights and inputs.
///
/// A new method is one file with a conforming type and one line in `GradientMethods.all`; see
/// docs/adding-a-gradient-method.md.
public protocol GradientMethod: Configurable {
  /// What to expect of its values.
  static var accuracy: GradientAccuracy { get }

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

  /// ∂F, in the weights (summed over the samples) and in the inputs.
  ///
  /// - Throws: `AnsatzError` if the method does not apply to what is asked; the message names one
  ///   that does.
  func gradient(
    of function: StateFunction, at point: CircuitPoint, request: GradientRequest
  ) throws -> CircuitGradient<Double>

  /// The same as of a forward pass, for a circuit under noise.
  ///
  /// Where the point has shots, methods that measure circuits do so with shots.
  ///
  /// - Parameter upstream: `[samples, observables]`
  /// - Throws: `AnsatzError` if the method does not apply to what is asked; the message names one
  ///   that does.
  func gradient<S: Scalar>(
    of point: NoisyPoint<S>, upstream: Tensor<S>, request: GradientRequest
  ) throws(AnsatzError) -> CircuitGradient<S>

  /// The method that takes this one's place where values are read from shots: itself, unless no
  /// measurement gives what it reads.
  var measurable: any GradientMethod { get }

  /// The same method with its values read from so many shots for each Pauli string, unless it draws
  /// its own.
  func sampling(shots: Int, seed: UInt64) -> any GradientMethod
}

extension GradientMethod {
  public var measurable: any GradientMethod { self }
  public func sampling(shots: Int, seed: UInt64) -> any GradientMethod { self }

  public func gradient<S: Scalar>(
    of point: NoisyPoint<S>, upstream: Tensor<S>, request: GradientRequest
  ) throws(AnsatzError) -> CircuitGradient<S> {
    throw AnsatzError(
      .usage,
      "the gradient method '\(Self.name)' does not serve under noise; use '\(Adjoint.name)' or "
        + "'\(ParameterShift.name)'")
  }
}

/// Every gradient method, the default first.
public enum GradientMethods {
  /// Every method with its default settings.
  public static let all: [any GradientMethod] = [
    Adjoint(), ParameterShift(), StochasticShift(), HadamardTest(), FiniteDifference(), SPSA(),
  ]

  /// The names of all, in that order.
  public static var names: [String] { all.map { type(of: $0).name } }

  /// The method of that name, perhaps with settings: `finite-difference:order=6`.
  ///
  /// - Throws: `AnsatzError` with the near miss if there is no method or setting of that name, or a
  ///   value is out of bounds.
  public static func named(_ text: String) throws(AnsatzError) -> any GradientMethod {
    let parts = Specification(parsing: text)
    var method = try Catalogue("gradient method", all) { type(of: $0).name }.named(parts.name)
    try method.set(parts.settings)
    return method
  }
}
